// Runs in the page of a deck: gives code a button that copies it.
//
// The button is at the end of the code's panel, so that it comes behind the code for those who use a keyboard or a screen
// reader; it is in a shadow root, takes no space, and is in view while the pointer is over the code or it has the focus.
// So a slide looks as it did, and a theme changes nothing of it.

/** What holds code: not what a script printed or raised. */
const PANEL = ':is(pre, marp-pre):not([data-deckwright]):has(> code:not(.language-text, .language-pytb))'
const HOST = 'data-deckwright-copy'

const WORDS = { en: ['Copy code', 'Copied', 'Press Ctrl+C to copy'], zh: ['复制代码', '已复制', '按 Ctrl+C 复制'] }

/** Pixels of a slide. */
const SIZE = 32
const MARGIN = 6
const LEAST = 24 // pixels of the screen: a finger must hit it where a slide is small
const SHOWN = 2000 // milliseconds: how long a button says what it did

// Inline, where only what is important in a theme could change it.
const PLACE = `all:initial;position:absolute;top:0;left:0;z-index:1;width:${SIZE}px;height:${SIZE}px;transform-origin:0 0;pointer-events:none;user-select:none;-webkit-user-select:none`

const STYLE = `
  button { box-sizing: border-box; width: 100%; height: 100%; padding: 0; border: 1px solid #8a94a0; border-radius: 5px; color: #24303c; background: #fff; cursor: pointer; opacity: 0 }
  :host([data-shown]) button { pointer-events: auto }
  :host([data-shown]) button, button:focus-visible { opacity: 1 }
  button:hover { background: #e9edf1 }
  button:focus-visible { outline: 3px solid #1f6fd0; outline-offset: 1px }
  svg { display: block; margin: auto; width: 18px; height: 18px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
  .done, [data-done] .copy { display: none }
  [data-done] .done { display: block }
  [role=status] { position: absolute; right: 100%; top: 0; width: max-content; margin-right: 6px; padding: 0 8px; border-radius: 5px; color: #fff; background: #24303c; font: 16px/${SIZE}px system-ui, sans-serif }
  [role=status]:empty { visibility: hidden }
  @media print { button, [role=status] { display: none } }
`
const ICON = `<svg viewBox="0 0 24 24" aria-hidden="true"><g class="copy"><rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15V6a2 2 0 0 1 2-2h8"/></g><path class="done" d="m5 12 5 5 9-10"/></svg>`

// --- the text --------------------------------------------------------------------------------

/** What begins a line that was typed in a session, and what goes on with it in the lines below. */
const PROMPTS = [
  { first: /^>>> ?/, next: /^\.\.\.(?: |$)/ },
  { first: /^In \[\d+\]: ?/, next: /^ *\.\.\.: ?/ },
  { first: /^\$ /, next: /^(?:> )?/, goesOn: /\\$/, languages: /^(?:bash|console|sh|shell|shell-?session|terminal|zsh)$/ },
]

/** The lines of a session that were typed, without prompts; other code as it is: `$` begins a formula, too. */
function typed(code, language) {
  const start = code.replace(/^(?:(?:#.*)?\n)+/, '') // the first line says which it is, or the first below comments
  const prompt = PROMPTS.find(({ first, languages }) => first.test(start) && (languages?.test(language) ?? true))
  if (!prompt) return code
  const lines = []
  let before // the line above, if it was typed
  for (const line of code.split('\n')) {
    const isNext = before !== undefined && (prompt.goesOn?.test(before) ?? true) && prompt.next.test(line)
    const begin = prompt.first.test(line) ? prompt.first : isNext ? prompt.next : undefined
    before = begin && line
    if (begin) lines.push(line.replace(begin, ''))
  }
  return lines.join('\n').trimEnd()
}

/** The text of a code block as its author wrote it: without caption, and without the note that lines are left out. */
function textOf(code) {
  const copy = code.cloneNode(true)
  for (const caption of copy.querySelectorAll('[data-deckwright-caption]')) caption.remove()
  for (const emoji of copy.querySelectorAll('img')) emoji.replaceWith(emoji.alt)
  const text = copy.textContent.trimEnd().replace(/\n… \(\d+ more lines?\)$/, '')
  return typed(text, /(?:^| )language-(\S+)/.exec(code.className)?.[1] ?? '')
}

/** Put a text into the clipboard; return whether that was possible. */
async function put(text) {
  try {
    await navigator.clipboard.writeText(text) // only where the browser trusts the page
    return true
  } catch {
    const onCopy = (event) => {
      event.clipboardData.setData('text/plain', text)
      event.preventDefault()
    }
    document.addEventListener('copy', onCopy, { once: true, capture: true })
    const isDone = document.execCommand('copy')
    document.removeEventListener('copy', onCopy, { capture: true })
    return isDone
  }
}

// --- the button -----------------------------------------------------------------------------------

const wordsFor = (element) => WORDS[element.closest('[lang]')?.lang.toLowerCase().startsWith('zh') ? 'zh' : 'en']

const hosts = new WeakMap() // of the buttons, by panel

function addButton(panel) {
  const code = panel.querySelector(':scope > code')
  const host = document.createElement('span')
  const [label, done, failed] = wordsFor(code)
  const root = host.attachShadow({ mode: 'open' })
  root.innerHTML = `<style>${STYLE}</style><button type="button" aria-label="${label}" title="${label}">${ICON}</button><span role="status"></span>`
  const [button, status] = [root.querySelector('button'), root.querySelector('[role=status]')]
  let timer
  const say = (text) => {
    status.textContent = text
    button.toggleAttribute('data-done', text === done)
    clearTimeout(timer)
    if (text) timer = setTimeout(say, SHOWN, '')
  }
  button.addEventListener('click', async ({ detail }) => {
    if (detail) button.blur() // of a pointer: keys go on to turn pages
    const isDone = await put(textOf(code))
    if (!isDone) getSelection().selectAllChildren(code)
    say(isDone ? done : failed)
  })
  // Marp turns the page with the space bar.
  button.addEventListener('keydown', (event) => {
    if (event.key === ' ' || event.key === 'Enter') event.stopPropagation()
  })
  button.addEventListener('focus', () => place(host, panel))
  host.setAttribute(HOST, '')
  host.style.cssText = PLACE
  // What Marp scales has a shadow root, in which it cuts off what is on the scaled code.
  ;(panel.shadowRoot ?? panel).append(host)
  hosts.set(panel, host)
}

/** Put a button into the upper right corner of its panel. */
function place(host, panel) {
  host.style.transform = 'none'
  const [frame, own] = [panel.getBoundingClientRect(), host.getBoundingClientRect()]
  const pixel = own.width / SIZE
  const scale = Math.max(1, LEAST / own.width)
  const left = frame.right - own.left - (SIZE * scale + MARGIN) * pixel
  const top = frame.top - own.top + Math.min(MARGIN * pixel, (frame.height - own.height * scale) / 2)
  host.style.transform = `translate(${left / pixel}px, ${top / pixel}px) scale(${scale})`
}

/** Give all code of the page a button, also what comes later. */
export function addCopyButtons() {
  let shown
  const show = (panel) => {
    const host = hosts.get(panel)
    if (host === shown) return
    shown?.removeAttribute('data-shown')
    shown = host
    if (!host) return
    place(host, panel)
    host.setAttribute('data-shown', '')
  }
  const update = () => {
    for (const panel of document.querySelectorAll(PANEL)) if (!hosts.get(panel)?.isConnected) addButton(panel)
  }
  let waiting = false
  const soon = () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      update()
    })
  }
  document.addEventListener('pointerover', ({ target }) => show(target.closest?.(PANEL)))
  new MutationObserver(soon).observe(document.body, { subtree: true, childList: true })
  update()
}
