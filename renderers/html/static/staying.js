// Warns in time before a log-in ends, and makes it longer by one press.

const WARN = 300
const AGAIN = 120
const EVERY = 600
const box = document.querySelector("[data-session]")
const left = box.querySelector("[data-left]")
let timer, dismissed

async function look(body) {
  clearTimeout(timer)
  try {
    const answer = await fetch(box.dataset.session, { method: body ? "POST" : "GET", body, credentials: "same-origin", cache: "no-store" })
    follow((await answer.json()).seconds)
  } catch {
    timer = setTimeout(look, 60000) // the network is away
  }
}

function follow(seconds) {
  if (seconds <= 0) return over()
  if (seconds > WARN) {
    dismissed = undefined
    if (box.open) box.close()
  } else warn(seconds)
  const next = seconds > WARN ? Math.min(EVERY, seconds - WARN) : Math.min(30, seconds)
  timer = setTimeout(look, 1000 * next + 500)
}

function warn(seconds) {
  const minutes = Math.max(1, Math.floor(seconds / 60))
  const words = (minutes === 1 ? left.dataset.minute : left.dataset.minutes).replace("%s", minutes)
  if (left.textContent !== words) left.textContent = words
  if (!box.open && (!dismissed || (dismissed > AGAIN && seconds <= AGAIN))) box.showModal()
  box.dataset.seconds = seconds
}

// A page being filled in stays: it can still be saved, and is kept for its person.
function over() {
  if (!document.querySelector("[data-filling]")) return location.reload()
  left.textContent = left.dataset.over
  box.querySelector("form").hidden = true
  if (!box.open) box.showModal()
}

box.addEventListener("close", () => (dismissed = Number(box.dataset.seconds)))
box.querySelector("[data-close]").addEventListener("click", () => box.close())
box.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault()
  box.close()
  look(new URLSearchParams(new FormData(event.target)))
})
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look())
look()
