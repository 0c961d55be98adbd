// Long lists get a box to search them in (ARIA's combobox). The list itself stays in
// the page and holds the answer, so that without script and with it the same is posted.

const root = document.querySelector("[data-part]")
const lower = (text) => text.trim().toLocaleLowerCase()

function element(name, attributes) {
  const made = document.createElement(name)
  made.dataset.own = "yes"
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

function dress(select) {
  select.dataset.dressed = "yes"
  const list = element("ul", { role: "listbox", id: `${select.id}/found`, class: "fb-found", hidden: "", "aria-label": select.labels[0].textContent })
  const box = element("input", {
    type: "text", role: "combobox", autocomplete: "off", class: "govuk-input fb-long-select", dir: "auto", "aria-expanded": "false",
    "aria-autocomplete": "list", "aria-controls": list.id, "aria-label": select.labels[0].textContent, placeholder: select.dataset.search,
  })
  for (const name of ["aria-describedby", "aria-required", "aria-invalid"]) {
    if (select.hasAttribute(name)) box.setAttribute(name, select.getAttribute(name))
  }
  const status = element("span", { role: "status", class: "govuk-visually-hidden" })
  select.after(box, list, status)
  select.classList.add("govuk-visually-hidden")
  select.tabIndex = -1
  select.setAttribute("aria-hidden", "true")
  if (document.activeElement === select) box.focus()
  let active = -1

  const chosen = () => (select.value ? select.selectedOptions[0].text : "")
  const close = () => {
    list.hidden = true
    active = -1
    box.setAttribute("aria-expanded", "false")
    box.removeAttribute("aria-activedescendant")
  }
  const choose = (value) => {
    const isNew = select.value !== value
    select.value = value
    box.value = chosen()
    close()
    if (isNew) for (const kind of ["input", "change"]) select.dispatchEvent(new Event(kind, { bubbles: true }))
  }
  const open = (words) => {
    const found = [...select.options].filter((one) => one.value && lower(one.text).includes(lower(words)))
    list.replaceChildren(...found.map((one, index) => {
      const line = element("li", { role: "option", id: `${list.id}/${index}`, "aria-selected": one.value === select.value })
      line.textContent = one.text
      line.dataset.value = one.value
      return line
    }))
    list.hidden = !found.length
    active = -1
    box.setAttribute("aria-expanded", String(!list.hidden))
    box.removeAttribute("aria-activedescendant")
    const said = found.length ? select.dataset.found.replace("%s", found.length) : select.dataset.none
    if (status.textContent !== said) status.textContent = said
  }
  const move = (step) => {
    if (list.hidden) open("")
    const lines = list.children
    lines[active]?.classList.remove("is-active")
    active = (active + step + (active < 0 && step < 0 ? 1 : 0) + lines.length) % lines.length
    lines[active].classList.add("is-active")
    lines[active].scrollIntoView({ block: "nearest" })
    box.setAttribute("aria-activedescendant", lines[active].id)
  }
  box.value = chosen()
  box.addEventListener("input", (event) => { event.stopPropagation(); open(box.value) })
  box.addEventListener("change", (event) => event.stopPropagation())
  box.addEventListener("click", () => open(""))
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1)
    else if (event.key === "Enter" && active >= 0) choose(list.children[active].dataset.value)
    else if (event.key === "Escape" && !list.hidden) close()
    else return
    event.preventDefault()
  })
  box.addEventListener("blur", () => {
    const same = [...select.options].find((one) => lower(one.text) === lower(box.value))
    if (!box.value.trim()) choose("")
    else if (same) choose(same.value)
    else box.value = chosen()
    close()
  })
  list.addEventListener("mousedown", (event) => event.preventDefault())
  list.addEventListener("click", (event) => event.target.dataset.value && choose(event.target.dataset.value))
  select.addEventListener("focus", () => box.focus())
  select.addEventListener("change", () => (box.value = chosen()))
}

const dressAll = () => document.querySelectorAll("select[data-search]:not([data-dressed])").forEach(dress)
dressAll()
new MutationObserver(dressAll).observe(root, { childList: true, subtree: true })
