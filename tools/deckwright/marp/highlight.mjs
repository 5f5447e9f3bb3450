// A Marp plug-in: coloured bands behind the lines that a fence names (`python {1,3-5}`).
//
// The bands are backgrounds of <code>, measured in its own line heights. So they need nothing of the
// highlighter's markup, scale with the code when Marp shrinks it, and appear in print.

import { lineRanges, linesOf } from './attributes.mjs'

const COLOUR = 'var(--deckwright-highlight,rgba(255,196,0,.28))'

const band = ([first, last]) => ({
  image: `linear-gradient(${COLOUR} 0 0)`,
  position: `0 calc(${first - 1}*1lh)`,
  size: `100% calc(${last - first + 1}*1lh)`,
})

/** Style of a <code> element with bands behind the given line ranges. */
export function bandStyle(ranges) {
  const bands = ranges.map(band)
  const list = (property) => bands.map((one) => one[property]).join(',')
  return [
    'display:block',
    `background-image:${list('image')}`,
    `background-position:${list('position')}`,
    `background-size:${list('size')}`,
    'background-repeat:no-repeat',
    'background-origin:content-box',
    '-webkit-print-color-adjust:exact',
    'print-color-adjust:exact',
  ].join(';')
}

/** The fence's HTML with its highlighted lines marked, or the HTML as it is. */
export function highlighted(html, info, content) {
  const spec = linesOf(info)
  const ranges = spec === undefined ? undefined : lineRanges(spec, content.replace(/\n$/, '').split('\n').length)
  if (!ranges?.length) return html
  return html.replace(/<code\b/, `<code style="${bandStyle(ranges)}"`)
}

export default function highlightPlugin(md) {
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (tokens, index, ...rest) =>
    highlighted(fence(tokens, index, ...rest), tokens[index].info, tokens[index].content)
}
