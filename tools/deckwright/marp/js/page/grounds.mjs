// What style sheets say of a text's colour and of what is behind it.
//
// Where they do not say it exactly, as for a gradient or a picture, they say between which two colours it is: a range
// {low, high}, each channel for itself. Often that suffices: black text is legible on any pale gradient.

import { boxOf, innerBox, intersection, isEmpty } from './boxes.mjs'
import { channels } from './colours.mjs'
import { listed } from './css.mjs'
import { PICTURES } from './elements.mjs'
import { BLACK, WHITE, hull, mixed, over, perhaps } from './ranges.mjs'

const PAPER = { low: WHITE, high: WHITE }
const ANY = { low: BLACK, high: WHITE, least: 0, most: 1 }

const SHAPES = 'path, rect, circle, ellipse, polygon, polyline, use'
const GLYPHS = 'mjx-container svg :not(rect[data-bgcolor])'

/** What is thinner than this is a line, and nothing on which text stands. */
const THINNEST = 8

/** What is behind less than this share of a text does not count; what is behind more than the second one is behind all. */
const LEAST_SHARE = 0.1
const WHOLE = 0.95

const COLOUR = /(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^()]*\)/g

// --- layers -----------------------------------------------------------------------------------

const plain = ([red, green, blue, alpha]) => {
  const colour = [red, green, blue]
  return { low: colour, high: colour, least: alpha, most: alpha }
}

/** The layer of a background image: what a gradient is made of; a picture can be anything. */
function imageLayer(image, whole) {
  const colours = (image.match(COLOUR) ?? []).map(channels)
  if (!image.includes('gradient(') || / in [a-z]/.test(image) || !colours.length) return ANY
  const seen = colours.filter(([, , , alpha]) => alpha > 0)
  if (!seen.length) return undefined
  const range = seen.map(plain).reduce(hull)
  const alphas = colours.map(([, , , alpha]) => alpha)
  return { ...range, least: whole ? Math.min(...alphas) : 0, most: Math.max(...alphas) }
}

/** The layers of a box's background, from the bottom up. */
function layersOf(style) {
  const layers = []
  const colour = channels(style.backgroundColor)
  if (style.backgroundClip !== 'text') {
    if (colour[3] > 0) layers.push(plain(colour))
    const whole = style.backgroundRepeat === 'repeat' || style.backgroundSize === 'cover'
    if (style.backgroundImage !== 'none') {
      layers.push(...listed(style.backgroundImage).reverse().map((image) => imageLayer(image, whole)))
    }
  }
  if (style.boxShadow.includes('inset')) {
    const [shadow] = (style.boxShadow.match(COLOUR) ?? []).map(channels)
    if (shadow) layers.push({ ...plain(shadow), least: 0 })
  }
  if (style.borderImageSource !== 'none' && style.borderImageSlice.includes('fill')) {
    layers.push(imageLayer(style.borderImageSource, true))
  }
  return layers.filter(Boolean)
}

const shapeLayers = (style) => {
  const filled = style.fill !== 'none' && Number(style.fillOpacity) > 0
  if (filled) return [/^url/.test(style.fill) ? ANY : plain(channels(style.fill))]
  return style.stroke !== 'none' && Number.parseFloat(style.strokeWidth) >= THINNEST ? [ANY] : []
}

// --- what is painted on a slide ---------------------------------------------------------------

/** All that a slide paints besides text: {element, box, layers, own}; `own` is the box of its element's content. */
function paintedOn(slide) {
  const painted = []
  for (const element of slide.svg.querySelectorAll('*')) {
    const style = getComputedStyle(element)
    if (style.display === 'none' || style.visibility !== 'visible' || element.matches(GLYPHS)) continue
    const layers = element.matches(`${PICTURES}, image`) ? [ANY] : element.matches(SHAPES) ? shapeLayers(style) : layersOf(style)
    if (layers.length) painted.push({ element, layers, box: boxOf(element.getBoundingClientRect(), slide), pseudo: false })
    if (!(element instanceof SVGElement)) {
      for (const name of ['::before', '::after']) painted.push(...pseudoPainted(element, name, slide))
    }
  }
  return painted.filter(({ box }) => Math.min(box.right - box.left, box.bottom - box.top) >= THINNEST)
}

function* pseudoPainted(element, name, slide) {
  const style = getComputedStyle(element, name)
  if (style.content === 'none' || style.display === 'none') return
  const layers = layersOf(style)
  if (layers.length) yield { element, layers, box: pseudoBox(element, style, slide), pseudo: true }
}

/** Where a pseudo-element can be: where it is positioned, if that can be computed; else anywhere in its element. */
function pseudoBox(element, style, slide) {
  const [width, height] = [style.width, style.height].map((length) => Number.parseFloat(length))
  const whole = boxOf(element.getBoundingClientRect(), slide)
  if (Math.min(width, height) < THINNEST) return { ...whole, right: whole.left }
  if (!/absolute|fixed/.test(style.position)) return whole
  const holder = holderOf(element, slide)
  const frame = innerBox(holder, slide, { padding: false })
  const [left, top] = [style.left, style.top].map((length) => Number.parseFloat(length))
  if (style.transform !== 'none' || [left, top, width, height].some(Number.isNaN)) return frame
  return { left: frame.left + left, top: frame.top + top, right: frame.left + left + width, bottom: frame.top + top + height }
}

function holderOf(element, { section }) {
  let at = element
  while (at !== section && section.contains(at) && getComputedStyle(at).position === 'static') at = at.parentElement
  return at
}

const areaOf = ({ left, right, top, bottom }) => (right - left) * (bottom - top)

/** The share of a box that another one covers. */
function coverOf(box, other) {
  const shared = intersection(box, other)
  return isEmpty(shared) ? 0 : areaOf(shared) / areaOf(box)
}

/** Whether something lies between the background of an element and its text: a band behind lines of code, for one. */
const isBetween = ({ element, pseudo }, holder) =>
  !pseudo && element.parentElement === holder && getComputedStyle(element).zIndex < 0 && getComputedStyle(holder).isolation === 'isolate'

// --- what is seen of a text -------------------------------------------------------------------

const BACKGROUND = 'section[data-marpit-advanced-background="background"]'

/** A function that returns what is seen of a text with this element and box: {ink, ground, alpha, unclear, helped}.
 *
 * `alpha` is 0 for text that is not there; `unclear` is whether style sheets do not say how it looks, as with filters;
 * `helped` is whether it may be legible for another reason than its colours, or hidden.
 */
export function groundsOf(slide) {
  const painted = paintedOn(slide)
  const behind = slide.svg.querySelector(BACKGROUND)
  const paper = behind ? layersOf(getComputedStyle(behind)).reduce(over, PAPER) : PAPER
  const known = new Map()
  return (element, box) => {
    const around = painted
      .filter((each) => each.pseudo || !each.element.contains(element))
      .map((each) => ({ ...each, cover: coverOf(box, each.box) }))
      .filter(({ cover }) => cover >= LEAST_SHARE)
    if (around.length) return seenOf(element, slide, paper, around)
    if (!known.has(element)) known.set(element, seenOf(element, slide, paper, around))
    return known.get(element)
  }
}

function seenOf(element, slide, paper, painted) {
  const chain = []
  for (let at = element; at && at !== slide.svg; at = at.parentElement) chain.unshift(at)
  const styles = chain.map((each) => getComputedStyle(each))
  const opacity = styles.reduce((product, style) => product * Number(style.opacity), 1)
  const text = inkOf(element, styles.at(-1))
  const placed = painted.map((each) => ({ ...each, holder: chain.findLast((at) => at.contains(each.element)) }))
  const under = placed.filter(({ holder }) => !holder)
  const between = placed.filter((each) => each.holder && each.cover > WHOLE && isBetween(each, each.holder))
  const inside = placed.filter((each) => each.holder && !between.includes(each))
  const of = (all, index) => all.filter(({ holder }) => holder === chain[index])

  const seen = (index, behind) => {
    const own = [...layersOf(styles[index]), ...layersIn(of(between, index))].reduce(over, behind)
    const ground = layersIn(of(inside, index)).reduce(perhaps, own)
    const last = layersIn(inside).reduce(perhaps, ground)
    const here = index + 1 < chain.length ? seen(index + 1, ground) : { ground: last, ink: over(last, text) }
    const part = Number(styles[index].opacity)
    return part === 1 ? here : { ground: mixed(part, here.ground, behind), ink: mixed(part, here.ink, behind) }
  }
  return {
    ...seen(0, layersIn(under).reduce(perhaps, paper)),
    alpha: text.most * opacity,
    unclear: styles.some(isUnclear),
    helped: inside.length > 0 || isOutlined(styles.at(-1)),
  }
}

const layersIn = (painted) => painted.flatMap(({ layers }) => layers)

function inkOf(element, style) {
  if (!(element instanceof SVGElement)) return plain(channels(style.webkitTextFillColor || style.color))
  if (style.fill === 'none') return plain([0, 0, 0, 0])
  if (/^url/.test(style.fill)) return ANY
  const [red, green, blue, alpha] = channels(style.fill)
  return plain([red, green, blue, alpha * Number(style.fillOpacity)])
}

const NESTED = String.raw`\((?:[^()]|\([^()]*\))*\)\s*`
/** A shadow around a box with its text; something blurred behind it stays between the same colours. */
const HARMLESS = new RegExp(`^(?:none|(?:drop-shadow${NESTED})+)$`)
const HARMLESS_BEHIND = new RegExp(`^(?:none|(?:blur${NESTED})+)$`)

/** Whether pixels alone tell what becomes of the colours in an element. */
const isUnclear = (style) =>
  !HARMLESS.test(style.filter) ||
  style.mixBlendMode !== 'normal' ||
  !HARMLESS_BEHIND.test(style.backdropFilter ?? 'none') ||
  isClipped(style)

export const isClipped = (style) => listed(style.backgroundClip).includes('text')

/** Whether a text is legible by more than the colour of its letters. */
const isOutlined = (style) => style.textShadow !== 'none' || Number.parseFloat(style.webkitTextStrokeWidth) > 0
