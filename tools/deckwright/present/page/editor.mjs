// The editor in the place of a panel of code: CodeMirror, or a plain field where that is not installed.

import { make } from './elements.mjs'

/** Open an editor in an element, with letters `like` those of another one; `actions` are what its keys do. */
export async function openEditor(code, element, like, actions) {
  const { fontSize, fontFamily } = getComputedStyle(like)
  Object.assign(element.style, { fontSize, fontFamily })
  // Keys and wheels are for the editor, and turn no pages.
  for (const event of ['keydown', 'keyup', 'wheel', 'touchstart', 'touchmove', 'pointerdown', 'mousedown']) {
    element.addEventListener(event, (each) => each.stopPropagation(), { passive: true })
  }
  const makeIn = await import('./codemirror.mjs').then(({ makeEditor }) => makeEditor, () => makeField)
  return makeIn(code, element, actions)
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
