// The clock of the presenter view: time that has gone by, the plan, the pace.

import { make, makeRoot } from './elements.mjs'
import { STOPPED, aheadBy, elapsed, paceText, paused, planOf, resumed, timeText } from './pace.mjs'
import { onPlace, place } from './slides.mjs'
import { filled } from './words.mjs'

const EVERY = 250 // milliseconds
const ROWS = `
  "clock   clock   clock" 3.2em
  "current dragbar next"  minmax(140px, 1fr)
  "current dragbar note"  2fr
  "info    dragbar note"  3em
  / minmax(3px, var(--bespoke-marp-presenter-split-ratio, 66%)) 0 minmax(3px, 1fr)`

/** Add a row above Marp's presenter view, and hide its timer, which cannot be paused. */
function makeRow() {
  const view = document.querySelector('.bespoke-marp-presenter-container')
  const root = makeRoot(view)
  root.host.style.gridArea = 'clock'
  view.style.gridTemplate = ROWS
  document.querySelector('.bespoke-marp-presenter-info-timer').style.visibility = 'hidden'
  return root
}

export class Clock {
  #clock = STOPPED
  #outline = []

  constructor(context, words) {
    this.context = context
    this.words = words
    this.time = make('span', { className: 'time' })
    this.plan = make('span', { className: 'plan' })
    this.pace = make('span', { className: 'pace', role: 'status' })
    this.toggle = make('button', { type: 'button' })
    this.again = make('button', { type: 'button', textContent: '↺', title: words.restart, 'aria-label': words.restart })
    this.toggle.onclick = () => this.#set(this.isRunning ? paused(this.#clock, Date.now()) : resumed(this.#clock, Date.now()))
    this.again.onclick = () => this.#set(this.isRunning ? resumed(STOPPED, Date.now()) : STOPPED)
    makeRow().append(make('div', { className: 'clock' }, this.time, this.toggle, this.again, this.plan, this.pace))
    context.listen('clock', ({ clock }) => this.#show(clock))
    context.listen('pages', () => this.#read())
    // A lecture begins when its first slide is turned, unless somebody has started the clock before.
    onPlace(({ slide, step }) => !this.isRunning && !this.#clock.passed && slide + step > 0 && this.toggle.onclick())
    setInterval(() => this.#show(this.#clock), EVERY)
  }

  get isRunning() {
    return this.#clock.since !== null
  }

  async #read() {
    const response = await fetch(`/.present/outline/${this.context.page}`)
    this.#outline = response.ok ? await response.json() : []
    hideTimes(this.#outline)
    this.#show(this.#clock)
  }

  #set(clock) {
    this.#show(clock)
    this.context.say('clock', { clock })
  }

  #show(clock) {
    this.#clock = clock
    const [passed, plan] = [elapsed(clock, Date.now()), planOf(this.#outline, place().slide)]
    const label = this.isRunning ? this.words.pause : this.words.resume
    this.time.textContent = timeText(passed)
    this.plan.textContent = plan.all ? filled(this.words.planned, `${timeText(plan.start)} – ${timeText(plan.end)} / ${timeText(plan.all)}`) : ''
    this.pace.textContent = paceText(plan, passed, this.words)
    this.pace.dataset.ahead = Math.sign(plan.all ? aheadBy(plan, passed) : 0)
    if (this.toggle.title === label) return
    Object.assign(this.toggle, { textContent: this.isRunning ? '❚❚' : '▶', title: label, ariaLabel: label })
  }
}

/** Leave out of the notes what says only how long a slide takes. */
function hideTimes(outline) {
  for (const note of document.querySelectorAll('.bespoke-marp-note')) {
    const times = outline[note.dataset.index]?.times ?? []
    for (const paragraph of note.querySelectorAll('p')) {
      const parts = paragraph.textContent.split(/\n\s*\n/)
      const kept = parts.filter((part) => !times.includes(part.trim()))
      if (kept.length < parts.length) paragraph.textContent = kept.join('\n\n')
      paragraph.hidden = kept.length === 0
    }
  }
}
