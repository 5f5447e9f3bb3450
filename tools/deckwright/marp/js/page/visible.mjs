// The visible items of a slide: texts, pictures, formulas and panels, each with its box.
//
// Without hidden elements, copies for screen readers, and decorations (elements without text, or `aria-hidden`).

import { boxOf, contentScaleOf, innerBox, union } from './boxes.mjs'
import { FORMULAS, PICTURES, UNSEEN } from './elements.mjs'

/** What MathJax draws: the drawing itself is as wide as the slide where it is a block. */
const INK = 'svg :is(path, rect, line, ellipse, text)'
const BAR = 'header, footer, h1, h2, h3, h4, h5, h6, [role="heading"]'

/** Items on a slide, in the order of the page: {kind, element, box, clips, wide, bar}.
 *
 * `clips` are the elements that cut it off, from the inside out, some as it is meant; `wide` is the formula or table that holds it; `bar`
 * is the header or footer that holds it; the `parts` of a formula are the boxes of what is drawn of it.
 */
export function visibleItems(slide) {
  return [...within(slide.section, slide, { clips: [] })]
}

function* within(parent, slide, around) {
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) yield* text(node, slide, around)
    else if (node.nodeType === Node.ELEMENT_NODE) yield* element(node, slide, around)
  }
}

function* element(node, slide, outer) {
  const style = getComputedStyle(node)
  if (style.display === 'none' || style.opacity === '0' || node.matches(UNSEEN)) return
  if (isAway(node, style, slide)) return
  const here = { ...outer, bar: outer.bar ?? (node.matches('section > :is(header, footer)') ? node : undefined) }
  if (node.matches(FORMULAS)) return yield* formula(node, slide, here)
  if (node.ariaHidden === 'true') return // a decoration
  if (node.matches('svg')) yield* lettering(node, slide, here)
  if (node.matches(`${PICTURES}, svg`)) return yield* picture(node, slide, here)
  if (node.matches('table')) here.wide = node
  if (isPanel(node, style)) yield item('panel', node, node.getBoundingClientRect(), slide, here)
  const clip = clipOf(node, style, slide)
  if (clip && (clip.box.right - clip.box.left <= 1 || clip.box.bottom - clip.box.top <= 1)) return // for screen readers
  yield* within(node, slide, clip ? { ...here, clips: [clip, ...here.clips] } : here)
}

function* text(node, slide, outer) {
  if (!node.data.trim() || !isVisible(node.parentElement)) return
  const range = node.ownerDocument.createRange()
  range.selectNodeContents(node)
  const pixels = Number.parseFloat(getComputedStyle(node.parentElement).fontSize) * contentScaleOf(node.parentElement)
  for (const rect of range.getClientRects()) {
    if (rect.width === 0 || rect.height === 0) continue
    const extra = { node, pixels: pixels / slide.scale }
    yield item('text', node.parentElement, glyphBox(rect, pixels), slide, { ...outer, ...extra })
  }
}

/** The part of a line that glyphs can fill, which is an em; the rest above and below is empty. */
function glyphBox({ left, right, top, bottom }, em) {
  const empty = Math.max(0, bottom - top - em) / 2
  return { left, right, top: top + empty, bottom: bottom - empty }
}

function* formula(node, slide, outer) {
  const isKatex = node.matches('.katex')
  const drawn = [...node.querySelectorAll(isKatex ? '.base' : INK)].map((part) => part.getBoundingClientRect())
  const rects = drawn.filter(({ width, height }) => width + height > 0)
  if (!rects.length || !isVisible(node)) return
  const em = drawnEm(node.querySelector(':scope > svg')) ?? Number.parseFloat(getComputedStyle(node).fontSize) * contentScaleOf(node)
  const extra = { pixels: em / slide.scale, parts: rects.map((rect) => boxOf(rect, slide)), wide: node }
  yield item('formula', node, rects.reduce(union), slide, { ...outer, ...extra })
}

/** The em, 1000 units, of a formula that MathJax has drawn: Marp scales the drawing down until it fits. */
function drawnEm(part) {
  const { width } = part?.viewBox.baseVal ?? {}
  return width ? (1000 * part.getBoundingClientRect().width) / width : undefined
}

/** The texts of an inline drawing, which its edge cuts off and its transformation scales. */
function* lettering(svg, slide, outer) {
  const clips = getComputedStyle(svg).overflow === 'visible' ? [] : [{ element: svg, box: boxOf(svg.getBoundingClientRect(), slide) }]
  for (const element of svg.querySelectorAll('text')) {
    const matrix = element.getScreenCTM()
    const em = Number.parseFloat(getComputedStyle(element).fontSize)
    const rect = element.getBoundingClientRect()
    if (!matrix || !isVisible(element) || !(rect.width > 0)) continue
    const pixels = (em * Math.hypot(matrix.a, matrix.b)) / slide.scale
    const extra = { node: element.firstChild, letters: leafOf(element), pixels, clips: [...clips, ...outer.clips] }
    yield item('text', svg, lettersBox(element.getBBox(), em, matrix), slide, { ...outer, ...extra })
  }
}

/** The innermost element that holds the first letters of a text: it has their colour. */
const leafOf = (element) => (element.firstElementChild ? leafOf(element.firstElementChild) : element)

/** The box on the screen of the glyphs of a drawing's text, which may be turned; it may have several lines. */
function lettersBox({ x, y, width, height }, em, matrix) {
  const empty = Math.min(em / 4, Math.max(0, height - em) / 2)
  const [top, bottom] = [y + empty, y + height - empty]
  const at = (left, high) => DOMPoint.fromPoint({ x: left, y: high }).matrixTransform(matrix)
  const corners = [at(x, top), at(x + width, top), at(x, bottom), at(x + width, bottom)]
  const [across, down] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)]
  return { left: Math.min(...across), right: Math.max(...across), top: Math.min(...down), bottom: Math.max(...down) }
}

function* picture(node, slide, outer) {
  const rect = node.getBoundingClientRect()
  if (rect.width <= 1 || rect.height <= 1 || !isVisible(node) || isDecoration(node, boxOf(rect, slide), slide)) return
  yield item('picture', node, rect, slide, outer)
}

/** Whether something is put outside of the slide as a whole, by which authors and themes hide it. */
function isAway(node, style, slide) {
  if (!/absolute|fixed/.test(style.position)) return false
  const rect = node.getBoundingClientRect()
  const { left, right, top, bottom } = boxOf(rect, slide)
  return rect.width * rect.height > 0 && (right <= 0 || left >= slide.width || bottom <= 0 || top >= slide.height)
}

/** Whether a picture outside of the text has no description on purpose, or is behind the whole slide. */
function isDecoration(node, { left, right, top, bottom }, { width, height }) {
  if (!/absolute|fixed/.test(getComputedStyle(node).position)) return false
  return node.getAttribute('alt') === '' || (left <= 0 && top <= 0 && right >= width && bottom >= height)
}

const item = (kind, element, rect, slide, more) => ({ kind, element, box: boxOf(rect, slide), ...more })

const isVisible = (element) => element.checkVisibility({ visibilityProperty: true })

/** Whether a box has a background or a border, and text. Headings and footers may exceed the slide on purpose. */
function isPanel(node, style) {
  if (style.display.startsWith('inline') || /absolute|fixed/.test(style.position) || node.matches(BAR)) return false
  const filled = !/^(?:transparent|rgba\(.*, 0\))$/.test(style.backgroundColor)
  return (filled || Number.parseFloat(style.borderBottomWidth) > 0) && node.textContent.trim() !== '' && isVisible(node)
}

function clipOf(node, style, slide) {
  const [x, y] = [style.overflowX, style.overflowY].map((overflow) => overflow !== 'visible')
  if ((!x && !y) || style.display === 'inline' || style.display === 'contents') return undefined
  const box = innerBox(node, slide, { padding: false })
  if (!x) Object.assign(box, { left: -Infinity, right: Infinity })
  if (!y) Object.assign(box, { top: -Infinity, bottom: Infinity })
  return { element: node, box, isMeant: shortens(style) || isRoundFrame(node, style) }
}

/** Whether a box puts dots in place of the text that it cuts off. */
const shortens = (style) => style.textOverflow === 'ellipsis' || !/^(?:none|)$/.test(style.webkitLineClamp)

/** Whether a box is the round frame of a picture, which shows a part of it. */
const isRoundFrame = (node, style) => Number.parseFloat(style.borderTopLeftRadius) > 0 && node.textContent.trim() === ''
