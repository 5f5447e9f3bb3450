// Where lines of a deck are on its slides.

import { boxOf } from './boxes.mjs'
import { linesOf, slidesOf } from './slides.mjs'

/** Return places [{kind, slide, line}] with their boxes: that of the block which begins last before the line. */
export function locate(places) {
  const slides = new Map(slidesOf(document).map((slide) => [slide.number, slide]))
  const lines = linesOf(document)
  return places
    .filter(({ slide }) => slides.has(slide))
    .map((place) => ({ ...place, boxes: boxesOf(place, slides.get(place.slide), lines) }))
}

function boxesOf({ line }, slide, lines) {
  const elements = [...slide.section.querySelectorAll('*')].filter((element) => lines.get(element) > 0)
  const start = Math.max(0, ...elements.map((element) => lines.get(element)).filter((each) => each <= line))
  const block = elements.find((element) => lines.get(element) === start && isShown(element))
  return block ? [boxOf(block.getBoundingClientRect(), slide)] : []
}

function isShown(element) {
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0
}
