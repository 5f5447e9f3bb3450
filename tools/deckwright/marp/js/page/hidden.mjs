// What is painted above a text and hides it: a picture, a box with a background, or what a theme draws.
//
// The browser says what is above what at a point; only what is in view has such points.

import { channels } from './colours.mjs'
import { listed } from './css.mjs'
import { PICTURES } from './elements.mjs'

/** A text is hidden if something opaque is above so many points in a row; they are half a letter's height apart. */
const LEAST_POINTS = 3

const OPAQUE = 0.5

/** Return each text, {element, box, pixels}, that something hides, with the `hider` above it; brings the slide into view. */
export function hiddenTexts(slide, texts) {
  slide.svg.scrollIntoView({ block: 'start', inline: 'start', behavior: 'instant' })
  const { e: left, f: top } = slide.svg.getScreenCTM()
  const pictures = new Map()
  return texts.flatMap((text) => {
    const hider = hiderOf(text, pointsOf(text, slide, { left, top }), pictures)
    return hider ? [{ ...text, hider }] : []
  })
}

/** Points along the middle of a text, on the page. */
function* pointsOf({ box, pixels }, { width, height, scale }, origin) {
  const y = (box.top + box.bottom) / 2
  if (y < 0 || y > height) return
  for (let x = box.left + pixels / 4; x < box.right; x += pixels / 2) {
    if (x >= 0 && x <= width) yield { x: origin.left + x * scale, y: origin.top + y * scale }
  }
}

/** What is above enough points in a row; undefined if nothing is. */
function hiderOf({ element }, points, pictures) {
  let [last, count] = [undefined, 0]
  for (const point of points) {
    const hider = aboveAt(element, point, pictures)
    count = hider && hider === last ? count + 1 : Number(hider !== undefined)
    last = hider
    if (count === LEAST_POINTS) return hider
  }
  return undefined
}

/** The opaque element above a text at a point: one around the text, or with the point outside, has a part of it there. */
function aboveAt(element, { x, y }, pictures) {
  const stack = document.elementsFromPoint(x, y)
  const own = stack.findIndex((each) => each === element || element.contains(each))
  return stack.slice(0, Math.max(own, 0)).find((each) => {
    if (each.closest('[aria-hidden="true"]')) return false
    if (each.contains(element) || !isIn(each, { x, y })) return ['::before', '::after'].some((name) => isOpaquePart(each, name))
    return each.matches(PICTURES) ? isOpaqueAt(each, { x, y }, pictures) : isOpaque(getComputedStyle(each), each)
  })
}

function isIn(element, { x, y }) {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  return left <= x && x <= right && top <= y && y <= bottom
}

function isOpaquePart(element, name) {
  const style = getComputedStyle(element, name)
  return style.content !== 'none' && style.display !== 'none' && isOpaque(style, element)
}

function isOpaque(style, element) {
  const alphas = [channels(style.backgroundColor)[3]]
  for (const image of style.backgroundImage === 'none' ? [] : listed(style.backgroundImage)) {
    if (image.includes('gradient(')) alphas.push(image.includes('rgba(') ? 0 : 1)
  }
  return Math.max(...alphas) * opacityOf(element) * Number(style.opacity) > OPAQUE
}

const opacityOf = (element) => (element ? Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement) : 1)

/** Whether a picture is opaque at a point; of what is drawn in a frame nothing is known. */
function isOpaqueAt(element, { x, y }, pictures) {
  if (!(element instanceof HTMLImageElement) || !element.naturalWidth) return false
  if (!pictures.has(element)) pictures.set(element, alphasOf(element))
  const { data, width, height } = pictures.get(element)
  const { left, top, width: shownWidth, height: shownHeight } = element.getBoundingClientRect()
  const [column, row] = [((x - left) / shownWidth) * width, ((y - top) / shownHeight) * height].map(Math.floor)
  const alpha = data[4 * (row * width + column) + 3] ?? 0
  return (alpha / 255) * opacityOf(element) > OPAQUE
}

/** The pixels of a picture, as large as it is shown. */
function alphasOf(image) {
  const [width, height] = [image.clientWidth, image.clientHeight].map((length) => Math.max(1, Math.round(length)))
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  context.drawImage(image, 0, 0, width, height)
  return context.getImageData(0, 0, width, height)
}
