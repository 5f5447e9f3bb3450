// Text under the header, the footer, the page number or other text, or hidden by something above it.

import { TOLERATED, boxOf, innerBox, isEmpty, intersection } from './boxes.mjs'
import { outermost } from './fit.mjs'
import { hiddenTexts } from './hidden.mjs'
import { boxOfBar } from './states.mjs'
import { nameOf, pixels, startOf, titleOf } from './phrases.mjs'

/** The layer that has the page number on a slide with a background picture. */
const NUMBERED = 'section[data-marpit-advanced-background="pseudo"]'

/** The share of the smaller text's height that may be under another line: some authors draw lines together. */
const LEAST_SHARE = 0.25

const NAMES = { HEADER: 'the header', FOOTER: 'the footer' }

/** Diagnostics {kind, element, pixels, message} of text that overlaps other text, or a bar of the slide, or is hidden.
 *
 * `controls` are the what-if controls that the slide has in front of it.
 */
export function covered(slide, items, controls) {
  const shown = items.map(visiblePart)
  const texts = shown.filter(({ kind }) => kind === 'text' || kind === 'formula')
  const number = pageNumber(slide)
  const drawn = texts.flatMap((text) => (text.parts ?? [text.box]).map((box) => visiblePart({ ...text, box })))
  const control = controls && { name: 'the control', box: boxOf(boxOfBar(slide.svg, controls), slide) }
  const bars = [...barsOf(shown), ...[number, control].filter(Boolean)]
  const overlapping = [...underBars(drawn, bars, slide), ...onEachOther(drawn)]
  const diagnostics = new Map()
  for (const { element, over, overlap } of [...overlapping, ...hidden(slide, texts)]) {
    const [depth, block] = [depthOf(overlap), outermost(element, slide.section)]
    const under = over.name ?? outermost(over.element, slide.section)
    if (block === under || diagnostics.get(block)?.pixels >= depth || diagnostics.get(under)?.under === block) continue
    diagnostics.set(block, { ...diagnostic(block, depth, under, overlap), under })
  }
  return [...diagnostics.values()].map(({ under, ...each }) => each)
}

/** The texts and pictures of header and footer: {bar, box, name, isPicture}. */
const barsOf = (items) =>
  items
    .filter(({ kind, bar }) => bar && kind !== 'panel')
    .map(({ kind, element, bar, box }) => {
      const isPicture = kind === 'picture'
      return { bar, box, isPicture, name: isPicture ? `${titleOf(element)} in ${NAMES[bar.tagName]}` : NAMES[bar.tagName] }
    })

/** Every text that overlaps a header, a footer or the page number. */
function* underBars(texts, bars, slide) {
  for (const over of bars) {
    for (const { element, box, bar } of texts) {
      const overlap = intersection(box, over.box)
      if (depthOf(overlap) <= TOLERATED || (bar && over.bar)) continue
      if (!over.isPicture || !isOnPicture(element, over.box, slide)) yield { element, over, overlap }
    }
  }
}

/** Whether a text stands on a picture as a whole, as a title does on a banner. */
function isOnPicture(element, picture, slide) {
  const { top, bottom } = boxOf(outermost(element, slide.section).getBoundingClientRect(), slide)
  const isBanner = (picture.right - picture.left) * 2 > slide.width
  const spare = (bottom - top) / 10
  return isBanner && top >= picture.top - spare && bottom <= picture.bottom + spare
}

/** Every text that something opaque hides. */
function* hidden(slide, texts) {
  const open = texts.filter(({ bar, element }) => !bar && !isRotated(element))
  for (const { element, box, hider } of hiddenTexts(slide, open)) {
    const overlap = intersection(box, boxOf(hider.getBoundingClientRect(), slide))
    const isPart = hider.contains(element) || isEmpty(overlap) // what style sheets add to it cannot be measured
    yield { element, over: { name: isPart ? 'what the theme draws' : nameOfHider(hider, slide) }, overlap: isPart ? box : overlap }
  }
}

/** "the picture logo.svg", "the paragraph "…"", "a box". */
function nameOfHider(hider, slide) {
  const bar = hider.closest('section > :is(header, footer)')
  if (bar && hider !== bar && hider.tagName === 'IMG') return `${titleOf(hider)} in ${NAMES[bar.tagName]}`
  if (bar) return NAMES[bar.tagName]
  const block = outermost(hider, slide.section)
  return block.textContent.trim() || block.matches('img') ? titleOf(block) : 'a box'
}

/** Every text that overlaps another one. Rotated text is left out, as its box is larger than the text. */
function* onEachOther(texts) {
  const upright = texts.filter(({ element, bar }) => !bar && !isRotated(element)).sort((a, b) => a.box.top - b.box.top)
  for (const [index, over] of upright.entries()) {
    for (let at = index + 1; upright[at]?.box.top < over.box.bottom; at += 1) {
      const { element, box, pixels } = upright[at]
      const overlap = intersection(box, over.box)
      if (depthOf(overlap) > LEAST_SHARE * Math.min(pixels, over.pixels)) yield { element, over, overlap }
    }
  }
}

const depthOf = (box) => (isEmpty(box) ? 0 : Math.min(box.right - box.left, box.bottom - box.top))

function isRotated(element) {
  const { rotate, transform } = getComputedStyle(element)
  const { b, c } = new DOMMatrix(transform)
  const rotated = rotate !== 'none' || Math.abs(b) + Math.abs(c) > 0.01
  return rotated || (element.tagName !== 'SECTION' && isRotated(element.parentElement))
}

/** An item with the part of its box that the boxes around it do not cut off. */
const visiblePart = (item) => ({ ...item, box: item.clips.map(({ box }) => box).reduce(intersection, item.box) })

const diagnostic = (element, depth, under, box) => ({
  kind: 'covered',
  element,
  box,
  pixels: depth,
  message: `${nameOf(element)} overlaps ${under.tagName ? quoted(under) : under} by ${pixels(depth)}`,
})

const quoted = (element) => `${nameOf(element)} "${startOf(element)}"`

/** The box of the page number, which Marp writes in a pseudo-element that cannot be measured. */
function pageNumber(slide) {
  const section = slide.svg.querySelector(NUMBERED) ?? slide.section
  const style = getComputedStyle(section, '::after')
  if (!section.dataset.marpitPagination || style.content === 'none' || style.position !== 'absolute') return undefined
  const frame = innerBox(section, slide, { padding: false })
  const of = (...names) => names.reduce((sum, name) => sum + (Number.parseFloat(style[name]) || 0), 0)
  const left = frame.left + of('left', 'marginLeft', 'borderLeftWidth', 'paddingLeft')
  const top = frame.top + of('top', 'marginTop', 'borderTopWidth', 'paddingTop')
  const inset = style.boxSizing === 'border-box'
  const width = of('width') - (inset ? of('borderLeftWidth', 'borderRightWidth', 'paddingLeft', 'paddingRight') : 0)
  const height = of('height') - (inset ? of('borderTopWidth', 'borderBottomWidth', 'paddingTop', 'paddingBottom') : 0)
  const box = { left, right: left + width, top, bottom: top + height }
  return { name: 'the page number', box: textBox(box, section, style) }
}

/** The part of a box that its text takes: in many themes the page number has a wide box. */
function textBox(box, section, style) {
  const canvas = section.ownerDocument.createElement('canvas').getContext('2d')
  canvas.font = style.font
  const width = canvas.measureText(section.dataset.marpitPagination).width
  const em = Number.parseFloat(style.fontSize)
  const line = Number.parseFloat(style.lineHeight) || em * 1.2
  const spare = (room, used) => Math.max(0, room - used)
  const [start, end] = style.direction === 'rtl' ? [1, 0] : [0, 1]
  const share = (place) => ({ center: 0.5, right: 1, start, end, 'flex-start': start, 'flex-end': end })[place] ?? 0
  const flex = style.display === 'flex'
  const left = box.left + spare(box.right - box.left, width) * share(flex ? style.justifyContent : style.textAlign)
  const below = flex ? spare(box.bottom - box.top, line) * ({ center: 0.5, end: 1, 'flex-end': 1 }[style.alignItems] ?? 0) : 0
  const top = box.top + below + spare(line, em) / 2
  return { left, right: left + Math.min(width, box.right - box.left), top, bottom: Math.min(top + em, box.bottom) }
}
