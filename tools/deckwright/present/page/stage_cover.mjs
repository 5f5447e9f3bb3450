// What is laid over a part of a slide. The part keeps its place, so that nothing else of the slide moves.

import { make } from './elements.mjs'

const GAP = 8 // pixels of a slide
const LEAST = 160 // the height that there is for what is taller than its place

export class Cover {
  #under
  #box

  /** Cover elements of a slide, or, without any, the space `below` another one. */
  constructor(section, covered, className, below) {
    this.section = section
    this.#under = covered
    const boxes = (below ? [below] : covered).map((each) => this.#boxOf(each))
    const left = Math.min(...boxes.map((box) => box.left))
    const top = Math.min(...boxes.map((box) => box.top))
    const right = Math.max(...boxes.map((box) => box.right))
    const bottom = Math.max(...boxes.map((box) => box.bottom))
    this.#box = { left, width: right - left, ...(below ? { top: bottom + GAP, height: 0 } : { top, height: bottom - top }) }
    for (const each of covered) each.classList.add('deckwright-covered')
    this.element = make('div', { className: `deckwright-cover ${className}` })
    this.element.style.background = groundOf(section)
    insertUnnoticed(section, this.element)
    this.fit()
  }

  fill(parts) {
    this.element.replaceChildren(...parts)
    this.fit()
  }

  /** Take the place of what is covered, or as much more as there is: what does not fit can be scrolled to. */
  fit() {
    const { left, top, width, height } = this.#box
    const { style } = this.element
    const isLineAlone = height === 0 && this.element.children.length === 1
    Object.assign(style, { left: `${left}px`, width: isLineAlone ? 'max-content' : `${width}px`, minHeight: `${height}px`, maxHeight: 'none' })
    const end = this.section.clientHeight - GAP
    const needed = this.element.offsetHeight
    const least = Math.min(top, Math.max(end - needed, Math.min(top, end - LEAST)))
    const isAtEnd = height === 0 && this.#covered(least, needed) > this.#covered(Math.max(least, end - needed), needed)
    const place = isAtEnd ? { top: 'auto', bottom: `${GAP}px` } : { top: `${least}px`, bottom: 'auto' }
    Object.assign(style, { ...place, maxHeight: `${Math.max(end - least, height)}px` })
  }

  /** How much of the slide would be covered from some place on. */
  #covered(top, height) {
    const { left } = this.#box
    const right = left + this.element.offsetWidth
    const parts = [...this.section.children].filter((each) => each !== this.element && getComputedStyle(each).position !== 'absolute')
    const boxes = parts.map((each) => this.#boxOf(each))
    return boxes.reduce((sum, box) => {
      const width = Math.min(right, box.right) - Math.max(left, box.left)
      const tall = Math.min(top + height, box.bottom) - Math.max(top, box.top)
      return sum + Math.max(0, width) * Math.max(0, tall)
    }, 0)
  }

  remove() {
    this.element.remove()
    for (const each of this.#under) each.classList.remove('deckwright-covered')
  }

  /** Where an element is on the slide, in pixels of the slide. */
  #boxOf(element) {
    const slide = this.section.getBoundingClientRect()
    const scale = slide.width / this.section.offsetWidth || 1
    const { left, top, right, bottom } = element.getBoundingClientRect()
    return { left: (left - slide.left) / scale, right: (right - slide.left) / scale, top: (top - slide.top) / scale, bottom: (bottom - slide.top) / scale }
  }
}

/** Put an element where nothing of the slide moves: themes have rules for the last child, or for neighbours. */
function insertUnnoticed(section, element) {
  const children = [...section.children]
  const parts = [...section.querySelectorAll('*')].filter((each) => !each.closest('.deckwright-cover'))
  const places = () => parts.map((each) => each.getBoundingClientRect()).map(({ x, y, width, height }) => [x, y, width, height])
  const before = places().flat()
  for (const next of [null, ...children.slice(1).reverse(), children[0]]) {
    section.insertBefore(element, next)
    if (places().flat().every((value, index) => Math.abs(value - before[index]) < 0.1)) return
  }
  section.append(element)
}

/** The ground of a slide, as far as it is a colour. */
function groundOf(section) {
  const { backgroundColor } = getComputedStyle(section)
  return /^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor) ? 'Canvas' : backgroundColor
}
