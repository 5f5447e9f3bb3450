// Code that runs on stage: the panels of code on the slides, and what the presenter does with them.

import { Bar } from './stage_bar.mjs'
import { isTyping, make } from './elements.mjs'
import { CodePanel } from './stage_panel.mjs'
import { isWholeView, onPlace, slideInView, slides } from './slides.mjs'
import { wordsOfDeck } from './words.mjs'

const CODE = ':is(pre, marp-pre):not([data-deckwright], .deckwright-cover *) > code'

/** Show what runs on the slides of this page; in a window of the presenter, let it be run. */
export function start(context) {
  new Stage(context).start()
}

class Stage {
  #panels = [] // of the slides, in their order
  #states = new Map() // what was said last of each block
  #blocks
  #pointed // the panel that has the pointer or the focus

  constructor(context) {
    this.context = context
    this.words = wordsOfDeck()
    this.bar = isWholeView() ? new Bar(this.words, this) : undefined
  }

  start() {
    document.head.append(make('link', { rel: 'stylesheet', href: new URL('stage.css', import.meta.url) }))
    this.context.listen('blocks', (message) => {
      this.#blocks = message
      this.#find()
    })
    this.context.listen('stage', (message) => {
      this.#states.set(message.block, message)
      this.#show(message)
    })
    // The slides themselves may be new.
    this.context.listen('pages', () => setTimeout(() => this.#find()))
    if (!this.bar) return
    addEventListener('keydown', (event) => this.#onKey(event), true)
    document.addEventListener('pointerover', ({ target }) => this.#point(target))
    document.addEventListener('focusin', ({ target }) => this.#point(target))
    onPlace(() => this.#onSlide())
    this.#onSlide()
  }

  /** The panel to which keys go: the one that was pointed at, or else the first on the slide. */
  get current() {
    const here = this.#panels.filter((panel) => panel.slide === slideInView())
    return here.includes(this.#pointed) ? this.#pointed : here[0]
  }

  // --- what the presenter does -----------------------------------------------------------------

  run(panel) {
    return this.context.post('stage/run', { block: panel.block, code: panel.edited })
  }

  edit(panel) {
    return panel.edit({ run: () => this.run(panel), restore: () => this.restore(panel), stop: () => this.stop() })
  }

  stop() {
    return this.context.post('stage/stop')
  }

  restore(panel) {
    for (const each of this.#panels) if (each.block === panel.block) each.restore()
    this.bar.update()
    return this.context.post('stage/restore', { block: panel.block })
  }

  answer(line) {
    return this.context.post('stage/answer', { line })
  }

  /** Write what was edited into a file; returns what the server says of it. */
  async save(panel, name) {
    const response = await this.context.post('stage/save', { block: panel.block, name, code: panel.edited ?? panel.code })
    return { isSaved: response.ok, text: await response.text() }
  }

  #onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event)) return
    const panel = this.current
    if (!panel) return
    const actions = {
      r: () => this.run(panel),
      e: () => this.edit(panel),
      s: panel.isRunning ? () => this.stop() : undefined,
      Escape: panel.isChanged ? () => this.restore(panel) : undefined,
    }
    const action = Object.hasOwn(actions, event.key) && actions[event.key]
    if (!action || document.querySelector('dialog[open]')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    action()
  }

  // --- the panels ------------------------------------------------------------------------------

  #find() {
    if (!this.#blocks) return
    const old = new Map(this.#panels.map((panel) => [panel.element, panel]))
    const places = this.#blocks.pages[this.context.page] ?? []
    this.#panels = slides().flatMap((slide, index) => this.#onOne(slide, places[index] ?? [], old))
    for (const panel of old.values()) panel.leave()
    for (const message of this.#states.values()) this.#show(message)
    this.#onSlide()
  }

  /** The panels of one slide: code that shows what the server says that it shows. */
  #onOne(slide, places, old) {
    const waiting = [...places]
    const panels = []
    for (const code of slide.querySelectorAll(CODE)) {
      const element = code.parentElement
      const known = old.get(element)
      const text = code.textContent.trimEnd()
      const at = waiting.findIndex((place) => place.text.trimEnd() === text)
      if (at < 0) continue
      const [place] = waiting.splice(at, 1)
      const source = this.#blocks.codes[place.block]
      if (known) old.delete(element)
      panels.push(known?.isOf(place, source) ? known : new CodePanel({ slide, element, place, ...source }, this.words, this.bar && this))
    }
    return panels
  }

  #show(message) {
    for (const panel of this.#panels) if (panel.block === message.block) panel.show(message)
    this.bar?.update()
  }

  #point(target) {
    const panel = this.#panels.find((each) => each.holds(target))
    if (panel) this.#pointed = panel
    this.bar.update(panel !== undefined)
  }

  #onSlide() {
    if (!this.bar) return
    this.bar.update()
    if (this.current) this.context.post('stage/prepare', { block: this.current.block })
  }
}
