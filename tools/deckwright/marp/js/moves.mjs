// A Marp plug-in: the lines of a fence have names (`python moves="7:0,1,2"`: fence, and a number for each line), by which
// a browser moves them to where they are on the next slide, as Marp's transitions do it.

import { movesOf } from './attributes.mjs'

const ATTRIBUTE = 'data-deckwright-line'

// A tag, a line end, or text between them.
const PIECE = /<(\/?)([a-z][\w-]*)\b[^>]*>|\n|[^<\n]+|</gi
const VOID = /^(?:br|img|wbr)$/i

/** The lines of some HTML; an element that ends below is closed at the end of each line, and opened again. */
function linesOf(html) {
  const open = []
  const lines = ['']
  for (const [piece, slash, name] of html.matchAll(PIECE)) {
    if (piece === '\n') {
      lines[lines.length - 1] += open.map(([, tag]) => `</${tag}>`).reverse().join('')
      lines.push(open.map(([element]) => element).join(''))
      continue
    }
    lines[lines.length - 1] += piece
    if (slash) open.pop()
    else if (name && !VOID.test(name)) open.push([piece, name])
  }
  return lines
}

const isBlank = (line) => !line.replace(/<[^>]*>/g, '').trim()

/** The HTML of code, with a name for each line that has a number. */
export function named(html, fence, numbers) {
  const wrapped = linesOf(html).map((line, index) => {
    const number = numbers[index]
    if (number === undefined || isBlank(line)) return line
    return `<span ${ATTRIBUTE} style="--deckwright-line:deckwright-${fence}-${number}">${line}</span>`
  })
  return wrapped.join('\n')
}

export default function movesPlugin({ renderer: { rules } }) {
  const { fence } = rules
  rules.fence = (tokens, index, ...rest) => {
    const html = fence(tokens, index, ...rest)
    const moves = movesOf(tokens[index].info)
    if (!moves) return html
    return html.replace(/(<code[^>]*>)([^]*)(<\/code>)/, (_, start, code, end) => start + named(code, moves.fence, moves.numbers) + end)
  }
}

// A browser moves only what is one box. Who wants less motion gets none: Marp then fades.
const STYLE =
  `[${ATTRIBUTE}]{display:inline-block}` +
  `@media (prefers-reduced-motion:no-preference){[${ATTRIBUTE}]{view-transition-name:var(--deckwright-line)}}`

/** What Marp rendered, with the style of named lines. */
export const withMoves = (rendered) => (rendered.html.includes(ATTRIBUTE) ? { ...rendered, css: rendered.css + STYLE } : rendered)
