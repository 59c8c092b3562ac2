// Everything works without this file. With it: the library's components, and htmx with its answers announced.
import { Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner, PasswordInput, Radios, SkipLink, createAll, isSupported } from 'govuk-frontend'
import htmx from 'htmx.org'
import { announceSwaps } from './announce.js'
import { warnBeforeTheEnd } from './session.js'
import { listenForShortcuts } from './shortcuts.js'

const components = [Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner, PasswordInput, Radios, SkipLink]

function start(scope) {
  for (const component of components) createAll(component, undefined, scope)
}

// The library's template does this in an inline script, which our Content-Security-Policy forbids.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
if (isSupported()) {
  start(document)
  htmx.on('htmx:load', (event) => { if (event.detail.elt !== document.body) start(event.detail.elt) })
}
announceSwaps(htmx)
document.querySelectorAll('[data-module="portal-session"]').forEach((each) => warnBeforeTheEnd(each, htmx))
document.querySelectorAll('[data-module="portal-shortcuts"]').forEach(listenForShortcuts)
