// A Marp plug-in: terminal colours in a fence, as classes on ranges of its text (`text ansi="0-5:ansi-fg-1"`).
//
// Positions count the code points of the fence's text. The text itself stays as Marp escaped it.

import { colourRanges, coloursOf } from './attributes.mjs'

// One piece of rendered HTML: a tag, an entity, or one character.
const PIECE = /<[^>]*>|&(?:#\d+|#x[\da-f]+|\w+);|[^]/giu
// An emoji that Marp replaced by a picture stands for the characters in its alt text.
const EMOJI = /^<img\b[^>]*\balt="([^"]*)"/i

const lengthOf = (piece) => {
  if (!piece.startsWith('<')) return 1
  return [...(piece.match(EMOJI)?.[1] ?? '')].length
}

/** Wrap ranges of the text in `html` in spans; elements already there are never crossed. */
export function coloured(html, ranges) {
  let position = 0
  let open = false
  let rest = ranges
  const out = []
  const close = () => {
    if (open) out.push('</span>')
    open = false
  }
  for (const piece of html.match(PIECE) ?? []) {
    const length = lengthOf(piece)
    while (rest.length && position >= rest[0].end) rest = rest.slice(1)
    const inside = length > 0 && rest.length > 0 && position >= rest[0].start
    if (!inside || position === rest[0].start) close()
    if (inside && !open) {
      out.push(`<span class="${rest[0].classes}">`)
      open = true
    }
    out.push(piece)
    position += length
  }
  close()
  return out.join('')
}

export default function ansiPlugin(md) {
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const html = fence(tokens, index, ...rest)
    const spec = coloursOf(tokens[index].info)
    if (!spec) return html
    return html.replace(/(<code[^>]*>)([^]*)(<\/code>)/, (_, start, text, end) => start + coloured(text, colourRanges(spec)) + end)
  }
}
