// Saves a page while it is filled in, and puts the questions in place that follow
// from the answers. The server draws them; without script the same is done by posts.

const TYPING = 1000
const PICKING = 50
const AGAIN = 5000
// A control that is said to be wrong itself, or that stands in a group that is.
const WRONG = "[aria-invalid], .govuk-form-group--error :is(input:not([type=hidden]), select, textarea)"
const form = document.querySelector("[data-filling]")
const live = document.querySelector("[data-live]")
const part = document.querySelector("[data-part]")
let timer, sending, isChanged, isWhole

// The boxes in which a file has been chosen that is not sent yet.
const chosen = () => [...form.querySelectorAll("[type=file]")].filter((box) => box.files.length)

// Text only, until a button is pressed: files go with it, as they do without script.
function typed(button, boxes) {
  const all = [...new FormData(form)].filter(([, value]) => typeof value === "string" || (boxes.length && value.name))
  if (button) all.push([button.name, button.value])
  if (!boxes.length) return new URLSearchParams(all)
  const body = new FormData()
  for (const [name, value] of all) body.append(name, value)
  return body
}

function later(wait) {
  isChanged = true
  form.dataset.waits = "yes"
  clearTimeout(timer)
  timer = setTimeout(send, wait)
}

async function send() {
  clearTimeout(timer)
  if (sending) await sending
  if (!isChanged) return
  isChanged = false
  sending = post()
  await sending
  sending = undefined
  if (!isChanged) delete form.dataset.waits
}

async function post(button) {
  const boxes = button ? chosen() : []
  if (boxes.length) say(form.dataset.sending)
  try {
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST",
      headers: { "Formbuilder-Part": "questions" },
      body: typed(button, boxes),
      credentials: "same-origin",
      keepalive: document.visibilityState === "hidden",
    })
    if (answer.status === 401) return say(form.dataset.out)
    if (answer.ok) return put(new DOMParser().parseFromString(await answer.text(), "text/html"), button, boxes)
    if (button) submitWhole(button)
  } catch {
    say(form.dataset.away)
    if (!button) later(AGAIN)
  }
}

// The page is posted as it is without script, by the same button.
function submitWhole(button) {
  isWhole = true
  form.requestSubmit(button)
  isWhole = false
}

// The region is live: touched only when the words change.
function say(words) {
  if (live.textContent !== words) live.textContent = words
}

function put(page, button, boxes) {
  const fresh = page.querySelector("[data-part]")
  if (!fresh) return
  const from = document.activeElement
  const height = heightOf(button ?? from)
  // A box whose file has been sent is empty again: it must not be sent with another row.
  if (button) for (const one of [button, ...boxes]) renew(one.closest("[data-question]"), fresh)
  morph(part, fresh)
  if (form.querySelector("[type=file]")) form.enctype = "multipart/form-data"
  say(fresh.dataset.said)
  if (button) focusAfter(button, height, boxes.length && part.querySelector(WRONG))
  else if (!from.isConnected) part.focus()
  // What came above must not push it out of sight (WCAG 2.2 SC 2.4.11), nor what
  // stands below the questions, such as the button that goes on.
  else scrollBy(0, heightOf(from) - height)
}

function renew(question, fresh) {
  const same = fresh.querySelector(`[data-question="${CSS.escape(question.dataset.question)}"]`)
  if (same && question.isConnected) question.replaceWith(document.importNode(same, true))
}

const heightOf = (element) => element.getBoundingClientRect().top

const keyOf = (node) => node.dataset?.question || node.id || ""

// Makes a node what the server drew; what stands in a control is the person's own.
function morph(was, is) {
  if (was.nodeType === Node.TEXT_NODE) {
    if (was.data !== is.data) was.data = is.data
    return
  }
  if (was.nodeType !== Node.ELEMENT_NODE || was.matches(".govuk-form-group--error")) return
  if (isAnother(was, is)) return was.replaceWith(document.importNode(is, true))
  dress(was, is)
  if (was.nodeName !== "TEXTAREA") morphInside(was, is)
}

// A question of another alternative must not inherit what is typed.
function isAnother(was, is) {
  return was.dataset.alternative !== is.dataset.alternative || choicesOf(was) !== choicesOf(is)
}

// What can be chosen at a question; another list must not inherit what is chosen.
function choicesOf(node) {
  if (!node.dataset.question || node.querySelector("[data-question]")) return ""
  return [...node.querySelectorAll("option, [type=radio], [type=checkbox]")].map((one) => one.value).join("\n")
}

function isTheirs(node, name) {
  if (name === "value") return node.matches("input:not([type=hidden], [type=radio], [type=checkbox])")
  return ["checked", "selected", "open"].includes(name)
}

function dress(was, is) {
  if (was.closest("[data-dressed]")) return
  for (const { name } of [...was.attributes]) {
    if (!is.hasAttribute(name) && !isTheirs(was, name)) was.removeAttribute(name)
  }
  for (const { name, value } of is.attributes) {
    if (!isTheirs(was, name) && was.getAttribute(name) !== value) was.setAttribute(name, value)
  }
}

function morphInside(was, is) {
  const old = [...was.childNodes].filter((node) => !node.dataset?.own)
  const keyed = new Map(old.filter(keyOf).map((node) => [keyOf(node), node]))
  const plain = old.filter((node) => !keyOf(node))
  const kept = new Set()
  let after = null
  for (const fresh of [...is.childNodes]) {
    const next = after ? after.nextSibling : was.firstChild
    let node = keyed.get(keyOf(fresh))
    if (!keyOf(fresh) && plain[0]?.nodeName === fresh.nodeName) node = plain.shift()
    if (node?.nodeName === fresh.nodeName) morph(node, fresh)
    else node = document.importNode(fresh, true)
    place(node, was, after, next)
    kept.add(node)
    after = node
  }
  for (const node of old) if (!kept.has(node)) node.remove()
}

// Whoever moves a node that has the focus takes it away: then the others are moved.
function place(node, parent, after, next) {
  if (node === next) return
  if (!parent.contains(node) || !node.contains(document.activeElement)) return parent.insertBefore(node, next)
  while (node.previousSibling !== after) parent.append(node.previousSibling)
}

async function rearrange(button) {
  await sending
  form.dataset.waits = "yes"
  sending = post(button)
  await sending
  sending = undefined
  delete form.dataset.waits
}

// A row was added, taken away, moved, opened or closed: go where the next thing is done.
function focusAfter(button, height, refused) {
  const group = part.querySelector(`[data-question="${CSS.escape(button.closest("[data-question]").dataset.question)}"]`)
  const named = (name) => [...group.querySelectorAll(`[name=${name}]`)].find((one) => one.value === button.value)
  const same = named(button.name)
  const newest = button.name === "_add" && same?.parentNode.querySelector(":scope > [data-rows] > [data-newest]")
  const opened = button.name === "_edit" && group.querySelector(`[data-row="${CSS.escape(button.value)}"]`)
  const wrong = button.name === "_close" && same && same.closest("[data-row]").querySelector(WRONG)
  const box = button.name === "_detach" && group.querySelector("[type=file]")
  const place = refused || newest || opened || wrong || box || same || (button.name === "_close" && named("_edit")) || group.querySelector("fieldset") || group
  place.focus({ preventScroll: true })
  scrollBy(0, heightOf(place) - height)
}

form.addEventListener("input", (event) => later(event.target.matches("textarea, input:not([type=radio], [type=checkbox])") ? TYPING : PICKING))
form.addEventListener("change", () => later(PICKING))
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && isChanged && send())

// A post overtakes no saving: what is on its way in comes first.
document.addEventListener(
  "submit",
  (event) => {
    const button = event.submitter
    if (event.target !== form || isWhole) return
    clearTimeout(timer)
    isChanged = false
    const isInPlace = button?.closest("[data-rows]")
    if (!sending && !isInPlace) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (isInPlace) rearrange(button)
    else sending.then(() => form.requestSubmit(button))
  },
  true,
)
