// Text that is hard to tell from what is behind it.
//
// Style sheets say it of most texts; the others are looked at, in pictures of their slide.

import { boxOf, intersection, isEmpty } from './boxes.mjs'
import { hex } from './colours.mjs'
import { outermost } from './fit.mjs'
import { groundsOf } from './grounds.mjs'
import { lookedAt } from './pixels.mjs'
import { contrasts, isExact } from './ranges.mjs'
import { rulesOf } from './rules.mjs'

/** Text of this size is large, and so is bold text (from 600) of the second one (WCAG 2: 18 and 14 points). */
const LARGE = 24
const LARGE_BOLD = 56 / 3

/** Themes have pale headers and footers on purpose, but nobody reads what is paler than 2:1. */
const LEAST = { large: 3, other: 4.5, bar: 2 }

const BAR = 'section > header, section > footer'

/** A single character may be an ornament, unless it is a word. */
const WORD = /\p{Script=Han}|[\p{L}\p{N}].*[\p{L}\p{N}]/su
const LETTER = /[\p{L}\p{N}]/u

/** The texts of a slide with their colours, each with a verdict; `shoot` takes a picture of what is in view. */
export async function judgedTexts(slide, items, shoot) {
  const judged = lettersOf(slide, items).map(judge(groundsOf(slide)))
  const open = judged.filter(({ verdict }) => verdict === 'open')
  const seen = open.length ? await lookedAt(slide, open, shoot) : []
  return [...judged.filter(({ verdict }) => verdict !== 'open'), ...seen]
}

/** Diagnostics {kind, element, elements, pixels, message, rule} of the texts of a deck.
 *
 * One for each block and rule of a style sheet to blame, and one for the other colours of a block.
 */
export function lowContrast(texts, page) {
  const ruleOf = rulesOf(page)
  const pale = texts
    .filter(({ verdict }) => verdict === 'pale')
    .map((text) => ({ ...text, rule: text.share ? undefined : ruleOf(text.element) }))
  const blocks = Map.groupBy(pale, ({ element }) => outermost(element, element.closest('section')))
  const groups = [...blocks.values()].flatMap((block) => [...Map.groupBy(block, ({ rule }) => rule?.selector).values()])
  return groups.map((group) => ({
    kind: 'low-contrast',
    element: group[0].element,
    elements: [...new Set(group.map(({ element }) => element))],
    pixels: 0,
    message: `too little contrast: ${[...new Set(group.map(described))].join(', ')}`,
    rule: group[0].rule ? { ...group[0].rule, ...coloursOf(group[0], texts) } : null,
  }))
}

/** The colour that a rule gives, and what it has to be told from. */
function coloursOf({ ink }, texts) {
  const colour = hex(ink.low)
  const same = texts.filter((text) => !text.share && isExact(text.ink) && isExact(text.ground) && hex(text.ink.low) === colour)
  const grounds = [...new Set(same.map(({ ground, least }) => JSON.stringify({ colour: hex(ground.low), least })))]
  return { colour, grounds: grounds.map((each) => JSON.parse(each)) }
}

// --- texts ------------------------------------------------------------------------------------

/** The texts of a slide whose contrast counts: {element, box, least}; a line of a text each. */
function lettersOf(slide, items) {
  const edge = { left: 0, top: 0, right: slide.width, bottom: slide.height }
  return items
    .flatMap((item) => partsOf(item, slide).map((part) => ({ ...part, least: leastOf(part.element, item.pixels, slide) })))
    .map((part) => ({ ...part, box: part.clips.map(({ box }) => box).reduce(intersection, intersection(part.box, edge)) }))
    .filter(({ box }) => !isEmpty(box))
}

function partsOf(item, slide) {
  if (item.kind === 'formula') return symbolsOf(item, slide)
  if (item.kind !== 'text' || !WORD.test(item.node.data ?? item.node.textContent)) return []
  return [{ element: item.letters ?? item.element, box: item.box, clips: item.clips }]
}

/** The symbols of a formula. */
function symbolsOf({ element, clips }, slide) {
  const symbols = element.matches('.katex') ? katexSymbols(element) : [...element.querySelectorAll(':scope > svg [data-c]')]
  return symbols.map((symbol) => ({ element: symbol, box: boxOf(symbol.getBoundingClientRect(), slide), clips }))
}

const katexSymbols = (formula) =>
  [...formula.querySelectorAll('.katex-html *')].filter((each) =>
    [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && LETTER.test(node.data)),
  )

function leastOf(element, pixels, slide) {
  if (element.closest(BAR)) return LEAST.bar
  const size = (pixels * 720) / slide.height
  const large = size >= LARGE || (size >= LARGE_BOLD && Number(getComputedStyle(element).fontWeight) >= 600)
  return large ? LEAST.large : LEAST.other
}

// --- verdicts ---------------------------------------------------------------------------------

/** A function that returns a text with its colours and a verdict: `pale`, `legible`, or `open`. */
const judge = (seenOf) => (text) => {
  const seen = seenOf(text.element, text.box)
  return { ...text, ...seen, ...verdictOf(seen, text.least) }
}

function verdictOf({ ink, ground, alpha, unclear, helped }, needed) {
  if (unclear) return { verdict: 'open' }
  if (alpha === 0) return { verdict: helped ? 'open' : 'legible' } // a gap
  const { least, most } = contrasts(ink, ground)
  if (least >= needed) return { verdict: 'legible' }
  if (helped || most >= needed || !isExact(ink) || !isExact(ground)) return { verdict: 'open' }
  return { verdict: 'pale', ratio: most }
}

/** "#bbbbbb on #ffffff has 1.91:1 (at least 3:1)". */
const described = ({ ink, ground, ratio, least, share }) =>
  `${hex(ink.low)} on ${hex(ground.low)} has ${Math.floor(ratio * 100) / 100}:1 (at least ${least}:1)` +
  (share < 0.95 ? ` in ${Math.round(share * 100)} % of a line` : '')
