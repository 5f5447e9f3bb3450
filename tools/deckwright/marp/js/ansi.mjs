// A Marp plug-in: terminal colours in a fence, as classes on ranges of its text (`text ansi="0-5:ansi-fg-1"`),
// and whole emoji in code.
//
// Positions count the code points of the fence's text. The text itself stays as Marp escaped it.

import { colourRanges, coloursOf } from './attributes.mjs'

// One piece of rendered HTML: a tag, an entity, or one character.
const PIECE = /<[^>]*>|&(?:#\d+|#x[\da-f]+|\w+);|[^]/giu
// Of an emoji in code, Marp draws only the first code point, of a flag only a letter.
const EMOJI = /^<img\b[^>]*\balt="([^"]*)"/i
const WHOLE_EMOJI = String.raw`(?:\p{RGI_Emoji}|[#*0-9]\u20e3)\ufe0f?`
const AT_EMOJI = new RegExp(WHOLE_EMOJI, 'vy')
// Each of them has such a character. The pattern of whole ones, of which there are thousands, takes long to compile.
const OF_EMOJI = /[[\p{Emoji}\p{RI}\u20e3]--[#*0-9]]/v

const charAt = (text, index) => (index < text.length ? String.fromCodePoint(text.codePointAt(index)) : '')

const codesOf = (emoji) => {
  const shown = emoji.includes('\u200d') ? emoji : emoji.replaceAll('\ufe0f', '')
  return [...shown].map((char) => char.codePointAt(0).toString(16)).join('-')
}

const pictureOf = (emoji, first) =>
  first.replace(/\balt="[^"]*"/, `alt="${emoji}"`).replace(/[\da-f-]+(?=\.(?:svg|png)")/, codesOf(emoji))

// There are few tags between two characters.
const charAfter = (pieces, number) => pieces.slice(number + 1, number + 9).find((piece) => !piece.startsWith('<'))

/** The part of `text` from `index` on that a piece of HTML shows, and the piece with its whole emoji. */
function withWholeEmoji(pieces, number, text, index) {
  const piece = pieces[number]
  const picture = piece.match(EMOJI)
  if (piece.startsWith('<') && !picture) return ['', piece]
  const first = picture?.[1] ?? charAt(text, index)
  AT_EMOJI.lastIndex = index
  const whole = AT_EMOJI.exec(text)?.[0] ?? first
  const second = charAt(text, index + first.length)
  if (whole === first || (!picture && charAfter(pieces, number) === second)) return [first, piece]
  return [whole, picture ? pictureOf(whole, piece) : whole]
}

/** The same of a text without emoji. */
const asItIs = (pieces, number, text, index) => [pieces[number].startsWith('<') ? '' : charAt(text, index), pieces[number]]

/** Wrap ranges of the text in `html`, which shows `text`, in spans; elements already there are never crossed. */
export function coloured(html, text, ranges) {
  let index = 0 // in UTF-16 units
  let position = 0 // in code points, like the ranges
  let next = 0
  let open = false
  const out = []
  const close = () => {
    if (open) out.push('</span>')
    open = false
  }
  const pieces = html.match(PIECE) ?? []
  const at = OF_EMOJI.test(text) || html.includes('<img') ? withWholeEmoji : asItIs
  for (const number of pieces.keys()) {
    const [shown, fixed] = at(pieces, number, text, index)
    while (next < ranges.length && position >= ranges[next].end) next += 1
    const range = ranges[next]
    const inside = shown && range && position >= range.start
    if (!inside || position === range.start) close()
    if (inside && !open) {
      out.push(`<span class="${range.classes}">`)
      open = true
    }
    out.push(fixed)
    index += shown.length
    position += [...shown].length
  }
  close()
  return out.join('')
}

export default function ansiPlugin({ renderer: { rules } }) {
  for (const kind of ['fence', 'code_inline']) {
    const rule = rules[kind]
    rules[kind] = (tokens, index, ...rest) => {
      const html = rule(tokens, index, ...rest)
      const { content, info } = tokens[index]
      const spec = coloursOf(info)
      if (!spec && !OF_EMOJI.test(content)) return html
      const ranges = spec ? colourRanges(spec) : []
      return html.replace(/(<code[^>]*>)([^]*)(<\/code>)/, (_, start, inner, end) => start + coloured(inner, content, ranges) + end)
    }
  }
}
