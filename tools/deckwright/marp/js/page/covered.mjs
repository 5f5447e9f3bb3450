// Text under the header, the footer, the page number or other text.

import { TOLERATED, innerBox, isEmpty, shared } from './boxes.mjs'
import { outermost } from './fit.mjs'
import { nameOf, pixels, startOf } from './words.mjs'

/** Where a slide has a background picture, a layer of its own has the number. */
const NUMBERED = 'section[data-marpit-advanced-background="pseudo"]'

/** Of the smaller text's height: less of it may lie under another line, where an author draws lines together. */
const LEAST_SHARE = 0.25

const NAMES = { HEADER: 'the header', FOOTER: 'the footer' }

/** Flaws {kind, element, pixels, message} of text that stands on other text, or where a bar of the slide has its own. */
export function covered(slide, things) {
  const texts = things.filter(({ kind }) => kind === 'text' || kind === 'formula').map(seen)
  const number = pageNumber(slide)
  const found = new Map()
  for (const { element, over, common } of [...underBars(texts, number ? [number] : []), ...onEachOther(texts)]) {
    const [depth, block] = [depthOf(common), outermost(element, slide.section)]
    const under = over.name ?? outermost(over.element, slide.section)
    if (block !== under && !(found.get(block)?.pixels >= depth)) found.set(block, flaw(block, depth, under, common))
  }
  return [...found.values()]
}

/** Every text that touches what a header, a footer or the page number shows. */
function* underBars(texts, numbers) {
  const bars = texts.filter(({ bar }) => bar).map(({ bar, box }) => ({ bar, box, name: NAMES[bar.tagName] }))
  for (const over of [...bars, ...numbers]) {
    for (const { element, box, bar } of texts) {
      const common = shared(box, over.box)
      if (depthOf(common) > TOLERATED && !(bar && over.bar)) yield { element, over, common }
    }
  }
}

/** Every two texts of which one covers a part of the other. Boxes around turned text are larger than the text. */
function* onEachOther(texts) {
  const upright = texts.filter(({ element, bar }) => !bar && !isTurned(element)).sort((a, b) => a.box.top - b.box.top)
  for (const [index, over] of upright.entries()) {
    for (let at = index + 1; upright[at]?.box.top < over.box.bottom; at += 1) {
      const { element, box, pixels } = upright[at]
      const common = shared(box, over.box)
      if (depthOf(common) > LEAST_SHARE * Math.min(pixels, over.pixels)) yield { element, over, common }
    }
  }
}

const depthOf = (box) => (isEmpty(box) ? 0 : Math.min(box.right - box.left, box.bottom - box.top))

function isTurned(element) {
  const { rotate, transform } = getComputedStyle(element)
  const { b, c } = new DOMMatrix(transform)
  const turned = rotate !== 'none' || Math.abs(b) + Math.abs(c) > 0.01
  return turned || (element.tagName !== 'SECTION' && isTurned(element.parentElement))
}

/** A thing with what the boxes around it leave of it. */
const seen = (thing) => ({ ...thing, box: thing.clips.map(({ box }) => box).reduce(shared, thing.box) })

const flaw = (element, depth, under, box) => ({
  kind: 'covered',
  element,
  box,
  pixels: depth,
  message: `${nameOf(element)} overlaps ${under.tagName ? quoted(under) : under} by ${pixels(depth)}`,
})

const quoted = (element) => `${nameOf(element)} "${startOf(element)}"`

/** Where the page number stands. Marp writes it behind the slide's contents, where no element can be measured. */
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
  return { name: 'the page number', box: written(box, section, style) }
}

/** The part of a box that its text takes: many themes give the page number a wide box. */
function written(box, section, style) {
  const canvas = section.ownerDocument.createElement('canvas').getContext('2d')
  canvas.font = style.font
  const width = canvas.measureText(section.dataset.marpitPagination).width
  const em = Number.parseFloat(style.fontSize)
  const line = Number.parseFloat(style.lineHeight) || em * 1.2
  const spare = (room, taken) => Math.max(0, room - taken)
  const [start, end] = style.direction === 'rtl' ? [1, 0] : [0, 1]
  const share = (place) => ({ center: 0.5, right: 1, start, end, 'flex-start': start, 'flex-end': end })[place] ?? 0
  const flex = style.display === 'flex'
  const left = box.left + spare(box.right - box.left, width) * share(flex ? style.justifyContent : style.textAlign)
  const below = flex ? spare(box.bottom - box.top, line) * ({ center: 0.5, end: 1, 'flex-end': 1 }[style.alignItems] ?? 0) : 0
  const top = box.top + below + spare(line, em) / 2
  return { left, right: left + Math.min(width, box.right - box.left), top, bottom: Math.min(top + em, box.bottom) }
}
