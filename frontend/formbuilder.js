// Makes pages smoother where script runs; every page works the same without it.

const POLL = 1000

function focusFaults() {
  const summary = document.querySelector("[data-error-summary]")
  if (!summary) return
  summary.focus()
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']")
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!target) return
    event.preventDefault()
    const group = target.closest("fieldset, .govuk-form-group") || target
    group.scrollIntoView()
    target.focus({ preventScroll: true })
  })
}

// A second press on the same button must not send the form twice.
function sendOnce() {
  for (const form of document.forms) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault()
      form.dataset.sent = "yes"
      setTimeout(() => delete form.dataset.sent, 3000)
    })
  }
}

// The message is a live region: it is only touched when the words change.
function showEid(root, order) {
  const message = root.querySelector("[data-eid-message]")
  const code = root.querySelector("[data-eid-code]")
  const image = root.querySelector("[data-eid-qr]")
  const time = root.querySelector("[data-eid-time]")
  if (message && message.textContent !== order.message) message.textContent = order.message
  if (code) code.hidden = !order.qr
  if (image && order.qr && image.getAttribute("src") !== order.qr) image.src = order.qr
  if (time) time.textContent = timeLeft(time.dataset, order.seconds)
}

function timeLeft(words, seconds) {
  if (seconds > 90) return words.minutes.replace("%s", Math.round(seconds / 60))
  return words.seconds.replace("%s", seconds)
}

async function followEid(root) {
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))
  for (;;) {
    await wait(POLL)
    try {
      const answer = await fetch(root.dataset.eidStatus, {
        headers: { Accept: "application/json" },
        cache: "no-store",
        credentials: "same-origin",
      })
      if (answer.status === 429) {
        await wait(1000 * Number(answer.headers.get("Retry-After") || 2))
        continue
      }
      if (!answer.ok) return location.reload()
      const order = await answer.json()
      if (order.next) return location.assign(order.next)
      showEid(root, order)
    } catch {
      await wait(2 * POLL) // the network is away; the order may still be alive
    }
  }
}

focusFaults()
sendOnce()
const eid = document.querySelector("[data-eid-status]")
if (eid) followEid(eid)
