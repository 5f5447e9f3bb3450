// What axe-core finds: text that hardly stands out from its ground, and what a reader who cannot see it is not told.

import { outermost } from './fit.mjs'

// Of its rules those that make sense for a slide; a deck has no landmarks, and its theme chooses the headings.
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

// What Marp makes is no author's omission: its drawings of formulas have no description, and its themes write
// footers pale on purpose.
const EXEMPT = ['mjx-container', '.katex-mathml', 'section > header', 'section > footer']

// Slides with a background picture at the side, and the layer that has the colour of their ground.
const SPLIT = 'section[data-marpit-advanced-background-split]'
const GROUND = 'section[data-marpit-advanced-background="background"]'

// One character that is a word, where others of that length may be ornaments.
const WORD = /\p{Script=Han}/u

/** Flaws {kind, element, elements, pixels, message} of all slides; pale colours once for each block. */
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
  const untold = violations.filter(({ id }) => id !== CONTRAST).flatMap(untoldFlaws)
  const pale = nodesOf(violations).map(({ element, any: [{ data }] }) => ({ element, ...data }))
  return [...untold, ...paleFlaws([...pale, ...nodesOf(incomplete).flatMap((node) => judged(axe.commons.color, node))])]
}

const nodesOf = (results) => results.filter(({ id }) => id === CONTRAST).flatMap(({ nodes }) => nodes)

const untoldFlaws = ({ help, nodes }) =>
  nodes
    .filter(({ element }) => !element.querySelector('mjx-container'))
    .map(({ element }) => ({ kind: 'inaccessible', element, pixels: 0, message: help }))

/** Where axe cannot tell, though it can be told: text of its ground's very colour, and what Marp's own frames hide.
 *
 * It takes for a picture behind the text the <svg> by which Marp scales code, and a background that stands beside.
 */
function judged(color, { element, any: [{ data }] }) {
  const { messageKey: why, bgColor } = data
  if (why === 'equalRatio') return inkOf(color, element).alpha ? [{ element, ...data }] : []
  if (why === 'shortTextContent') return bgColor && WORD.test(element.textContent) ? [{ element, ...data }] : []
  if (!element.closest(`pre, marp-pre, ${SPLIT}`)) return []
  const ground = groundOf(color, element)
  if (!ground) return []
  const text = color.flattenColors(inkOf(color, element), ground)
  const ratio = Math.floor(color.getContrast(ground, text) * 100) / 100
  if (ratio >= Number.parseFloat(data.expectedContrastRatio)) return []
  return [{ ...data, element, fgColor: text.toHexString(), bgColor: ground.toHexString(), contrastRatio: ratio }]
}

/** The colour behind a text; undefined where there is a picture or nothing opaque. */
function groundOf(color, element) {
  const layers = []
  for (const at of behind(element)) {
    const style = getComputedStyle(at)
    if (style.backgroundImage !== 'none') return undefined
    layers.push(color.getOwnBackgroundColor(style))
    if (layers.at(-1).alpha === 1) break
  }
  return layers.at(-1).alpha === 1 ? layers.reduceRight((under, over) => color.flattenColors(over, under)) : undefined
}

/** An element and what lies behind it, down to the slide's ground. */
function* behind(element) {
  for (let at = element; at.tagName !== 'foreignObject'; at = at.parentElement) yield at
  if (element.closest(SPLIT)) yield element.closest('svg[data-marpit-svg]').querySelector(GROUND)
}

const blockOf = ({ element }) => outermost(element, element.closest('section'))

/** The colour of a text, transparent as far as what holds it is. */
function inkOf(color, element) {
  const ink = new color.Color()
  ink.parseString(getComputedStyle(element).color)
  for (let at = element; at.tagName !== 'foreignObject'; at = at.parentElement) {
    ink.alpha *= Number(getComputedStyle(at).opacity)
  }
  return ink
}

function paleFlaws(found) {
  return [...Map.groupBy(found, blockOf).values()].map((pale) => ({
    kind: 'low-contrast',
    element: pale[0].element,
    elements: pale.map(({ element }) => element),
    pixels: 0,
    message: `too little contrast: ${[...new Set(pale.map(contrast))].join(', ')}`,
  }))
}

const contrast = ({ fgColor, bgColor, contrastRatio, expectedContrastRatio }) =>
  `${fgColor} on ${bgColor} has ${contrastRatio}:1 (at least ${expectedContrastRatio})`
