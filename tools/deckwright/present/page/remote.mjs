// The remote control on the presenter's phone: next, previous, notes and time.

import { STOPPED, aheadBy, elapsed, paceText, planOf, timeText } from './pace.mjs'
import { filled, wordsIn } from './words.mjs'

const EVERY = 250 // milliseconds
const PULSE = 10_000
const PATIENCE = 4000
const LATE = 1500 // milliseconds after which a press that nothing came of may be repeated

const part = (id) => document.getElementById(id)
const { key } = document.querySelector('script[data-key]').dataset

let words = wordsIn(navigator.language)
let place // where the presenter is
let outline = []
let read = '' // the page whose outline that is
let clock = STOPPED
let ahead = 0 // milliseconds by which the server's clock is ahead of ours

const say = (topic, content) =>
  fetch(`/.present/say/${topic}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-deckwright-key': key },
    body: JSON.stringify(content),
  })

// --- what is shown -----------------------------------------------------------------------------

const nameOf = (index) => {
  const entry = outline[index]
  return entry ? `${entry.number}. ${entry.title || filled(words.slide, entry.number)}` : filled(words.slide, index + 1)
}

/** The page of the next slide; a further step of this one is none. */
const following = (index) => outline.findIndex((each, at) => at > index && each.number !== outline[index]?.number)

function show() {
  document.documentElement.lang = words.lang
  part('next').textContent = words.next
  part('previous').textContent = words.previous
  part('title').textContent = place ? nameOf(place.slide) : words.wait
  part('notes').textContent = outline[place?.slide]?.text ?? ''
  const next = place ? following(place.slide) : -1
  part('following').textContent = place && outline.length ? (next < 0 ? words.end : filled(words.upNext, nameOf(next))) : ''
  showTime()
}

function showTime() {
  const [passed, plan] = [elapsed(clock, Date.now() + ahead), planOf(outline, place?.slide ?? 0)]
  part('clock').textContent = timeText(passed)
  part('pace').textContent = paceText(plan, passed, words)
  part('pace').dataset.ahead = Math.sign(plan.all ? aheadBy(plan, passed) : 0)
}

async function readOutline(page) {
  read = page
  const response = await fetch(`/.present/outline/${encodeURI(page)}`)
  outline = response.ok ? await response.json() : []
  show()
}

// --- turning slides ----------------------------------------------------------------------------

const buttons = [part('previous'), part('next')]
let timer

const free = () => {
  clearTimeout(timer)
  for (const button of buttons) button.disabled = false
}

/** Turn the slide. Until it has turned, a second press does nothing: the command says from where it leads. */
async function turn(by) {
  if (!place) return
  for (const button of buttons) button.disabled = true
  timer = setTimeout(free, LATE)
  navigator.vibrate?.(15)
  const response = await say('turn', { by, from: place.id }).catch(() => undefined)
  tell(response?.ok ? '' : words.lost)
}

for (const button of buttons) button.onclick = () => turn(Number(button.dataset.by))

addEventListener('keydown', ({ key: pressed, repeat }) => {
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[pressed]
  if (by && !repeat && !buttons[0].disabled) turn(by)
})

// --- messages ----------------------------------------------------------------------------------

const topics = {
  place: (message) => {
    place = message
    free()
    if (message.language) words = wordsIn(message.language)
    if (message.page !== read) readOutline(message.page)
    show()
  },
  clock: (message) => {
    clock = message.clock
    showTime()
  },
  pages: () => place && readOutline(place.page),
}

let source

/** Connect anew: a phone that slept may have a connection that is none. */
function connect() {
  source?.close()
  source = new EventSource('/.live/events')
  source.onmessage = ({ data }) => {
    const message = JSON.parse(data)
    topics[message.topic]?.(message)
  }
}

const tell = (text) => (part('status').textContent = text)

async function pulse() {
  if (document.hidden) return
  const [asked, known] = [Date.now(), place]
  const response = await fetch('/.present/now', { signal: AbortSignal.timeout(PATIENCE) }).catch(() => undefined)
  tell(response?.ok ? '' : words.lost)
  if (!response?.ok) return
  const { now, place: latest } = await response.json()
  ahead = now - (asked + Date.now()) / 2
  if (latest && place === known && latest.id !== known?.id) connect()
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return
  connect()
  pulse()
})
addEventListener('online', pulse)
setInterval(pulse, PULSE)
setInterval(showTime, EVERY)
navigator.wakeLock?.request('screen').catch(() => {})
show()
connect()
pulse()
