// Strokes of the pen: how they look, and which are on the slide in view.

import { drawn } from './layer.mjs'
import { getStroke } from './perfect-freehand.mjs'
import { firstSteps, onPlace, place } from './slides.mjs'

const LOOK = { thinning: 0.5, smoothing: 0.5, streamline: 0.4 }

/** The outline of a stroke, as points of a closed curve. */
export const outlineOf = ({ points, size, pressed, done }) => getStroke(points, { ...LOOK, size, simulatePressure: !pressed, last: done })

const rounded = (points) => points.map((point) => point.map((number) => Math.round(number * 100) / 100))
const middle = ([ax, ay], [bx, by]) => [(ax + bx) / 2, (ay + by) / 2]
const written = (points) => points.flat().map((number) => number.toFixed(1)).join(' ')

/** A path through the middles between points of an outline, which bends at the points. */
export function pathOf(outline) {
  if (outline.length < 3) return ''
  const bends = outline.map((point, index) => `Q${written([point, middle(point, outline[(index + 1) % outline.length])])}`)
  return `M${written([middle(outline.at(-1), outline[0])])}${bends.join('')}Z`
}

/** The strokes of one deck, by slide; a slide and its highlight steps share them. */
export class Strokes {
  #byId = new Map()
  #paths = new Map()

  constructor(layer) {
    this.group = drawn('g', {})
    layer.svg.append(this.group)
    onPlace(() => this.show())
  }

  /** The slide to which a stroke of this moment belongs. */
  get slide() {
    return firstSteps()[place().slide]
  }

  /** Add, change or remove a stroke. */
  put(stroke) {
    if (stroke.points) this.#byId.set(stroke.id, stroke)
    else this.#byId.delete(stroke.id)
    this.#draw(stroke.id)
  }

  /** The strokes of the slide in view, in the order in which they were begun. */
  inView() {
    const { slide } = this
    return [...this.#byId.values()].filter((stroke) => stroke.slide === slide)
  }

  /** The stroke at a point of the slide in view. */
  at([x, y], reach = 12) {
    const near = [[0, 0], [reach, 0], [-reach, 0], [0, reach], [0, -reach]]
    const hits = (path) => near.some(([dx, dy]) => path.isPointInFill(new DOMPoint(x + dx, y + dy)))
    return this.inView().findLast(({ id }) => hits(this.#paths.get(id)))
  }

  /** All strokes as outlines, each with the slides that show it, for a file. */
  outlines() {
    const firsts = firstSteps()
    const pagesOf = (slide) => firsts.flatMap((first, index) => (first === slide ? [index] : []))
    return [...this.#byId.values()].map((stroke) => ({ pages: pagesOf(stroke.slide), colour: stroke.colour, outline: rounded(outlineOf(stroke)) }))
  }

  /** Draw the strokes of the slide in view, and no others. */
  show() {
    this.#paths.clear()
    this.group.replaceChildren()
    for (const { id } of this.inView()) this.#draw(id)
  }

  #draw(id) {
    const stroke = this.#byId.get(id)
    if (stroke?.slide !== this.slide) {
      this.#paths.get(id)?.remove()
      this.#paths.delete(id)
      return
    }
    const path = this.#paths.get(id) ?? drawn('path', {})
    path.setAttribute('d', pathOf(outlineOf(stroke)))
    path.setAttribute('fill', stroke.colour)
    this.#paths.set(id, path)
    if (!path.isConnected) this.group.append(path)
  }
}
