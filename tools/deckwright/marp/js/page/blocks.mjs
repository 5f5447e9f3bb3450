// What slides consist of, for programs that edit them: blocks of text with their lines, and pictures.
//
// A block is a heading, a paragraph, a list, code or a cell of a table. What is no block is drawn behind them: panels,
// rules, page numbers, and text that is turned, cut off or mixed with something else than lines of letters.

import { boxOf, intersection, isEmpty, union } from './boxes.mjs'
import { HEADINGS, descriptionOf } from './contents.mjs'
import { FORMULAS, PICTURES, UNSEEN } from './elements.mjs'
import { markerOf } from './list_markers.mjs'
import { slidesOf } from './slides.mjs'
import { linesOfText } from './text_lines.mjs'

const TEXT = 'data-deckwright-text'
const PICTURE = 'data-deckwright-picture'
const DRAWN = `${PICTURES}, svg`

/* Fill and not colour, which formulas and drawings have from the text around them. */
const WITHOUT_BLOCKS = `
  [${TEXT}], [${TEXT}] * { -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important;
    text-shadow: none !important }
  [${TEXT}="list"] li::marker { color: transparent !important }
  [${TEXT}] :is(${FORMULAS}), [${TEXT}] :is(${FORMULAS}) * { -webkit-text-fill-color: currentcolor !important }
  [${PICTURE}], [${PICTURE}] * { visibility: hidden !important }`

/** Return {texts, pictures, others, language} of each slide of the page, and mark their elements for `leaveOutBlocks`. */
export function blocksOfAll() {
  const slides = new Map(slidesOf(document).map((slide) => [slide.svg, slide]))
  return [...document.querySelectorAll('svg[data-marpit-svg]')].map((svg) => blocksOf(slides.get(svg)))
}

function blocksOf(slide) {
  const all = slide ? [...within(slide.section, slide)] : []
  const texts = all.filter(({ paragraphs }) => paragraphs)
  const isMixed = (block) => !block.paragraphs && texts.some((text) => isOver(block, text))
  const blocks = all.filter((block) => block.box && isInside(block.box, slide) && !isMixed(block))
  const others = all.filter(({ box, paragraphs }) => !box || (paragraphs && !isInside(box, slide))).length
  for (const { elements, paragraphs } of blocks) for (const each of elements) each.setAttribute(paragraphs ? TEXT : PICTURE, each.matches('ul, ol') ? 'list' : '')
  const language = slide?.section.closest('[lang]')?.lang ?? ''
  const plain = blocks.map(({ elements, ...block }) => block)
  return { texts: plain.filter(({ paragraphs }) => paragraphs), pictures: plain.filter(({ paragraphs }) => !paragraphs), others, language }
}

/** Let the slides be seen without their blocks, or as they are. */
export function leaveOutBlocks(isWanted) {
  const id = 'deckwright-left-out'
  const sheet = document.getElementById(id) ?? document.head.appendChild(Object.assign(document.createElement('style'), { id }))
  sheet.textContent = isWanted ? WITHOUT_BLOCKS : ''
}

const isInside = ({ left, right, top, bottom }, { width, height }) => left >= 0 && top >= 0 && right <= width && bottom <= height

/** Whether a picture is over or under a text that it does not belong to: cut out, it would have letters in it. */
const isOver = (picture, text) =>
  !isEmpty(intersection(picture.box, text.box)) && !text.elements.some((each) => each.contains(picture.elements[0]))

// --- the parts of a slide -----------------------------------------------------------------------

function* within(parent, slide) {
  for (const part of partsOf(parent)) {
    if (Array.isArray(part)) yield* flow(part, parent, slide)
    else yield* element(part, slide)
  }
}

/** The elements inside that are blocks, and lists of the nodes between them that lines consist of. */
function partsOf(parent) {
  const parts = []
  for (const node of parent.childNodes) {
    const isLine = node.nodeType === Node.TEXT_NODE || (node.nodeType === Node.ELEMENT_NODE && isInline(node))
    if (isLine && Array.isArray(parts.at(-1))) parts.at(-1).push(node)
    else if (isLine) parts.push([node])
    else if (node.nodeType === Node.ELEMENT_NODE) parts.push(node)
  }
  return parts
}

const isInline = (element) => /^(?:inline|contents|ruby)/.test(getComputedStyle(element).display)

function* element(node, slide) {
  const style = getComputedStyle(node)
  if (style.display === 'none' || style.visibility === 'hidden' || node.ariaHidden === 'true' || node.matches(UNSEEN)) return
  if (node.matches(`${DRAWN}, ${FORMULAS}`)) return yield* picture(node, slide)
  const list = node.matches('ul, ol') ? listOf(node, slide) : undefined
  if (list) yield list
  if (list) yield* picturesIn([...node.children], slide)
  else yield* within(node, slide)
}

/** What a line or several of them consist of: a text, and the pictures and formulas in it. */
function* flow(nodes, parent, slide) {
  const holder = holderOf(nodes, parent)
  const lines = holder && linesOfText(nodes, slide)
  if (lines?.length) yield textBlock([paragraph(lines, parent, null)], holder)
  else if (!lines && nodes.some(isText)) yield {}
  yield* picturesIn(nodes.filter((node) => node.nodeType === Node.ELEMENT_NODE), slide)
}

function* picturesIn(elements, slide) {
  for (const each of elements) {
    if (each.matches(`${DRAWN}, ${FORMULAS}`)) yield* picture(each, slide)
    else yield* picturesIn(each.children, slide)
  }
}

const isText = (node) => node.textContent.trim() !== ''

/** The elements that hold the text of nodes and no other; undefined if there are none. */
function holderOf(nodes, parent) {
  const texts = nodes.filter(isText)
  if (texts.every((node) => node.nodeType === Node.ELEMENT_NODE)) return texts
  return [...parent.childNodes].filter(isText).every((node) => nodes.includes(node)) ? [parent] : undefined
}

function* picture(node, slide) {
  const rects = node.matches('.katex') ? [...node.querySelectorAll('.base')] : [node]
  const box = rects.map((each) => boxOf(each.getBoundingClientRect(), slide)).filter((each) => !isEmpty(each))
  if (box.length) yield { box: box.reduce(union), alt: descriptionOf(node), elements: [node] }
}

// --- texts --------------------------------------------------------------------------------------

const paragraph = (lines, element, marker) => ({ lines, marker, align: getComputedStyle(element).textAlign })

function textBlock(paragraphs, elements) {
  const parts = paragraphs.flatMap(({ lines, marker }) => [...lines, ...(marker ? [{ ...lines[0], left: marker.left }] : [])])
  const { left, right, top, bottom } = parts.reduce(union)
  const heading = elements.some((each) => each.closest(HEADINGS))
  return { box: { left, right, top, bottom }, paragraphs, heading, elements }
}

/** A list as one block; undefined if it holds something else than lines and lists, such as code. */
function listOf(list, slide) {
  const items = [...itemsOf(list, slide)]
  const whole = items.every(({ lines, marker }) => lines?.length && marker !== undefined)
  if (!whole || !items.length || list.querySelector('pre, table, blockquote')) return undefined
  return textBlock(items, [list])
}

function* itemsOf(list, slide) {
  for (const item of list.children) {
    if (!item.matches('li')) return yield {}
    let marker = markerOf(item, slide)
    for (const part of partsOf(item)) {
      if (!Array.isArray(part) && part.matches('ul, ol')) yield* itemsOf(part, slide)
      else {
        const lines = linesOfText(Array.isArray(part) ? part : [...part.childNodes], slide)
        if (lines && !lines.length) continue
        yield { ...paragraph(lines, item, marker) }
        marker = null
      }
    }
  }
}
