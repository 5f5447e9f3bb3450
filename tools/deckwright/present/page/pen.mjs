// The pen and the eraser: what a pointer does on the layer while one of them is in the hand.

export const COLOURS = { red: '#d81b3a', blue: '#1463d8', green: '#0b8a43', orange: '#e87500', black: '#1b1f26', white: '#ffffff' }

const SIZE = 7 // pixels of the slide
const PAUSE = 60 // milliseconds between messages about a stroke that goes on

/** Call at most once in a while, the last time at the end. */
export function throttled(call, pause) {
  let timer
  let waiting
  return (...values) => {
    waiting = values
    timer ??= setTimeout(() => {
      timer = undefined
      call(...waiting)
    }, pause)
  }
}

/** The points of a line, so near to each other that no stroke is between two. */
function between([fromX, fromY], [toX, toY]) {
  const count = Math.ceil(Math.hypot(toX - fromX, toY - fromY) / SIZE) || 1
  return Array.from({ length: count }, (_, index) => (index + 1) / count).map((part) => [fromX + (toX - fromX) * part, fromY + (toY - fromY) * part])
}

export class Pen {
  colour = 'red'
  #erases = false
  #stroke
  #hasPen = false // then fingers and the hand that rests on the screen do not draw

  /** `send` reports a stroke, and that one was removed. */
  constructor(layer, strokes, send) {
    this.layer = layer
    this.strokes = strokes
    this.send = send
    this.#report = throttled((stroke) => stroke === this.#stroke && send(stroke), PAUSE)
    layer.frame.addEventListener('pointerdown', (event) => this.#begin(event))
    layer.frame.addEventListener('pointermove', (event) => this.#move(event))
    for (const end of ['pointerup', 'pointercancel']) layer.frame.addEventListener(end, () => this.#end())
  }

  isOn = false

  get erases() {
    return this.#erases
  }

  /** Take the pen or the eraser into the hand, or lay it down. */
  use(isOn, erases = false) {
    this.#end()
    this.isOn = isOn
    this.#erases = isOn && erases
    this.layer.catchPointers(isOn ? (erases ? 'eraser' : 'pen') : '')
  }

  undo() {
    const last = this.strokes.inView().at(-1)
    if (last) this.#remove(last)
  }

  clear() {
    for (const stroke of this.strokes.inView()) this.#remove(stroke)
  }

  #report

  #remove({ id }) {
    this.strokes.put({ id })
    this.send({ id })
  }

  #begin(event) {
    if (!this.isOn || event.button > 0 || this.#stroke) return
    this.#hasPen ||= event.pointerType === 'pen'
    if (this.#hasPen && event.pointerType === 'touch') return
    event.preventDefault()
    this.layer.frame.setPointerCapture(event.pointerId)
    this.#stroke = {
      id: Math.random().toString(36).slice(2),
      slide: this.strokes.slide,
      pressed: event.pointerType === 'pen',
      colour: COLOURS[this.colour],
      size: SIZE,
      points: [],
      done: false,
    }
    this.#move(event)
  }

  #move(event) {
    if (!this.#stroke) return
    const events = event.getCoalescedEvents?.() ?? []
    for (const each of events.length ? events : [event]) this.#add(each)
    if (this.#erases) return
    this.strokes.put(this.#stroke)
    this.#report(this.#stroke)
  }

  #add(event) {
    const point = this.layer.pointOf(event)
    if (!this.#erases) return this.#stroke.points.push([...point, event.pressure || 0.5])
    for (const each of between(this.#stroke.points.at(-1) ?? point, point)) {
      const hit = this.strokes.at(each)
      if (hit) this.#remove(hit)
    }
    this.#stroke.points.push(point)
  }

  #end() {
    const stroke = this.#stroke
    this.#stroke = undefined
    if (!stroke || this.#erases) return
    const finished = { ...stroke, done: true }
    this.strokes.put(finished)
    this.send(finished)
  }
}
