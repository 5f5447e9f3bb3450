// Runs in the page: how much room each chart has on its slide, and the looks that it takes from there.

import { hex } from './colours.mjs'
import { lookOf } from './look.mjs'

const MOST_HIGH = 0.7 // of the width
const LEAST_HIGH = 0.2

/** Return [{number, line, look, room}] for the places of this page that wait for a chart, in their order. */
export async function roomsOfAll() {
  const named = [...document.querySelectorAll('[data-deckwright-place]')]
  const looks = new Map()
  const places = []
  for (const place of named) {
    places.push(asParagraph(place))
    looks.set(places.at(-1), await lookAt(place))
  }
  for (const [index, place] of named.entries()) place.replaceWith(places[index])
  const rooms = new Map()
  for (const section of new Set(places.map((place) => place.closest('section'))))
    for (const [place, room] of measured(section)) rooms.set(place, room)
  return places.map((place) => {
    const [number, line] = place.dataset.deckwrightPlace.split(' ').map(Number)
    return { number, line, look: looks.get(place), room: rooms.get(place) }
  })
}

/** An empty paragraph, which is what a chart will be. */
function asParagraph(place) {
  const paragraph = document.createElement('p')
  Object.assign(paragraph.dataset, place.dataset)
  return paragraph
}

async function lookAt(place) {
  const { font, pixels, ink, paper } = await lookOf(place)
  return { font, pixels, ink: hex(ink), paper: hex(paper) }
}

/** Give all places of a slide the same height, the largest with which nothing runs off. */
function measured(section) {
  const places = [...section.querySelectorAll('[data-deckwright-place]')]
  const set = (height) => places.forEach((place) => (place.style.height = `${height}px`))
  const fits = (height) => {
    set(height)
    return section.scrollHeight <= section.clientHeight && section.scrollWidth <= section.clientWidth + 1
  }
  let [low, high] = [0, section.clientHeight]
  while (high - low > 1) {
    const middle = (low + high) / 2
    if (fits(middle)) low = middle
    else high = middle
  }
  const height = Math.floor(low)
  return places.map((place) => {
    const width = Math.floor(place.getBoundingClientRect().width / scaleOf(section)) || section.clientWidth
    return [place, { width, height: Math.round(Math.max(width * LEAST_HIGH, Math.min(height, width * MOST_HIGH))) }]
  })
}

/** How much larger the page shows a slide than it is. */
const scaleOf = (section) => section.getBoundingClientRect().width / section.offsetWidth || 1
