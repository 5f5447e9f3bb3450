// The layer above the slide in view, on which is drawn in the slide's own coordinates.

import { areaOf, onPlace, slideInView } from './slides.mjs'

const SVG = 'http://www.w3.org/2000/svg'

/** Make an element of a drawing. */
export function drawn(name, attributes) {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

export class Layer {
  /** `root` is where it is put: a shadow root, which no theme changes. */
  constructor(root) {
    this.frame = Object.assign(document.createElement('div'), { className: 'layer' })
    this.svg = drawn('svg', { 'aria-hidden': 'true' })
    this.frame.append(this.svg)
    root.append(this.frame)
    this.#put()
    // Marp moves nothing while a slide stays: the size is that of the window, or of the presenter's left part.
    new ResizeObserver(() => requestAnimationFrame(() => this.#put())).observe(slideInView().parentElement)
    onPlace(() => this.#put())
  }

  /** The place of a pointer on the slide. */
  pointOf({ clientX, clientY }) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(this.svg.getScreenCTM().inverse())
    return [Math.round(x * 10) / 10, Math.round(y * 10) / 10]
  }

  /** Let pointers draw, or reach the slide. */
  catchPointers(cursor) {
    this.frame.dataset.cursor = cursor ?? ''
  }

  /** Show the layer as the slide is shown. */
  transform(value) {
    this.svg.style.transform = value
  }

  #put() {
    const slide = slideInView()
    const { left, top, width, height } = areaOf(slide)
    this.svg.setAttribute('viewBox', slide.getAttribute('viewBox'))
    Object.assign(this.frame.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` })
  }
}
