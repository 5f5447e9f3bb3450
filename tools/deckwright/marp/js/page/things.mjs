// What a reader sees on a slide: texts, pictures, formulas and panels, each with its box.
//
// What is not seen does not count: hidden elements, copies for screen readers, and decorations: without text, or `aria-hidden`.

import { around, boxOf, contentScaleOf, innerBox } from './boxes.mjs'

const UNSEEN = '.katex-mathml, mjx-assistive-mml, script, style, template'
const FORMULA = '.katex, mjx-container'
const PICTURE = 'img, svg, canvas, video, object, embed, iframe'
const BAR = 'header, footer, h1, h2, h3, h4, h5, h6, [role="heading"]'

/** Things on a slide, in the order of the page: {kind, element, box, clips, wide, bar}.
 *
 * `clips` are the elements that cut it off, from inside out; `wide` is the formula or table that it is or is in.
 */
export function thingsOf(slide) {
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
  const here = { ...outer, bar: outer.bar ?? (node.matches('section > :is(header, footer)') ? node : undefined) }
  if (node.matches(FORMULA)) return yield* formula(node, slide, here)
  if (node.ariaHidden === 'true') return // a decoration, its author says
  if (node.matches('svg')) yield* lettering(node, slide, here)
  if (node.matches(PICTURE)) return yield* picture(node, slide, here)
  if (node.matches('table')) here.wide = node
  if (isPanel(node, style)) yield thing('panel', node, node.getBoundingClientRect(), slide, here)
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
    yield thing('text', node.parentElement, inked(rect, pixels), slide, { ...outer, ...extra })
  }
}

/** Glyphs fill an em at most; what a line has above and below is empty. */
function inked({ left, right, top, bottom }, em) {
  const empty = Math.max(0, bottom - top - em) / 2
  return { left, right, top: top + empty, bottom: bottom - empty }
}

function* formula(node, slide, outer) {
  const parts = node.matches('.katex') ? node.querySelectorAll('.base') : node.querySelectorAll(':scope > svg')
  const rects = [...parts].map((part) => part.getBoundingClientRect()).filter(({ width }) => width > 0)
  if (!rects.length || !isVisible(node)) return
  const em = drawnEm(parts[0]) ?? Number.parseFloat(getComputedStyle(node).fontSize) * contentScaleOf(node)
  const pixels = em / slide.scale
  yield thing('formula', node, rects.reduce(around), slide, { ...outer, pixels, wide: node })
}

/** The em of a formula that MathJax has drawn, 1000 units: Marp shrinks the drawing until it fits. */
function drawnEm(part) {
  const { width } = part.viewBox?.baseVal ?? {}
  return width ? (1000 * part.getBoundingClientRect().width) / width : undefined
}

/** The texts of a drawing that stands in the page itself: its edge cuts them off, and its scale is theirs. */
function* lettering(svg, slide, outer) {
  const clips = getComputedStyle(svg).overflow === 'visible' ? [] : [{ element: svg, box: boxOf(svg.getBoundingClientRect(), slide) }]
  for (const element of svg.querySelectorAll('text')) {
    const { a, b } = element.getScreenCTM() ?? {}
    const pixels = Number.parseFloat(getComputedStyle(element).fontSize) * Math.hypot(a, b)
    const rect = element.getBoundingClientRect()
    if (!isVisible(element) || !(rect.width > 0)) continue
    const extra = { node: element.firstChild, pixels: pixels / slide.scale, clips: [...clips, ...outer.clips] }
    yield thing('text', svg, inked(rect, pixels), slide, { ...outer, ...extra })
  }
}

function* picture(node, slide, outer) {
  const rect = node.getBoundingClientRect()
  if (rect.width > 1 && rect.height > 1 && isVisible(node)) yield thing('picture', node, rect, slide, outer)
}

const thing = (kind, element, rect, slide, more) => ({ kind, element, box: boxOf(rect, slide), ...more })

const isVisible = (element) => element.checkVisibility({ visibilityProperty: true })

/** A box with a ground or a border of its own and text in it. Headings and footers may run off the slide on purpose. */
function isPanel(node, style) {
  if (style.display.startsWith('inline') || /absolute|fixed/.test(style.position) || node.matches(BAR)) return false
  const grounded = !/^(?:transparent|rgba\(.*, 0\))$/.test(style.backgroundColor)
  return (grounded || Number.parseFloat(style.borderBottomWidth) > 0) && node.textContent.trim() !== '' && isVisible(node)
}

function clipOf(node, style, slide) {
  const [x, y] = [style.overflowX, style.overflowY].map((overflow) => overflow !== 'visible')
  if ((!x && !y) || style.display === 'inline' || style.display === 'contents') return undefined
  const box = innerBox(node, slide, { padding: false })
  if (!x) Object.assign(box, { left: -Infinity, right: Infinity })
  if (!y) Object.assign(box, { top: -Infinity, bottom: Infinity })
  return { element: node, box }
}
