// Phrases for messages: names of elements, their first words, and lengths.

import { CAPTIONS, FORMULAS, UNSEEN } from './elements.mjs'

const NAMES = {
  P: 'the paragraph',
  UL: 'the list',
  OL: 'the list',
  PRE: 'the code',
  TABLE: 'the table',
  BLOCKQUOTE: 'the quotation',
  HEADER: 'the header',
  FOOTER: 'the footer',
  IMG: 'the picture',
  SVG: 'the drawing',
  VIDEO: 'the video',
  IFRAME: 'the frame',
}
const LONGEST = 40
const SHOWN_BY_LINE = /code|output|table|formula|frame/

/** Of an element that does not fit: `the picture loss.svg`, `the list "one two three…"`, `the table`. */
export function titleOf(element) {
  const name = nameOf(element)
  if (/picture|drawing|video/.test(name)) {
    const shown = element.matches('img, svg, video') ? element : element.querySelector('img, svg, video')
    return [name, fileOf(shown) || quoted(startOf(shown))].filter(Boolean).join(' ')
  }
  return SHOWN_BY_LINE.test(name) ? name : [name, quoted(startOf(element))].filter(Boolean).join(' ')
}

const quoted = (text) => text && `"${text}"`

/** The name of the file that a picture or a video shows; nothing where it is inside the page. */
function fileOf({ currentSrc }) {
  if (!/^https?:/.test(currentSrc ?? '')) return ''
  const name = new URL(currentSrc).pathname.split('/').at(-1)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** "the table", "the list"; for a paragraph with only a picture or a video, the name of that. */
export function nameOf(element) {
  // What Marp scales may be <marp-pre> and <marp-h1>.
  const tag = element.tagName.toUpperCase().replace(/^MARP-/, '')
  if (element.closest(FORMULAS)) return 'the formula'
  if (/^H\d$/.test(tag)) return 'the heading'
  if (tag === 'PRE' && element.querySelector(':scope > code:is(.language-text, .language-pytb)')) return 'the output'
  const only = tag === 'P' && !textOf(element) && element.querySelector('img, svg, video, iframe')
  if (only) return nameOf(only)
  return NAMES[tag] ?? 'the text'
}

/** The first words of an element; for a picture, of its description. */
export const startOf = (element) =>
  shortened(textOf(element) || element.alt || element.querySelector?.('img[alt]')?.alt || '')

/** The first words of a text, in one line. */
export function shortened(text) {
  const letters = [...text.replace(/\s+/g, ' ').trim()]
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('')
}

function textOf(element) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const words = []
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(`${UNSEEN}, ${CAPTIONS}`)) words.push(walker.currentNode.data)
  return words.join('').replace(/\u200b/g, '').replace(/\s+/g, ' ').trim() || formulaText(element)
}

/** The characters of formulas that MathJax has drawn. */
export const formulaText = (element) =>
  [...element.querySelectorAll('mjx-container [data-c]')]
    .map(({ dataset }) => String.fromCodePoint(Number.parseInt(dataset.c, 16)))
    .join('')

export const pixels = (number) => `${Math.round(number)} pixel${Math.round(number) === 1 ? '' : 's'}`

/** {top: 12, bottom: 30} → "30 pixels at the bottom and 12 pixels at the top". */
export const sidesText = (amounts) =>
  Object.entries(amounts)
    .sort(([, a], [, b]) => b - a)
    .map(([side, amount]) => `${pixels(amount)} at the ${side}`)
    .join(' and ')
