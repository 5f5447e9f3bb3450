// What slides say, for files that show them as pictures: titles, texts, and where links are.

import { boxOf, intersection, isEmpty } from './boxes.mjs'
import { FORMULAS, PICTURES, UNSEEN } from './elements.mjs'
import { formulaText } from './phrases.mjs'
import { slidesOf } from './slides.mjs'

export const HEADINGS = 'h1, h2, h3, h4, h5, h6'
const BARS = 'section > :is(header, footer)'

/** Return {title, text, links} of each slide of the page; links are [{text, boxes, address, slide}].
 *
 * A link to another slide has its number, counted from 1, in place of an address.
 */
export function contentsOfAll() {
  const slides = new Map(slidesOf(document).map((slide) => [slide.svg, slide]))
  return allSlides().map((svg) => (slides.has(svg) ? contentsOf(slides.get(svg)) : { title: '', text: '', links: [] }))
}

const allSlides = () => [...document.querySelectorAll('svg[data-marpit-svg]')]

function contentsOf(slide) {
  const heading = [...slide.section.querySelectorAll(HEADINGS)].find((each) => !each.closest(BARS))
  return { title: heading ? oneLine(textOf(heading)) : '', text: textOf(slide.section), links: [...linksOf(slide)] }
}

// --- texts --------------------------------------------------------------------------------------

/** The text that a reader sees, a line for each block; pictures have their descriptions, formulas their TeX or letters. */
const textOf = (element) =>
  [...words(element)]
    .join('')
    .replace(/\u200b/g, '')
    .split('\n')
    .map((line) => line.trimEnd().replace(/^ (?! )/, ''))
    .filter(Boolean)
    .join('\n')

const oneLine = (text) => text.replace(/\s+/g, ' ').trim()

function* words(parent) {
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) yield letters(node)
    else if (node.nodeType === Node.ELEMENT_NODE) yield* wordsOf(node)
  }
}

function letters({ parentElement, data }) {
  if (parentElement.matches('table, thead, tbody, tfoot, tr')) return '' // space between cells
  return getComputedStyle(parentElement).whiteSpace.startsWith('pre') ? data : data.replace(/\s+/g, ' ')
}

function* wordsOf(element) {
  const { display, visibility } = getComputedStyle(element)
  if (display === 'none' || visibility === 'hidden' || element.matches(`${BARS}, ${UNSEEN}`)) return
  if (element.matches('br')) return yield '\n'
  if (element.matches(FORMULAS)) return yield* apart(formulaOf(element), element.matches('[display="true"], .katex-display > *'))
  if (element.ariaHidden === 'true') return
  if (element.matches(`${PICTURES}, svg, [role="img"]`)) return yield descriptionOf(element)
  yield* apart([...words(element)].join(''), !/^(?:inline|contents|table-cell)/.test(display))
  if (display === 'table-cell') yield ' '
}

/** A text, on a line of its own where it is a block. */
function* apart(text, isBlock) {
  yield isBlock ? `\n${text}\n` : text
}

/** The TeX source of a formula where the page has it, or else its characters. */
const formulaOf = (element) =>
  oneLine(element.querySelector('annotation[encoding="application/x-tex"]')?.textContent ?? formulaText(element))

export function descriptionOf(element) {
  if (element.matches(FORMULAS)) return formulaOf(element)
  const said = element.alt ?? element.ariaLabel ?? element.querySelector(':scope > title')?.textContent ?? element.title
  return oneLine(said || '')
}

// --- links --------------------------------------------------------------------------------------

function* linksOf(slide) {
  for (const link of slide.section.querySelectorAll('a')) {
    const target = targetOf(link)
    const boxes = target ? boxesOf(link, slide) : []
    if (boxes.length) yield { text: oneLine(textOf(link)), boxes, ...target }
  }
}

/** The address to which a link leads, or the slide; undefined if there is nothing. */
export function targetOf(link) {
  const href = link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? ''
  if (href.startsWith('#')) {
    const slide = 1 + allSlides().indexOf(elementAt(href.slice(1))?.closest('svg[data-marpit-svg]'))
    return slide ? { address: '', slide } : undefined
  }
  return href && URL.canParse(href, document.baseURI) ? { address: new URL(href, document.baseURI).href, slide: 0 } : undefined
}

function elementAt(fragment) {
  try {
    return document.getElementById(decodeURIComponent(fragment))
  } catch {
    return document.getElementById(fragment)
  }
}

/** Boxes that cover a link: one for each line of text, and those of its pictures, which may be larger than a line. */
function boxesOf(link, slide) {
  if (getComputedStyle(link).visibility === 'hidden') return []
  const page = { left: 0, top: 0, right: slide.width, bottom: slide.height }
  const pictures = [...link.querySelectorAll(`${PICTURES}, svg`)]
  const boxes = (pictures.length && !link.textContent.trim() ? pictures : [link, ...pictures])
    .flatMap((element) => [...element.getClientRects()])
    .map((rect) => intersection(boxOf(rect, slide), page))
    .filter((box) => !isEmpty(box))
  const isCovered = (box, index) => boxes.some((other, at) => covers(other, box) && (at < index || !covers(box, other)))
  return boxes.filter((box, index) => !isCovered(box, index))
}

const covers = (a, b) => a.left <= b.left && a.right >= b.right && a.top <= b.top && a.bottom >= b.bottom
