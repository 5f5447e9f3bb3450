// The tools as buttons, in a bar that hides itself while nobody uses it.

import { make } from './elements.mjs'
import { COLOURS } from './pen.mjs'
import { filled } from './words.mjs'

const HIDES = 2500 // milliseconds after the pointer has moved

const ICONS = {
  laser: 'M4 20 14 10M17 3v3M21 7h-3M19.5 4.5l-2 2M15.5 8.5l.01 0',
  pen: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  eraser: 'M8 20h12M4 15l9-9 6 6-7 7H8z',
  undo: 'M9 7 4 12l5 5M4 12h10a5 5 0 0 1 0 10h-3',
  clear: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13',
  blackScreen: 'M3 5h18v12H3zM9 21h6',
  overview: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z',
  jump: 'M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14M15 15l6 6',
  zoom: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  screen: 'M4 8v12h12v-3M8 4h12v12H8zM12 12l4-4M13 8h3v3',
  audience: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM14 19h1M19 14h1',
  remote: 'M8 2h8v20H8zM12 6v0M12 18v0',
  print: 'M12 3v11M7 10l5 5 5-5M4 20h16',
  help: 'M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 18v.01',
}

const icon = (name) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`

export class Toolbar {
  /** `tools` have a name, what they do, and perhaps a key, whether they are on, and whether they are shown. */
  constructor(root, words, tools, pen) {
    this.tools = tools
    this.pen = pen
    this.element = make('div', { className: 'toolbar', role: 'toolbar', 'aria-label': words.tools })
    this.colours = make('span', { className: 'colours' })
    this.buttons = new Map(tools.map((tool) => [tool.name, tool.hasNoButton ? this.colours : this.#button(tool, words)]))
    for (const [name, value] of Object.entries(COLOURS)) this.colours.append(this.#colour(name, value, words))
    this.element.append(...this.buttons.values())
    this.element.addEventListener('keydown', (event) => [' ', 'Enter'].includes(event.key) && event.stopPropagation())
    root.append(this.element)
    this.#hideLater()
  }

  /** Show which tools are in use. */
  update() {
    for (const { name, isOn, isShown } of this.tools) {
      const button = this.buttons.get(name)
      if (isOn) button.setAttribute('aria-pressed', String(isOn()))
      if (isShown) button.hidden = !isShown()
    }
    for (const swatch of this.colours.children) swatch.setAttribute('aria-pressed', String(swatch.dataset.colour === this.pen.colour))
  }

  #button({ name, key, use }, words) {
    const title = key ? `${words[name]} (${key})` : words[name]
    const button = make('button', { type: 'button', title, 'aria-label': words[name], innerHTML: icon(name) })
    button.dataset.tool = name
    if (key) button.setAttribute('aria-keyshortcuts', key)
    button.onclick = ({ detail }) => {
      if (detail) button.blur() // of a pointer: keys go on to turn pages
      use()
      this.update()
    }
    return button
  }

  #colour(name, value, words) {
    const title = filled(words.colour, words[name])
    const button = make('button', { type: 'button', title, 'aria-label': title, className: 'colour' })
    button.style.setProperty('--colour', value)
    button.dataset.colour = name
    button.onclick = ({ detail }) => {
      if (detail) button.blur()
      this.pen.colour = name
      this.pen.use(true)
      this.update()
    }
    return button
  }

  #hideLater() {
    let timer
    const wake = () => {
      this.element.classList.remove('away')
      clearTimeout(timer)
      timer = setTimeout(() => this.element.classList.add('away'), HIDES)
    }
    for (const event of ['pointermove', 'pointerdown', 'focusin']) addEventListener(event, wake)
    wake()
  }
}
