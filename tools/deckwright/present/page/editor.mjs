// The editor in the place of a panel of code: CodeMirror, or a plain field where that is not installed.

import { make } from './elements.mjs'

/** Open an editor before an element; `actions` are what its keys do. */
export async function openEditor(code, before, { style, height }, actions) {
  const element = make('div', { className: 'deckwright-editor' })
  element.style.fontSize = style.fontSize
  element.style.fontFamily = style.fontFamily
  element.style.minHeight = `${height}px`
  // Keys and wheels are for the editor, and turn no pages.
  for (const event of ['keydown', 'keyup', 'wheel', 'touchstart', 'touchmove', 'pointerdown', 'mousedown']) {
    element.addEventListener(event, (each) => each.stopPropagation(), { passive: true })
  }
  before.before(element)
  const makeIn = await import('./codemirror.mjs').then(({ makeEditor }) => makeEditor, () => makeField)
  return Object.assign(makeIn(code, element, actions), { element, close: () => element.remove() })
}

function makeField(code, element, { run, restore }) {
  const field = make('textarea', { value: code, spellcheck: false, rows: code.split('\n').length + 1 })
  const error = make('p', { className: 'error' })
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') restore()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || event.shiftKey)) run()
    else return
    event.preventDefault()
  })
  element.append(field, error)
  field.focus()
  return {
    get text() {
      return field.value
    },
    focus: () => field.focus(),
    showError: (found) => (error.textContent = found ? `${found.line}: ${found.message}` : ''),
  }
}
