// A panel of code on a slide, while its block runs: the editor in its place, and what it shows.
//
// All of that is laid over the slide, and what it covers keeps its place: no theme has to know of it.

import { openEditor } from './editor.mjs'
import { make } from './elements.mjs'
import { Cover } from './stage_cover.mjs'
import { filled } from './words.mjs'

const OUTPUTS = '[data-deckwright]'
const CODE = ':is(pre, marp-pre):has(> code)'
const FRESH = { status: '', panels: [], code: null }

export class CodePanel {
  #state = FRESH
  #editor
  #code // covers the code while other code is shown
  #result
  #pictures = new Map() // pictures of the slide that others take the place of, by those

  /** `stage` is what the presenter does; undefined where nothing can be done. */
  constructor({ slide, element, place, code, script }, words, stage) {
    Object.assign(this, { slide, element, place, code, script, words, stage })
    this.block = place.block
    this.section = element.closest('section')
    if (!stage) return
    element.tabIndex = 0
    element.setAttribute('role', 'group')
    element.setAttribute('aria-label', filled(words.code, script))
  }

  isOf(place, { code }) {
    return place.block === this.block && code === this.code && this.element.isConnected
  }

  holds(target) {
    return [this.element, this.#code?.element, this.#result?.element].some((each) => each?.contains(target))
  }

  get isRunning() {
    return ['waiting', 'running'].includes(this.#state.status)
  }

  /** Whether the slide shows something else than its file gives. */
  get isChanged() {
    return this.#state.status !== '' || this.#editor !== undefined
  }

  /** The code that was edited; null for that of the file. */
  get edited() {
    const code = this.#editor ? this.#editor.text : this.#state.code
    return code === null || code.trimEnd() === this.code.trimEnd() ? null : code
  }

  /** Where the bar is put. */
  get box() {
    return (this.#code?.element ?? this.element).getBoundingClientRect()
  }

  /** Let the code be edited in its place. */
  async edit(actions) {
    if (this.#editor) return this.#editor.focus()
    this.#code?.remove()
    this.#code = new Cover(this.section, [this.element], 'deckwright-editor')
    this.#editor = await openEditor(this.#state.code ?? this.code, this.#code.element, this.element.querySelector('code'), actions)
    this.#editor.showError(this.#state.error)
    this.#code.fit()
  }

  /** Show how the block is. */
  show(state) {
    this.#state = { ...FRESH, ...state }
    if (state.status === '') return this.#editor ? this.#showSlide() : this.leave()
    if (this.#editor) this.#editor.showError(state.error)
    else this.#showCode(state.code)
    this.#showResult(state)
  }

  /** Show the slide as it was. */
  restore() {
    this.#state = FRESH
    this.#editor = undefined
    this.leave()
  }

  /** Remove what was added to the slide. */
  leave() {
    this.#code?.remove()
    this.#code = undefined
    this.#showSlide()
  }

  /** Show the results that the slide has. */
  #showSlide() {
    this.#result?.remove()
    for (const [picture, before] of this.#pictures) picture.replaceWith(before)
    this.#result = undefined
    this.#pictures.clear()
  }

  #showCode(code) {
    this.#code?.remove()
    this.#code = undefined
    if (code === null) return
    this.#code = new Cover(this.section, [this.element], 'deckwright-edited')
    this.#code.fill([this.#panel(make('code', { className: 'language-python', textContent: code }))])
  }

  #showResult(state) {
    const pictures = state.panels.filter(({ kind }) => kind === 'picture')
    const inPlace = state.status === 'waiting' ? [] : this.#showPictures(pictures)
    const rest = state.panels.filter((panel) => !inPlace.includes(panel))
    this.#result ??= this.#coverOutputs()
    this.#result.element.dataset.status = state.status
    this.#result.fill([this.#head(state), ...rest.map((panel) => this.#part(panel)), ...this.#input(state)])
    this.#result.element.scrollTop = this.#result.element.scrollHeight
  }

  /** Cover the outputs of the block, or the space below its code. */
  #coverOutputs() {
    const outputs = this.place.has_output ? this.#outputs() : []
    return outputs.length > 0
      ? new Cover(this.section, outputs, 'deckwright-stage')
      : new Cover(this.section, [], 'deckwright-stage', this.#code?.element ?? this.element)
  }

  /** The outputs of the block on the slide: those between its code and the next one. */
  #outputs() {
    const all = [...this.section.querySelectorAll(`${OUTPUTS}, ${CODE}`)].filter((each) => !each.closest('.deckwright-cover'))
    const next = all.slice(all.indexOf(this.element) + 1)
    const end = next.findIndex((each) => !each.matches(OUTPUTS))
    const found = end < 0 ? next : next.slice(0, end)
    return found.length > 0 ? found : all.filter((each) => each.matches(OUTPUTS))
  }

  #head({ status, code, seconds, note }) {
    const { words } = this
    const time = seconds === null || seconds === undefined ? '' : ` · ${seconds.toFixed(seconds < 10 ? 2 : 0)} s`
    const head = make('p', { className: 'head' }, `${words[status === 'failed' ? 'failedRun' : status]}${time}`)
    if (code !== null) head.prepend(make('strong', {}, words.notFromFile), ' ')
    if (note) head.append(make('span', { className: 'note' }, ` · ${filled(words[note.kind], note.detail)}`))
    return head
  }

  #part({ kind, html }) {
    if (kind === 'picture' || kind === 'markdown') return make('div', { className: kind, innerHTML: html })
    const isError = kind === 'pytb'
    const part = this.#panel(make('code', { className: `language-${isError ? 'pytb' : 'text'}`, innerHTML: html }))
    part.dataset.deckwright = isError ? 'error' : 'output'
    return part
  }

  /** A panel as Marp makes those of the slide. */
  #panel(code) {
    const panel = this.element.cloneNode(false)
    for (const name of ['tabindex', 'role', 'aria-label', 'class', 'style']) panel.removeAttribute(name)
    panel.append(code)
    return panel
  }

  /** A field for what the code asks for. */
  #input({ asks }) {
    if (!asks || !this.stage) return []
    const field = make('input', { type: 'text', 'aria-label': this.words.input, placeholder: this.words.input })
    field.addEventListener('keydown', (event) => {
      event.stopPropagation()
      if (event.key !== 'Enter') return
      field.disabled = true
      this.stage.answer(field.value)
    })
    setTimeout(() => field.focus())
    return [make('p', { className: 'input' }, field)]
  }

  /** Show pictures in the place of those on the slide that the block draws; return those that have a place. */
  #showPictures(panels) {
    const done = []
    for (const [index, alt] of this.place.figures.entries()) {
      const panel = panels[index]
      const picture = panel && this.#pictureOf(alt)
      if (!picture) continue
      const source = make('template', { innerHTML: panel.html }).content.querySelector('img').src
      if (picture instanceof HTMLImageElement) picture.src = source
      else picture.style.backgroundImage = `url("${source}")`
      done.push(panel)
    }
    return done
  }

  #pictureOf(alt) {
    const known = [...this.#pictures.keys()].find((each) => each.dataset.stage === alt)
    if (known) return known
    const all = [...this.slide.querySelectorAll('section img:not([data-marp-twemoji]), figure')].filter((each) => !each.closest('.deckwright-cover'))
    const textOf = (each) => each.alt ?? each.textContent.trim()
    const picture = all.find((each) => textOf(each) === alt) ?? (all.length === 1 ? all[0] : undefined)
    if (!picture) return undefined
    const copy = picture.cloneNode(true)
    copy.dataset.stage = alt
    picture.replaceWith(copy)
    this.#pictures.set(copy, picture)
    return copy
  }
}
