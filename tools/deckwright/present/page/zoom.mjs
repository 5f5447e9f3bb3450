// Enlarging: a picture or a block of the slide grows to the size of the slide.
//
// The slide itself is scaled, so that all stays as sharp as it is and what is drawn on it stays in its place.

import { make } from './elements.mjs'
import { areaOf, onPlace, place, slideInView } from './slides.mjs'

const BLOCKS = [
  'img', 'pre', 'marp-pre', 'table', 'figure', 'blockquote', 'video', 'canvas', 'svg', '.katex-display', 'mjx-container[display]', '[data-live]',
].join(', ')
const MOST = 8
const PART = 0.94 // of the slide: some of what is around stays

/** What can be enlarged on a slide: nothing within something else that can. */
export function blocksOf(slide) {
  const found = [...slide.querySelectorAll('section')].flatMap((section) => [...section.querySelectorAll(BLOCKS)])
  const isSeen = (element) => element.getBoundingClientRect().width > 4 && element.getBoundingClientRect().height > 4
  return [...new Set(found)].filter((element) => isSeen(element) && !element.parentElement.closest(BLOCKS.replace(', svg', '')))
}

/** How a slide is moved and scaled so that a block fills it, for a slide that is not scaled yet. */
function transformFor(block, slide) {
  const area = areaOf(slide)
  const box = block.getBoundingClientRect()
  const left = Math.max(box.left, area.left)
  const top = Math.max(box.top, area.top)
  const width = Math.min(box.right, area.left + area.width) - left
  const height = Math.min(box.bottom, area.top + area.height) - top
  const scale = Math.max(1, Math.min(MOST, (area.width * PART) / width, (area.height * PART) / height))
  const x = area.left + area.width / 2 - (left + width / 2)
  const y = area.top + area.height / 2 - (top + height / 2)
  return `translate(${x * scale}px, ${y * scale}px) scale(${scale})`
}

export class Zoom {
  /** Whether a block is being chosen. */
  isChoosing = false
  #slide

  /** `send` reports the index of the block that is enlarged, or null. */
  constructor(root, layer, words, send) {
    this.layer = layer
    this.send = send
    this.frame = make('div', { className: 'zoom-frame', hidden: true })
    this.hint = make('div', { className: 'hint', hidden: true, role: 'status' })
    this.words = words
    root.append(this.frame, this.hint)
    addEventListener('click', (event) => this.#click(event), true)
    addEventListener('pointermove', (event) => this.#hover(event))
    onPlace(() => this.isOn && this.enlarge(null))
  }

  get isOn() {
    return this.#slide !== undefined
  }

  /** Let somebody choose a block, or show the whole slide again. */
  use() {
    if (this.isOn) return this.enlarge(null)
    this.choose(!this.isChoosing)
  }

  choose(isChoosing) {
    this.isChoosing = isChoosing
    document.documentElement.toggleAttribute('data-deckwright-zoom', isChoosing)
    this.hint.hidden = this.frame.hidden = !isChoosing
    this.hint.textContent = isChoosing ? this.words.zoomHint : ''
    if (isChoosing) this.#point(0)
  }

  /** Go to the next block, or the one before it. */
  step(by) {
    this.#point(this.chosen + by)
  }

  enlarge(index) {
    this.choose(false)
    this.show(index)
    this.send(index)
  }

  show(index) {
    if (this.#slide) this.#slide.style.transform = ''
    this.layer.transform('')
    this.#slide = undefined
    const slide = slideInView()
    const block = index === null ? undefined : blocksOf(slide)[index]
    if (!block) return
    const transform = transformFor(block, slide)
    this.#slide = slide
    slide.style.transform = transform
    this.layer.transform(transform)
  }

  #point(index) {
    const blocks = blocksOf(slideInView())
    if (!blocks.length) return this.choose(false)
    this.chosen = (index + blocks.length) % blocks.length
    const { left, top, width, height } = blocks[this.chosen].getBoundingClientRect()
    Object.assign(this.frame.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` })
  }

  #indexAt(event) {
    const block = event.composedPath().find((each) => each instanceof Element && each.matches(BLOCKS) && !each.matches('[data-marpit-svg]'))
    const blocks = blocksOf(slideInView())
    return blocks.findIndex((each) => each === block || each.contains(block ?? null))
  }

  #hover(event) {
    if (!this.isChoosing) return
    const index = this.#indexAt(event)
    if (index >= 0) this.#point(index)
  }

  #click(event) {
    if (!this.isChoosing) return
    const index = this.#indexAt(event)
    if (index < 0) return
    event.preventDefault()
    event.stopPropagation()
    this.enlarge(index)
  }
}
