// Text under the header, the footer or the page number.

import { TOLERATED, innerBox, isEmpty, shared } from './boxes.mjs'
import { outermost } from './fit.mjs'
import { nameOf, pixels } from './words.mjs'

const NAMES = { HEADER: 'the header', FOOTER: 'the footer' }

/** Flaws {kind, element, pixels, message} of text that stands where a bar of the slide has its text. */
export function covered(slide, things) {
  const texts = things.filter(({ kind }) => kind === 'text' || kind === 'formula')
  const bars = texts.filter(({ bar }) => bar).map(({ bar, box }) => ({ bar, box, name: NAMES[bar.tagName] }))
  const number = pageNumber(slide)
  const found = new Map()
  for (const over of number ? [...bars, number] : bars) {
    for (const { element, box, bar } of texts) {
      const common = shared(box, over.box)
      const depth = isEmpty(common) ? 0 : Math.min(common.right - common.left, common.bottom - common.top)
      if (depth <= TOLERATED || (bar && over.bar)) continue
      const block = outermost(element, slide.section)
      if (!(found.get(block)?.pixels >= depth)) found.set(block, flaw(block, depth, over))
    }
  }
  return [...found.values()]
}

const flaw = (element, depth, { name, box }) => ({
  kind: 'covered',
  element,
  box,
  pixels: depth,
  message: `${nameOf(element)} and ${name} stand on each other: by ${pixels(depth)}`,
})

/** Where the page number stands. Marp writes it behind the slide's contents, where no element can be measured. */
function pageNumber(slide) {
  const { section } = slide
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
  const spare = Math.max(0, box.right - box.left - width)
  const [start, end] = style.direction === 'rtl' ? [1, 0] : [0, 1]
  const left = box.left + spare * ({ center: 0.5, right: 1, start, end }[style.textAlign] ?? 0)
  const top = box.top + Math.max(0, line - em) / 2
  return { left, right: left + Math.min(width, box.right - box.left), top, bottom: Math.min(top + em, box.bottom) }
}
