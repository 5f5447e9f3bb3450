// What is too small to be read: text, and pictures that are scaled down.

import { textSizes } from './drawing.mjs'
import { outermost } from './fit.mjs'
import { nameOf } from './phrases.mjs'

/** The smallest legible text, in pixels of a slide that is 720 pixels high. */
const SMALLEST = 10

/** At less than this share of its natural size, the text of a drawing is illegible. */
const LEAST_SHARE = 0.4

/** A picture that is smaller than this, and at less than half of its natural size, is a thumbnail. */
const THUMBNAIL = 120

const LINES = 'p, li, td, th, dt, dd, h1, h2, h3, h4, h5, h6'

const EXEMPT = 'sup, sub, header, footer, [data-marp-twemoji], .emoji'

/** Diagnostics {kind, element, pixels, message}. */
export async function illegible(slide, items) {
  const limit = (SMALLEST * slide.height) / 720
  const pictures = items.filter(({ element }) => element.tagName === 'IMG' && !element.closest(EXEMPT))
  const small = await Promise.all(pictures.map((item) => smallPicture(item, slide, limit)))
  return [...smallTexts(slide, items, limit), ...small.filter(Boolean)]
}

function smallTexts(slide, items, limit) {
  const smallest = new Map()
  for (const item of items) {
    if (!(item.pixels < limit) || item.element.closest(EXEMPT)) continue
    if (item.kind === 'text' && !/[\p{L}\p{N}]/u.test(item.node.data)) continue
    const block = outermost(item.element, slide.section)
    smallest.set(block, Math.min(smallest.get(block) ?? Infinity, item.pixels))
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
  const diagnostic = (why) => ({ kind: 'too-small', element, pixels: 0, message: `the picture is shown too small: ${why}` })
  const percent = `${Math.round(share * 100)} % of its size`
  const texts = await textSizes(element.currentSrc)
  const letters = texts && Math.min(...texts) * share
  if (letters < limit) return diagnostic(`its text is too small, ${least(letters, limit)}`)
  if (texts?.length === 0 && share < LEAST_SHARE) return diagnostic(`at ${percent}, its text is hard to read`)
  const thumbnail = Math.max(box.right - box.left, box.bottom - box.top) < THUMBNAIL && !isInText(element)
  return thumbnail && share < 0.5 ? diagnostic(`at ${percent}`) : undefined
}

/** Whether a picture is within text, as icons are. */
const isInText = (image) => (image.closest(LINES)?.textContent ?? '').trim() !== ''

/** The share of its natural size at which a picture is shown. */
function shownShare(image, { left, right, top, bottom }) {
  const [x, y] = [(right - left) / image.naturalWidth, (bottom - top) / image.naturalHeight]
  return /contain|scale-down/.test(getComputedStyle(image).objectFit) ? Math.min(x, y) : x
}
