// What is too small to be read: text, and pictures shown at a small part of their size.

import { textSizes } from './drawing.mjs'
import { outermost } from './fit.mjs'
import { nameOf } from './words.mjs'

/** Of text, in pixels of a slide 720 pixels high. */
const SMALLEST = 10

/** Less than this share of its natural size, the text of a drawing is illegible. */
const LEAST_SHARE = 0.4

/** A picture shown smaller than this, but made more than twice as large, is a thumbnail. */
const THUMBNAIL = 120

const LINES = 'p, li, td, th, dt, dd, h1, h2, h3, h4, h5, h6'

const EXEMPT = 'sup, sub, header, footer, [data-marp-twemoji], .emoji'

/** Flaws {kind, element, pixels, message}. */
export async function illegible(slide, things) {
  const limit = (SMALLEST * slide.height) / 720
  const pictures = things.filter(({ element }) => element.tagName === 'IMG' && !element.closest(EXEMPT))
  const looked = await Promise.all(pictures.map((thing) => smallPicture(thing, slide, limit)))
  return [...smallTexts(slide, things, limit), ...looked.filter(Boolean)]
}

function smallTexts(slide, things, limit) {
  const smallest = new Map()
  for (const thing of things) {
    if (!(thing.pixels < limit) || thing.element.closest(EXEMPT)) continue
    if (thing.kind === 'text' && !/[\p{L}\p{N}]/u.test(thing.node.data)) continue
    const block = outermost(thing.element, slide.section)
    smallest.set(block, Math.min(smallest.get(block) ?? Infinity, thing.pixels))
  }
  return [...smallest].map(([element, size]) => ({
    kind: 'too-small',
    element,
    pixels: 0,
    message: `${nameOf(element)} is too small to be read: ${least(size, limit)}`,
  }))
}

const least = (size, limit) => `${size.toFixed(1)} pixels, and ${limit.toFixed(0)} are the least`

async function smallPicture({ element, box }, slide, limit) {
  if (!element.naturalWidth) return undefined
  const share = shownShare(element, box)
  const flaw = (why) => ({ kind: 'too-small', element, pixels: 0, message: `the picture is shown too small: ${why}` })
  const percent = `${Math.round(share * 100)} % of its size`
  const texts = await textSizes(element.currentSrc)
  const letters = texts && Math.min(...texts) * share
  if (letters < limit) return flaw(`its text is too small, ${least(letters, limit)}`)
  if (texts?.length === 0 && share < LEAST_SHARE) return flaw(`at ${percent}, its text is hard to read`)
  const thumbnail = Math.max(box.right - box.left, box.bottom - box.top) < THUMBNAIL && !isInText(element)
  return thumbnail && share < 0.5 ? flaw(`at ${percent}`) : undefined
}

/** Whether a picture stands among words, as icons do. */
const isInText = (image) => (image.closest(LINES)?.textContent ?? '').trim() !== ''

/** How large a picture is shown, of its natural size. */
function shownShare(image, { left, right, top, bottom }) {
  const [x, y] = [(right - left) / image.naturalWidth, (bottom - top) / image.naturalHeight]
  return /contain|scale-down/.test(getComputedStyle(image).objectFit) ? Math.min(x, y) : x
}
