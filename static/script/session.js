// Before a session ends by itself, somebody who has scripts is asked whether they are still there. The page below can be
// used meanwhile, above all its way out.

const WARN_SECONDS = 5 * 60
const LOOK_SECONDS = 5

async function read(answer) {
  return new DOMParser().parseFromString(await (await answer).text(), 'text/html')
}

// What is open for a fixed time stays open by a press of that page's button; other sessions by opening any page.
async function stay(address) {
  const page = await read(fetch(address))
  const form = page.querySelector('form[action$="/stay"]')
  if (!form) return page
  return read(fetch(form.getAttribute('action'), { method: 'POST', body: new URLSearchParams(new FormData(form)) }))
}

export function warnBeforeTheEnd(element, htmx) {
  const dialog = element.querySelector('dialog')
  const said = element.querySelector('.portal-until')
  let ends, asked, over

  function goesOn(seconds) {
    ends = Date.now() + seconds * 1000
    asked = false
  }

  function show() {
    dialog.hidden = false
    if (!dialog.open) dialog.show()
  }

  function close() {
    over = true
    dialog.querySelector('[data-before]').hidden = true
    dialog.querySelector('[data-after]').hidden = false
    dialog.setAttribute('aria-labelledby', 'session-ended')
    show()
  }

  function look() {
    const left = (ends - Date.now()) / 1000
    if (over) return
    if (left <= 0) close()
    else if (left <= WARN_SECONDS && !asked) { asked = true; show() }
  }

  async function answer() {
    const page = await stay(element.dataset.stay)
    const found = page.querySelector('[data-ends-in]')
    if (!found) return close()
    goesOn(Number(found.dataset.endsIn))
    dialog.close()
    if (said) said.innerHTML = found.querySelector('.portal-until').innerHTML
  }

  goesOn(Number(element.dataset.endsIn))
  dialog.querySelector('[data-stay]').addEventListener('click', answer)
  dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close())
  dialog.addEventListener('keydown', ({ key }) => { if (key === 'Escape') dialog.close() })
  if (!said) htmx.on('htmx:afterRequest', () => goesOn(Number(element.dataset.endsIn)))
  document.addEventListener('visibilitychange', look)
  setInterval(look, LOOK_SECONDS * 1000)
}
