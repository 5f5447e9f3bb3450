// Elements of the tools, in a shadow root: no theme changes them, and they change nothing of a slide.

/** Make an element with properties and children. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value
    else element.setAttribute(key, value)
  }
  element.append(...children)
  return element
}

/** Make a root for what the tools show. */
export function makeRoot(parent = document.body) {
  const host = make('div', { className: 'deckwright-tools' })
  const root = host.attachShadow({ mode: 'open' })
  root.append(make('link', { rel: 'stylesheet', href: new URL('tools.css', import.meta.url) }))
  parent.append(host)
  return root
}

/** Whether somebody types: then letters are no commands. */
export function isTyping(event) {
  const target = event.composedPath()[0]
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable], [contenteditable] *, .cm-editor *')
}

/** Show a dialog until it is closed; return it. Its keys reach nobody else. */
export function openDialog(root, name, words, ...children) {
  root.querySelector('dialog')?.close()
  const close = make('button', { type: 'button', className: 'close', title: words.close, 'aria-label': words.close }, '×')
  const dialog = make('dialog', { className: name, 'aria-label': words[name] ?? name }, close, ...children)
  const focused = document.activeElement
  close.onclick = () => dialog.close()
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())
  dialog.addEventListener('keydown', (event) => event.stopPropagation())
  dialog.addEventListener('close', () => {
    dialog.remove()
    focused?.focus?.()
  })
  root.append(dialog)
  dialog.showModal()
  return dialog
}
