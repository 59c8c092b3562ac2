// After htmx has changed a part of the page, someone who cannot see it is told, and the keyboard is left in a sensible place.
// Inside the new part: [data-announce] holds the words to read out; [data-focus-after-swap] takes the focus.

function region() {
  const existing = document.getElementById('announcements')
  if (existing) return existing
  const made = document.createElement('div')
  made.id = 'announcements'
  made.className = 'govuk-visually-hidden'
  made.setAttribute('aria-live', 'polite')
  document.body.append(made)
  return made
}

function within(part, selector) {
  return part.matches(selector) ? part : part.querySelector(selector)
}

function announce(part) {
  const words = within(part, '[data-announce]')
  if (words) region().textContent = words.dataset.announce || words.textContent.trim()
}

function focus(part) {
  const wanted = within(part, '[data-focus-after-swap], .govuk-error-summary')
  const lost = document.activeElement === document.body
  const target = wanted || (lost ? within(part, 'h1, h2, h3') : null)
  if (!target) return
  if (!target.hasAttribute('tabindex') && !target.matches('a[href], button, input, select, textarea')) target.tabIndex = -1
  target.focus()
}

export function announceSwaps(htmx) {
  htmx.on('htmx:load', (event) => {
    const part = event.detail.elt
    if (part === document.body) return
    announce(part)
    focus(part)
  })
}
