// For staff: single keys, and a reference that is typed anywhere. Never while somebody writes, and never once they have
// switched it off (WCAG 2.1.4). Keys are those that no reference has, so that its first letter is no shortcut.

const REFERENCE = /[34679ACDEFGHJKMNPQRTWXY]{4}-?[34679ACDEFGHJKMNPQRTWXY]{4}$/
const FORGOTTEN_MS = 2000
const OFF = 'portal-keys-off'

const writes = (element) => element.closest('input, textarea, select, [contenteditable]')

export function listenForShortcuts(element) {
  const dialog = element.querySelector('dialog')
  const on = dialog.querySelector('[data-keys-on]')
  const find = document.getElementById('find')
  let typed = ''
  let last = 0

  function open() { if (!dialog.open) dialog.showModal() }

  function collect(key, when) {
    typed = (when - last > FORGOTTEN_MS ? '' : typed) + key.toUpperCase()
    last = when
    const found = typed.match(REFERENCE)
    if (!found || !find) return
    typed = ''
    find.value = found[0]
    find.form.requestSubmit()
  }

  function press(event) {
    const { key } = event
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !on.checked) return
    if (writes(event.target) || document.querySelector('dialog[open]') || key.length !== 1) return
    const wanted = document.querySelector(`[data-key="${CSS.escape(key)}"]`)
    if (key === '?') open()
    else if (key === '/' && find) find.focus()
    else if (wanted) wanted.click()
    else return collect(key, event.timeStamp)
    event.preventDefault()
  }

  on.checked = localStorage.getItem(OFF) === null
  on.addEventListener('change', () => on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, ''))
  element.querySelector('[data-open]').addEventListener('click', open)
  dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close())
  document.addEventListener('keydown', press)
  element.hidden = false
}
