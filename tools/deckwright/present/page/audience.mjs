// The page of somebody in the audience: it follows the presenter, unless its reader looks around.

import { Black } from './black.mjs'
import { followChoices } from './choices.mjs'
import { make, makeRoot } from './elements.mjs'
import { Trail } from './laser.mjs'
import { Layer } from './layer.mjs'
import { go, isSamePlace, onPlace, place } from './slides.mjs'
import { Strokes } from './strokes.mjs'
import { wordsOfDeck } from './words.mjs'

const HAND = 1500 // milliseconds: a change of the slide within them is what the reader wanted
const PULSE = 20_000 // milliseconds between questions whether the server is still there
const PATIENCE = 5000

/** Let a page follow. */
export function start(context) {
  new Follower(context).start()
}

class Follower {
  #leader // where the presenter is
  #strays = false
  #isBlack = false
  #touched = -Infinity // when the reader last did something

  constructor(context) {
    this.context = context
    this.words = wordsOfDeck()
    this.root = makeRoot()
    this.layer = new Layer(this.root)
    this.strokes = new Strokes(this.layer)
    this.trail = new Trail(this.layer)
    this.black = new Black(this.root, this.words, () => {})
    this.back = make('button', { type: 'button', className: 'back', hidden: true, textContent: this.words.back })
    this.note = make('div', { className: 'note', hidden: true, role: 'status' })
    this.root.append(this.back, this.note)
  }

  start() {
    const { context } = this
    document.querySelector('[data-bespoke-marp-osc="presenter"]')?.remove() // it has no notes here
    const onThisPage = (topic, show) => context.listen(topic, (message) => message.page === context.page && show(message))
    this.back.onclick = () => this.#return()
    for (const event of ['keydown', 'pointerdown', 'touchend', 'wheel']) addEventListener(event, () => (this.#touched = performance.now()), true)
    onPlace((now) => this.#onPlace(now))
    context.listen('place', (leader) => this.#onLeader(leader))
    onThisPage('ink', (stroke) => this.strokes.put(stroke))
    onThisPage('laser', ({ point, slide }) => slide === place().slide && this.trail.lead(point))
    context.listen('black', ({ isOn }) => this.#showBlack(isOn))
    this.showChoices = followChoices(context, () => !this.#strays)
    this.#keepAlive()
  }

  #onLeader(leader) {
    const isFirst = this.#leader === undefined
    this.#leader = leader
    // Who opens another deck by a link wants to read it.
    if (isFirst && leader.page !== this.context.page) return this.#stray(true)
    if (!this.#strays) this.#follow()
  }

  #follow() {
    if (this.#leader.page !== this.context.page) return location.assign(`/${encodeURI(this.#leader.page)}`)
    if (!isSamePlace(place(), this.#leader)) go(this.#leader)
  }

  /** A slide that was turned by its reader stays; one that came otherwise, as by an edit, does not. */
  #onPlace(now) {
    if (!this.#leader || this.#strays || isSamePlace(now, this.#leader)) return
    if (performance.now() - this.#touched < HAND) this.#stray(true)
    else this.#follow()
  }

  #return() {
    this.#stray(false)
    this.#follow()
    this.showChoices()
  }

  #stray(strays) {
    this.#strays = strays
    this.back.hidden = !strays
    this.#showBlack(this.#isBlack)
  }

  /** Who looks around may go on while the screen is black. */
  #showBlack(isBlack) {
    this.#isBlack = isBlack
    this.black.show(isBlack && !this.#strays)
  }

  // --- a phone that sleeps, a network that is gone -------------------------------------------------

  #keepAlive() {
    const ask = async () => {
      if (document.hidden) return
      const known = this.#leader
      const response = await fetch('/.present/now', { signal: AbortSignal.timeout(PATIENCE) }).catch(() => undefined)
      this.#tell(response?.ok ? '' : this.words.lost)
      const { place: leader } = response?.ok ? await response.json() : {}
      // What was said meanwhile is newer than this answer.
      if (leader && known === this.#leader && leader.id !== known?.id) this.#onLeader(leader)
    }
    setInterval(ask, PULSE)
    document.addEventListener('visibilitychange', ask)
    addEventListener('pageshow', ask)
    addEventListener('online', ask)
  }

  #tell(text) {
    this.note.textContent = text
    this.note.hidden = !text
  }
}
