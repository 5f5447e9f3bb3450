// What the presenter has in the hand: laser pointer, pen, black screen, jump, enlarging, and what says all keys.
//
// All windows of the presenter show the same: what is done in one is said to the server, which tells it to the others.

import { Invitation, openRemote } from './addresses.mjs'
import { Black } from './black.mjs'
import { sayChoices } from './choices.mjs'
import { Clock } from './clock.mjs'
import { isTyping, make, makeRoot } from './elements.mjs'
import { openHelp } from './help.mjs'
import { openJump } from './jump.mjs'
import { Laser, Trail } from './laser.mjs'
import { Layer } from './layer.mjs'
import { COLOURS, Pen } from './pen.mjs'
import { savePdf } from './pdf.mjs'
import { isPresenterView, isSamePlace, onPlace, place, press } from './slides.mjs'
import { Strokes } from './strokes.mjs'
import { Toolbar } from './toolbar.mjs'
import { languageOfDeck, wordsOfDeck } from './words.mjs'
import { Zoom } from './zoom.mjs'

const TOLD = 12_000 // milliseconds: how long a message stays

/** Give a window of the presenter its tools. */
export function start(context) {
  new Presenter(context).start()
}

class Presenter {
  #last // the last place that was said, by whichever window
  #ids = new Set() // those by which it was said: two windows that turned at once say the same place
  #synced // the place to which another window of this browser has brought this one

  constructor(context) {
    this.context = context
    this.id = Math.random().toString(36).slice(2) // of this window: it needs no news of itself
    this.words = wordsOfDeck()
    this.root = makeRoot()
    this.layer = new Layer(this.root)
    this.strokes = new Strokes(this.layer)
    this.trail = new Trail(this.layer)
    this.pen = new Pen(this.layer, this.strokes, (stroke) => this.#say(`ink/${stroke.id}`, stroke))
    this.laser = new Laser(this.layer, this.trail, (point) => this.#say('laser', { point, ...place() }))
    this.black = new Black(this.root, this.words, (isOn) => this.#say('black', { isOn }))
    this.invitation = new Invitation(this.root, this.layer, this.words, (isOn) => this.#say('invitation', { isOn }))
    this.zoom = new Zoom(this.root, this.layer, this.words, (block) => this.#say('zoom', { block, ...place() }))
    this.status = make('div', { className: 'status', role: 'status' })
    this.root.append(this.status)
    this.tools = this.#tools()
    this.toolbar = new Toolbar(this.root, this.words, this.tools, this.pen)
  }

  start() {
    this.toolbar.update()
    addEventListener('keydown', (event) => this.#onKey(event), true)
    if (isPresenterView()) new Clock(this.context, this.words)
    this.#follow()
    this.#report()
    sayChoices(this.context)
  }

  // --- tools -----------------------------------------------------------------------------------

  /** The tools in their order; those of the pen are there while it is in the hand. */
  #tools() {
    const { root, words, pen, laser, black, zoom, invitation } = this
    const ofPen = { isOfPen: true, isShown: () => pen.isOn }
    return [
      { name: 'laser', key: 'l', use: () => this.#take(laser), isOn: () => laser.isOn },
      { name: 'pen', key: 'd', use: () => this.#take(pen), isOn: () => pen.isOn && !pen.erases },
      { name: 'nextColour', key: 'c', use: () => this.#nextColour(), ...ofPen, hasNoButton: true },
      { name: 'eraser', key: 'x', use: () => pen.use(true, !pen.erases), isOn: () => pen.erases, ...ofPen },
      { name: 'undo', key: 'u', use: () => pen.undo(), ...ofPen },
      { name: 'clear', key: 'Delete', use: () => pen.clear(), ...ofPen },
      { name: 'zoom', key: 'z', use: () => this.#chooseBlock(), isOn: () => zoom.isOn || zoom.isChoosing },
      { name: 'blackScreen', key: 'b', use: () => black.use(!black.isOn), isOn: () => black.isOn },
      { name: 'overview', key: 'o', use: () => press('o'), isMarps: true },
      { name: 'jump', key: 'g', use: () => openJump(root, words) },
      { name: 'screen', key: 'w', use: openScreen, isShown: isPresenterView },
      { name: 'audience', key: 'q', use: () => invitation.use(!invitation.isOn), isOn: () => invitation.isOn },
      { name: 'remote', use: () => openRemote(root, words), isShown: isPresenterView },
      { name: 'print', use: () => savePdf(this.context, words, this.strokes, (text) => this.#tell(text)) },
      { name: 'help', key: '?', use: () => openHelp(root, words, this.tools) },
    ]
  }

  #take(tool) {
    const isOn = !tool.isOn
    this.#layDown()
    tool.use(isOn)
  }

  /** Lay down what is in the hand; return whether that was anything. */
  #layDown() {
    const { pen, laser, zoom } = this
    const hand = [pen, laser].filter((tool) => tool.isOn)
    for (const tool of hand) tool.use(false)
    if (zoom.isChoosing) return zoom.choose(false), true
    return hand.length > 0
  }

  #chooseBlock() {
    this.#layDown()
    this.zoom.use()
  }

  #nextColour() {
    const names = Object.keys(COLOURS)
    this.pen.colour = names[(names.indexOf(this.pen.colour) + 1) % names.length]
    this.pen.use(true)
  }

  // --- keys ------------------------------------------------------------------------------------

  #onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event) || this.root.querySelector('dialog')) return
    if (!(this.#isChoosingKey(event) || this.#isLeaving(event) || this.#isToolKey(event))) return
    event.preventDefault()
    event.stopImmediatePropagation()
    this.toolbar.update()
  }

  #isToolKey({ key: pressed }) {
    const key = pressed === 'Backspace' ? 'Delete' : pressed // what deletes has another name on a Mac
    const tool = this.tools.find((each) => each.key === key && !each.isMarps && (each.isShown?.() ?? true))
    tool?.use()
    return tool !== undefined
  }

  /** Esc leaves the last thing that was begun; without any, it is Marp's. */
  #isLeaving({ key }) {
    if (key !== 'Escape') return false
    if (this.#layDown()) return true
    if (this.zoom.isOn) return this.zoom.enlarge(null), true
    const shown = [this.invitation, this.black].find((each) => each.isOn)
    shown?.use(false)
    return shown !== undefined
  }

  #isChoosingKey({ key, shiftKey }) {
    if (!this.zoom.isChoosing) return false
    const keys = {
      Tab: () => this.zoom.step(shiftKey ? -1 : 1),
      ArrowRight: () => this.zoom.step(1),
      ArrowLeft: () => this.zoom.step(-1),
      Enter: () => this.zoom.enlarge(this.zoom.chosen),
    }
    keys[key]?.()
    return key in keys
  }

  // --- messages --------------------------------------------------------------------------------

  #say(topic, content) {
    return this.context.say(topic, { page: this.context.page, window: this.id, ...content })
  }

  /** Say where this window is, unless it only follows another window of this browser, which says it. */
  #report() {
    const onStorage = ({ newValue }) => {
      this.#synced = placeIn(newValue)
      setTimeout(() => (this.#synced = undefined))
    }
    addEventListener('storage', onStorage, true)
    const say = (now) => isSamePlace(now, this.#synced) || this.#say('place', { ...now, id: Math.random().toString(36).slice(2), language: languageOfDeck() })
    onPlace(say)
    say(place())
  }

  /** Show what other windows do, and go on when the remote control says so. */
  #follow() {
    const listen = (topic, show) =>
      this.context.listen(topic, (message) => {
        if (message.window === this.id || message.page !== this.context.page) return
        show(message)
        this.toolbar.update()
      })
    listen('ink', (stroke) => this.strokes.put(stroke))
    listen('laser', ({ point, slide }) => slide === place().slide && this.trail.lead(point))
    listen('black', ({ isOn }) => this.black.show(isOn))
    listen('zoom', ({ block, slide }) => this.zoom.show(slide === place().slide ? block : null))
    this.context.listen('invitation', ({ isOn }) => isOn === this.invitation.isOn || this.invitation.show(isOn))
    this.context.listen('place', (message) => this.#onPlace(message))
    this.context.listen('turn', (message) => this.#onTurn(message))
  }

  #onPlace(message) {
    const isSame = message.page === this.#last?.page && isSamePlace(message, this.#last)
    this.#ids = isSame ? this.#ids.add(message.id) : new Set([message.id])
    this.#last = message
  }

  /** Turn the slide for the remote control. Who presses twice before it has changed wants one step. */
  #onTurn({ by, from }) {
    if (this.#ids.has(from) && isSamePlace(place(), this.#last)) press(by > 0 ? 'ArrowRight' : 'ArrowLeft')
  }

  #tell(text) {
    this.status.textContent = text
    clearTimeout(this.timer)
    this.timer = setTimeout(() => (this.status.textContent = ''), TOLD)
  }
}

/** Open a window for the projector, which shows the same slide as this one. */
function openScreen() {
  const address = new URL(location)
  address.searchParams.delete('view')
  address.searchParams.set('sync', history.state.marpBespokeSyncKey)
  open(address, 'deckwright-screen', 'popup,width=1280,height=720')
}

/** The place in what Marp's script stores for the other windows of a browser. */
function placeIn(stored) {
  try {
    const { index, fragmentIndex } = JSON.parse(stored)
    return { slide: index, step: fragmentIndex }
  } catch {
    return undefined
  }
}
