// Accessibility, according to axe-core: text with too little contrast, and elements without an alternative text.

import { outermost } from './fit.mjs'

// The rules that make sense for a slide: a deck has no landmarks, and its theme chooses the headings.
const CONTRAST = 'color-contrast'
const RULES = [
  CONTRAST,
  'image-alt',
  'svg-img-alt',
  'role-img-alt',
  'input-image-alt',
  'object-alt',
  'area-alt',
  'frame-title',
  'link-name',
  'button-name',
]

// Not an author's mistake: Marp's drawings of formulas have no description, and its themes have pale footers on
// purpose.
const EXEMPT = ['mjx-container', '.katex-mathml', 'section > header', 'section > footer']

// Slides with a background picture at the side, and the layer that has their background colour.
const SPLIT = 'section[data-marpit-advanced-background-split]'
const BACKGROUND = 'section[data-marpit-advanced-background="background"]'

// A single character that is a word; other single characters may be ornaments.
const WORD = /\p{Script=Han}/u

/** Diagnostics {kind, element, elements, pixels, message} of all slides; low contrast once per block. */
export async function inaccessible(axe, page, slides) {
  const { violations, incomplete } = await axe.run(
    {
      include: slides.map(({ section }) => section),
      exclude: EXEMPT.filter((each) => page.querySelector(each)).map((each) => [each]),
    },
    {
      runOnly: { type: 'rule', values: RULES },
      resultTypes: ['violations', 'incomplete'],
      elementRef: true,
      selectors: false,
      iframes: false,
      preload: false,
    },
  )
  const textless = violations.filter(({ id }) => id !== CONTRAST).flatMap(withoutText)
  const pale = nodesOf(violations).map(({ element, any: [{ data }] }) => ({ element, ...data }))
  return [...textless, ...lowContrast([...pale, ...nodesOf(incomplete).flatMap((node) => lowContrastOf(axe.commons.color, node))])]
}

const nodesOf = (results) => results.filter(({ id }) => id === CONTRAST).flatMap(({ nodes }) => nodes)

const withoutText = ({ help, nodes }) =>
  nodes
    .filter(({ element }) => !element.querySelector('mjx-container'))
    .map(({ element }) => ({ kind: 'inaccessible', element, pixels: 0, message: help }))

/** The low contrast that axe leaves open: text in the colour of its background, and text in Marp's own frames.
 *
 * axe mistakes the <svg> by which Marp scales code, and a background at the side, for a picture behind the text.
 */
function lowContrastOf(color, { element, any: [{ data }] }) {
  const { messageKey: why, bgColor } = data
  if (why === 'equalRatio') return textColorOf(color, element).alpha ? [{ element, ...data }] : []
  if (why === 'shortTextContent') return bgColor && WORD.test(element.textContent) ? [{ element, ...data }] : []
  if (why === 'nonBmp' || !element.closest(`pre, marp-pre, ${SPLIT}`)) return [] // symbols, such as a bar's, are no text
  const background = backgroundOf(color, element)
  if (!background) return []
  const text = color.flattenColors(textColorOf(color, element), background)
  const ratio = Math.floor(color.getContrast(background, text) * 100) / 100
  if (ratio >= Number.parseFloat(data.expectedContrastRatio)) return []
  return [{ ...data, element, fgColor: text.toHexString(), bgColor: background.toHexString(), contrastRatio: ratio }]
}

/** The colour behind a text; undefined for a picture, or if no layer is opaque. */
function backgroundOf(color, element) {
  const layers = []
  for (const at of behind(element)) {
    const style = getComputedStyle(at)
    if (style.backgroundImage !== 'none') return undefined
    layers.push(color.getOwnBackgroundColor(style))
    if (layers.at(-1).alpha === 1) break
  }
  return layers.at(-1).alpha === 1 ? layers.reduceRight((under, over) => color.flattenColors(over, under)) : undefined
}

/** An element and the layers behind it, down to the slide's background. */
function* behind(element) {
  for (let at = element; at.tagName !== 'foreignObject'; at = at.parentElement) yield at
  if (element.closest(SPLIT)) yield element.closest('svg[data-marpit-svg]').querySelector(BACKGROUND)
}

const blockOf = ({ element }) => outermost(element, element.closest('section'))

/** The colour of a text, with the opacity of the elements around it. */
function textColorOf(color, element) {
  const text = new color.Color()
  text.parseString(getComputedStyle(element).color)
  for (let at = element; at.tagName !== 'foreignObject'; at = at.parentElement) {
    text.alpha *= Number(getComputedStyle(at).opacity)
  }
  return text
}

function lowContrast(texts) {
  return [...Map.groupBy(texts, blockOf).values()].map((pale) => ({
    kind: 'low-contrast',
    element: pale[0].element,
    elements: pale.map(({ element }) => element),
    pixels: 0,
    message: `too little contrast: ${[...new Set(pale.map(contrast))].join(', ')}`,
  }))
}

const contrast = ({ fgColor, bgColor, contrastRatio, expectedContrastRatio }) =>
  `${fgColor} on ${bgColor} has ${contrastRatio}:1 (at least ${expectedContrastRatio})`
