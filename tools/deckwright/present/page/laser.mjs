// The laser pointer: a trail that fades.

import { drawn } from './layer.mjs'
import { throttled } from './pen.mjs'

const LASTS = 450 // milliseconds
const STAYS = 10_000 // milliseconds for which a point stays that does not move
const SIZE = 14 // pixels of the slide
const PAUSE = 40 // milliseconds between messages
const COLOUR = '#ff1f3d'

/** A trail on a layer. */
export class Trail {
  #points = []
  #isDrawing = false
  #timer

  constructor(layer) {
    this.group = drawn('g', { fill: 'none', stroke: COLOUR, 'stroke-linecap': 'round' })
    layer.svg.append(this.group)
  }

  /** Whether the light is on: then its last point stays. */
  isHeld = false

  /** Lead the trail to a point; null is its end. */
  lead(point) {
    this.isHeld = point !== null
    clearTimeout(this.#timer)
    if (point) this.#timer = setTimeout(() => (this.isHeld = false), STAYS) // its window may have been closed
    if (point) this.#points.push({ x: point[0], y: point[1], at: performance.now() })
    this.#start()
  }

  #start() {
    if (this.#isDrawing) return
    this.#isDrawing = true
    requestAnimationFrame(() => this.#draw())
  }

  #draw() {
    this.#isDrawing = false
    const now = performance.now()
    const head = this.#points.at(-1)
    if (this.isHeld && head) head.at = now
    this.#points = this.#points.filter(({ at }) => now - at < LASTS)
    this.group.replaceChildren(...this.#parts(now))
    if (this.#points.length) this.#start()
  }

  #parts(now) {
    const width = (at) => SIZE * (1 - (now - at) / LASTS)
    const lines = this.#points.slice(1).map(({ x, y, at }, index) => {
      const before = this.#points[index]
      return drawn('line', { x1: before.x, y1: before.y, x2: x, y2: y, 'stroke-width': width(at), 'stroke-opacity': 0.75 })
    })
    const head = this.#points.at(-1)
    if (head) lines.push(drawn('circle', { cx: head.x, cy: head.y, r: Math.max(1, width(head.at) / 2), fill: COLOUR, stroke: 'none' }))
    return lines
  }
}

export class Laser {
  isOn = false

  /** `send` reports a point, or null at the end. */
  constructor(layer, trail, send) {
    this.layer = layer
    this.trail = trail
    this.#report = throttled(send, PAUSE)
    layer.frame.addEventListener('pointermove', (event) => this.#move(event))
    layer.frame.addEventListener('pointerleave', () => this.#end())
  }

  #report

  use(isOn) {
    this.isOn = isOn
    this.layer.catchPointers(isOn ? 'laser' : '')
    if (!isOn) this.#end()
  }

  #move(event) {
    if (!this.isOn) return
    const point = this.layer.pointOf(event)
    this.trail.lead(point)
    this.#report(point)
  }

  #end() {
    if (!this.trail.isHeld) return
    this.trail.lead(null)
    this.#report(null)
  }
}
