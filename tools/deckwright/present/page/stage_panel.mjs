// A panel of code on a slide, while its block runs: the editor in its place, and what it shows.

import { openEditor } from './editor.mjs'
import { make } from './elements.mjs'
import { filled } from './words.mjs'

const OUTPUTS = '[data-deckwright]'
const LEAST = 90 // pixels of a slide: the height of a result of which more can be scrolled to
const FRESH = { status: '', panels: [], code: null }

export class CodePanel {
  #state = FRESH
  #editor
  #hidden = [] // the outputs of the slide, while others are in their place
  #pictures = new Map() // pictures of the slide, each with what it showed
  #html // of the code as the slide has it, while other code is shown

  /** `stage` is what the presenter does; undefined where nothing can be done. */
  constructor({ slide, element, place, code, script }, words, stage) {
    Object.assign(this, { slide, element, place, code, script, words, stage })
    this.block = place.block
    this.shown = element.querySelector('code').textContent
    this.result = make('div', { className: 'deckwright-stage', hidden: true })
    if (stage) {
      element.tabIndex = 0
      element.setAttribute('role', 'group')
      element.setAttribute('aria-label', filled(words.code, script))
    }
  }

  isOf(place, { code }) {
    return place.block === this.block && code === this.code && this.element.isConnected
  }

  holds(target) {
    return [this.element, this.result, this.#editor?.element].some((each) => each?.contains(target))
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
    return (this.#editor?.element ?? this.element).getBoundingClientRect()
  }

  /** Let the code be edited in its place. */
  async edit(actions) {
    if (this.#editor) return this.#editor.focus()
    const size = { height: this.element.offsetHeight, style: getComputedStyle(this.element.querySelector('code')) }
    this.#editor = await openEditor(this.#state.code ?? this.code, this.element, size, actions)
    this.#editor.showError(this.#state.error)
    this.element.hidden = true
    this.element.classList.add('deckwright-replaced')
  }

  /** Show how the block is. */
  show(state) {
    if (state.status === '') return this.restore()
    this.#state = state
    this.#showCode(state.code)
    this.#editor?.showError(state.error)
    this.#showResult(state)
  }

  /** Show the slide as it was. */
  restore() {
    this.#state = FRESH
    this.#editor?.close()
    this.#editor = undefined
    this.element.classList.remove('deckwright-replaced')
    this.element.hidden = false
    this.#showCode(null)
    this.leave()
  }

  /** Remove what was added to the slide. */
  leave() {
    this.result.remove()
    for (const each of this.#hidden) each.classList.remove('deckwright-replaced')
    for (const [picture, before] of this.#pictures) picture.replaceWith(before)
    this.#hidden = []
    this.#pictures.clear()
  }

  #showCode(code) {
    const shown = this.element.querySelector('code')
    this.element.classList.toggle('deckwright-edited', code !== null)
    if (code !== null) {
      this.#html ??= shown.innerHTML
      if (shown.textContent !== code) shown.textContent = code
    } else if (this.#html !== undefined) {
      shown.innerHTML = this.#html
      this.#html = undefined
    }
  }

  #showResult(state) {
    const pictures = state.panels.filter(({ kind }) => kind === 'picture')
    const inPlace = state.status === 'waiting' ? [] : this.#showPictures(pictures)
    const rest = state.panels.filter((panel) => !inPlace.includes(panel))
    const parts = [...rest.map((panel) => this.#part(panel)), ...this.#input(state)]
    this.result.replaceChildren(this.#head(state), ...parts)
    this.result.dataset.status = state.status
    this.#put()
    this.#fit()
    for (const part of this.result.children) part.scrollTop = part.scrollHeight
  }

  /** Put the result in the place of the outputs, or below the code. */
  #put() {
    if (this.result.isConnected) return
    const outputs = this.place.has_output ? this.#outputs() : []
    for (const each of outputs) each.classList.add('deckwright-replaced')
    this.#hidden = outputs
    const before = outputs[0] ?? (this.#editor?.element ?? this.element).nextSibling
    const parent = outputs[0]?.parentElement ?? this.element.parentElement
    parent.insertBefore(this.result, before)
    this.result.hidden = false
  }

  /** Let the result have the space that the rest of the slide leaves: more of it can be scrolled to. */
  #fit() {
    this.result.style.maxHeight = ''
    const section = this.result.closest('section')
    const scale = section.getBoundingClientRect().height / section.offsetHeight
    const parts = [...section.children].filter((each) => getComputedStyle(each).position !== 'absolute' && each.offsetHeight > 0)
    const boxes = parts.map((each) => each.getBoundingClientRect())
    const taken = (Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top))) / scale
    const { paddingTop, paddingBottom } = getComputedStyle(section)
    const excess = taken - (section.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom))
    if (excess > 0) this.result.style.maxHeight = `${Math.max(LEAST, this.result.offsetHeight - excess)}px`
  }

  /** The outputs of the block on the slide: those between its code and the next one. */
  #outputs() {
    const all = [...this.slide.querySelectorAll(`${OUTPUTS}, :is(pre, marp-pre):has(> code)`)]
    const next = all.slice(all.indexOf(this.element) + 1)
    const end = next.findIndex((each) => !each.matches(OUTPUTS))
    const found = end < 0 ? next : next.slice(0, end)
    return found.length > 0 ? found : [...this.slide.querySelectorAll(OUTPUTS)]
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
    const part = this.element.cloneNode(false)
    for (const name of ['tabindex', 'role', 'aria-label', 'hidden', 'style']) part.removeAttribute(name)
    part.className = ''
    part.dataset.deckwright = kind === 'pytb' ? 'error' : 'output'
    part.append(make('code', { className: `language-${kind === 'pytb' ? 'pytb' : 'text'}`, innerHTML: html }))
    return part
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
    const all = [...this.slide.querySelectorAll('section img:not([data-marp-twemoji]), figure')].filter((each) => !this.result.contains(each))
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
