// Contrast as it is seen: pictures of a slide with its text and without it, compared where letters are.

import { contrast, luminance } from './colours.mjs'
import { isClipped } from './grounds.mjs'
import { exactly, isExact } from './ranges.mjs'

/** A text is hard to read if more than this share of its letters is; a bright spot of a photograph hides none. */
const LEAST_SHARE = 0.25

/** A pixel counts if a letter covers this share of it, of what the letters cover at most. */
const COVERED = 0.8

/** Letters that differ less than this from what is behind them, black or white, are hidden; of 255. */
const FAINTEST = 8

/** Rounded colours may be this share below the contrast that is needed. */
const ROUNDED = 0.98

const CLIPPED = 'data-deckwright-clipped'

// In a layer, as an important declaration there comes before those of all style sheets.
const painted = (colour) => `@layer deckwright-letters {
  *, *::before, *::after, *::marker {
    transition: none !important;
    -webkit-text-fill-color: ${colour} !important;
    -webkit-text-stroke-color: ${colour} !important;
    text-decoration-color: transparent !important;
  }
  svg text, svg text *, mjx-container svg :not(rect[data-bgcolor]) { fill: ${colour} !important; stroke: none !important }
  [${CLIPPED}] { background-image: none !important; background-color: transparent !important }
}`

/** Return those texts of a slide that are hard to read, each with colours, contrast, and the share that is. */
export async function lookedAt(slide, texts, shoot) {
  slide.svg.scrollIntoView({ block: 'start', inline: 'start', behavior: 'instant' })
  const look = () => sight(slide, shoot)
  const bare = await withLetters(slide, 'transparent', look)
  const doubtful = texts.filter((text) => !isLegibleOn(text, bare))
  if (!doubtful.length) return []
  const plain = await look()
  const [black, white] = [await withLetters(slide, '#000', look), await withLetters(slide, '#fff', look)]
  return doubtful
    .map((text) => ({ ...text, ...verdictOf(text, { plain, bare, black, white }) }))
    .filter(({ verdict }) => verdict === 'pale')
}

/** Return what `look` sees while all letters of a slide have this colour. */
async function withLetters(slide, colour, look) {
  const clipped = [...slide.svg.querySelectorAll('*')].filter((each) => isClipped(getComputedStyle(each)))
  const style = document.head.appendChild(document.createElement('style'))
  style.textContent = painted(colour)
  clipped.forEach((each) => each.setAttribute(CLIPPED, ''))
  try {
    return await look()
  } finally {
    clipped.forEach((each) => each.removeAttribute(CLIPPED))
    style.remove()
  }
}

/** Whether a text of a known colour is legible on all that is behind it. */
function isLegibleOn({ ink, box, least, unclear }, bare) {
  if (unclear || !isExact(ink)) return false
  const light = luminance(ink.low)
  return [...pixelsIn(box, bare)].every((at) => contrast(light, luminance(colourAt(bare, at))) >= least)
}

/** A picture of what is in view: its data, its size, and where the slide is in it. */
async function sight({ svg, width: slideWidth }, shoot) {
  const bytes = Uint8Array.from(atob(await shoot()), (letter) => letter.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  context.drawImage(bitmap, 0, 0)
  const rect = svg.getBoundingClientRect()
  const zoom = width / innerWidth
  const [left, top, scale] = [rect.left * zoom, rect.top * zoom, (rect.width / slideWidth) * zoom]
  return { data: context.getImageData(0, 0, width, height).data, width, height, left, top, scale }
}

/** The places in the pictures' data of the pixels in a box of the slide. */
function* pixelsIn({ left, right, top, bottom }, { width, height, scale, ...origin }) {
  const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)))
  const [x1, x2] = [left, right].map((x) => within(origin.left + x * scale, width))
  const [y1, y2] = [top, bottom].map((y) => within(origin.top + y * scale, height))
  for (let y = y1; y < y2; y += 1) for (let x = x1; x < x2; x += 1) yield 4 * (y * width + x)
}

const colourAt = ({ data }, at) => [data[at], data[at + 1], data[at + 2]]

function verdictOf({ box, least }, { plain, bare, black, white }) {
  const places = [...pixelsIn(box, plain)]
  const covers = places.map((at) => Math.max(...[0, 1, 2].map((i) => Math.abs(white.data[at + i] - black.data[at + i]))))
  const most = covers.reduce((a, b) => Math.max(a, b), 0)
  if (most < FAINTEST) return { verdict: 'legible' }
  const letters = places.map((at, index) => [at, covers[index] / most]).filter(([, share]) => share >= COVERED)
  const seen = letters.map(([at, share]) => seenAt(at, share, plain, bare))
  const pale = seen.filter(({ ratio }) => ratio < least * ROUNDED)
  const share = pale.length / seen.length
  if (share < LEAST_SHARE) return { verdict: 'legible' }
  const mean = (which) => [0, 1, 2].map((i) => pale.reduce((sum, each) => sum + each[which][i], 0) / pale.length)
  const [ink, ground] = [mean('ink'), mean('ground')]
  return { verdict: 'pale', share, ink: exactly(ink), ground: exactly(ground), ratio: contrast(luminance(ink), luminance(ground)) }
}

/** The colour of a letter that covers this share of a pixel, what is behind it, and their contrast. */
function seenAt(at, share, plain, bare) {
  const ground = colourAt(bare, at)
  const shown = colourAt(plain, at)
  const ink = ground.map((value, i) => Math.max(0, Math.min(255, value + (shown[i] - value) / share)))
  return { ink, ground, ratio: contrast(luminance(ink), luminance(ground)) }
}
