// What is too small to be read: text, and pictures that are scaled down.

import { textSizes } from './drawing.mjs'
import { outermost } from './fit.mjs'
import { nameOf, shortened, startOf } from './phrases.mjs'

/** Labels in drawings, credits and captions may have this share of the least size of text. */
const OF_LABELS = 0.75
const LABELS = 'svg:not([data-marpit-svg], [data-marp-fitting]), small, cite, figcaption, caption'

/** At less than this share of its natural size, the text of a drawing is illegible. */
const LEAST_SHARE = 0.4

/** Browsers round sizes. */
const ROUNDED = 0.05

const EXEMPT = 'sup, sub, rt, header, footer, [data-marp-twemoji], .emoji'

/** Diagnostics {kind, element, pixels, message}; `least` is the size of text on a slide that is 720 pixels high. */
export async function illegible(slide, items, least) {
  const limit = (least * slide.height) / 720
  const pictures = items.filter(({ element }) => element.tagName === 'IMG' && !element.closest(EXEMPT))
  const small = await Promise.all(pictures.map((item) => smallPicture(item, slide, limit * OF_LABELS)))
  return [...smallTexts(slide, items, limit), ...small.filter(Boolean)]
}

/** The smallest text of each block, if it is too small. */
function smallTexts(slide, items, limit) {
  const smallest = new Map()
  for (const item of items.filter(isRead)) {
    const least = item.element.closest(LABELS) ? limit * OF_LABELS : limit
    const block = outermost(item.element, slide.section)
    const known = smallest.get(block)?.pixels ?? Infinity
    if (item.pixels < Math.min(least - ROUNDED, known)) smallest.set(block, { ...item, least })
  }
  return [...smallest].map(([element, { node, element: around, pixels, least }]) => ({
    kind: 'too-small',
    element,
    pixels: 0,
    message: `${quoted(node, around)} is too small to be read: ${sizes(pixels, least)}`,
  }))
}

const isRead = ({ kind, element, node }) =>
  !element.closest(EXEMPT) && (kind === 'formula' || (kind === 'text' && /[\p{L}\p{N}]/u.test(node.data ?? node.textContent)))

/** `the text "a remark"`, `the code "x = 1"`, `the formula`. */
function quoted(node, element) {
  if (!node) return nameOf(element)
  const code = element.closest('pre, marp-pre')
  return code ? `${nameOf(code)} "${startOf(code)}"` : `the text "${shortened(node.data ?? node.textContent)}"`
}

const sizes = (pixels, least) => `${decimal(pixels)} pixels, and ${decimal(least)} are the least`

const decimal = (number) => String(Math.round(number * 10) / 10)

async function smallPicture({ element, box }, slide, limit) {
  if (!element.naturalWidth) return undefined
  const share = shownShare(element, box)
  const diagnostic = (why) => ({ kind: 'too-small', element, pixels: 0, message: `the picture is shown too small: ${why}` })
  const percent = `${Math.round(share * 100)} % of its size`
  const texts = await textSizes(element.currentSrc)
  const smallest = texts?.reduce((first, text) => (text.pixels < first.pixels ? text : first), { pixels: Infinity })
  if (smallest?.pixels * share < limit - ROUNDED) {
    return diagnostic(`its text "${shortened(smallest.text)}" has ${sizes(smallest.pixels * share, limit)}`)
  }
  return texts?.length === 0 && share < LEAST_SHARE ? diagnostic(`at ${percent}, its text is hard to read`) : undefined
}

/** The share of its natural size at which a picture is shown. */
function shownShare(image, { left, right, top, bottom }) {
  const [x, y] = [(right - left) / image.naturalWidth, (bottom - top) / image.naturalHeight]
  return /contain|scale-down/.test(getComputedStyle(image).objectFit) ? Math.min(x, y) : x
}
