// The bar at a panel of code: run, edit, stop, restore, and save what was edited.

import { make, makeRoot } from './elements.mjs'
import { filled } from './words.mjs'

const HIDES = 2500 // milliseconds after the pointer was there

const ICONS = {
  run: 'M7 4l12 8-12 8z',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  stop: 'M6 6h12v12H6z',
  restore: 'M4 10h10a5 5 0 0 1 0 10H9M8 6l-4 4 4 4',
  save: 'M5 4h11l3 3v13H5zM8 4v5h7V4M8 20v-6h8v6',
}
const KEYS = { run: 'r', edit: 'e', stop: 's', restore: 'Esc' }

export class Bar {
  #timer
  #frame

  constructor(words, stage) {
    this.words = words
    this.stage = stage
    this.root = makeRoot()
    this.root.append(make('link', { rel: 'stylesheet', href: new URL('stage_bar.css', import.meta.url) }))
    this.element = make('div', { className: 'stage-bar', role: 'toolbar', 'aria-label': words.stage, hidden: true })
    this.buttons = new Map(Object.keys(ICONS).map((name) => [name, this.#button(name)]))
    this.element.append(...this.buttons.values())
    this.note = make('div', { className: 'stage-note', role: 'status' })
    this.root.append(this.element, this.note)
    this.element.addEventListener('keydown', (event) => [' ', 'Enter'].includes(event.key) && event.stopPropagation())
    this.element.addEventListener('pointerenter', () => this.update(true))
  }

  /** Show the bar at the panel that keys go to: for a while, if it `isPointedAt`. */
  update(isPointedAt = false) {
    const panel = this.stage.current
    if (isPointedAt) {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.update()
      }, HIDES)
    }
    const isSeen = panel && (this.#timer !== undefined || panel.isChanged || this.element.matches(':hover, :focus-within'))
    this.element.hidden = !isSeen
    if (!isSeen) return
    this.buttons.get('stop').hidden = !panel.isRunning
    this.buttons.get('restore').hidden = !panel.isChanged
    this.buttons.get('save').hidden = panel.edited === null
    this.#place(panel)
  }

  /** Put the bar above a panel, and keep it there: slides are scaled, and what is on them moves. */
  #place(panel) {
    const { right, top } = panel.box
    const { offsetWidth: width, offsetHeight: height } = this.element
    this.element.style.left = `${Math.max(0, Math.min(right, innerWidth) - width - 4)}px`
    this.element.style.top = `${Math.max(0, top - height - 2)}px`
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => !this.element.hidden && this.#place(panel))
  }

  #button(name) {
    const key = KEYS[name]
    const title = key ? `${this.words[name]} (${key})` : this.words[name]
    const icon = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`
    const button = make('button', { type: 'button', title, 'aria-label': this.words[name], innerHTML: icon })
    button.dataset.action = name
    button.onclick = ({ detail }) => {
      if (detail) button.blur() // of a pointer: keys go on to turn pages
      const panel = this.stage.current
      if (panel) name === 'save' ? this.#save(panel) : this.stage[name](panel)
      this.update(true)
    }
    return button
  }

  /** Let the presenter give a name, and say where the file is. */
  #save(panel) {
    const field = make('input', { type: 'text', value: 'scratch', 'aria-label': this.words.saveAs, spellcheck: false })
    const said = make('p', { role: 'status' })
    const close = () => dialog.close()
    const save = make('button', { type: 'submit', className: 'save' }, this.words.save)
    const form = make('form', { method: 'dialog' }, make('label', {}, this.words.saveAs, ' ', field, ' .py'), save, said)
    const dialog = make('dialog', { className: 'stage-save', 'aria-label': this.words.save }, form)
    form.onsubmit = async (event) => {
      event.preventDefault()
      const { isSaved, text } = await this.stage.save(panel, field.value)
      said.textContent = isSaved ? filled(this.words.saved, text) : text
      if (isSaved) save.replaceWith(make('button', { type: 'button', onclick: close }, this.words.close))
    }
    dialog.addEventListener('keydown', (event) => event.stopPropagation())
    dialog.addEventListener('close', () => dialog.remove())
    this.root.append(dialog)
    dialog.showModal()
    field.select()
  }
}
