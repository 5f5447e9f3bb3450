// A Marp plug-in: coloured bands behind the lines that a fence names (`python {1,3-5}`).
//
// Each band is an empty element behind the text of <code>, measured in its line heights. So the bands do not
// depend on the highlighter's markup, shrink with the code when Marp scales it, and appear in print.

import { lineRanges, linesOf } from './attributes.mjs'

const COLOUR = 'var(--deckwright-highlight,rgba(255,196,0,.28))'

// The code's own layer, so that "behind" means behind its text and before its panel.
const CODE = 'display:block;position:relative;isolation:isolate'

// A border image beyond its element takes no space: nothing moves and nothing overflows. Where
// Marp scales code, <code> is only as wide as its longest line; there the band runs on to the right until
// Marp's own frame cuts it off. Without `top` it starts where the text starts, whatever the padding.
// If the theme draws the panel on <code> itself, `bandStyle` makes the band as wide as that.
const band = ([first, last], scaled) =>
  [
    '<span aria-hidden="true" style="position:absolute',
    'z-index:-1',
    'left:var(--deckwright-band-left,auto)',
    'width:100%',
    `margin-top:calc(${first - 1}*1lh)`,
    `height:calc(${last - first + 1}*1lh)`,
    `border-image:linear-gradient(${COLOUR} 0 0) fill 0//0 ${scaled ? 'var(--deckwright-band-reach,9999px)' : 0} 0 0`,
    '-webkit-print-color-adjust:exact',
    'print-color-adjust:exact"></span>',
  ].join(';')

/** Ranges in order, without overlaps. */
function merged(ranges) {
  const out = []
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = out.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else out.push([first, last])
  }
  return out
}

/** The fence's HTML, with bands behind its highlighted lines if it has any. */
function highlighted(html, info, content) {
  const spec = linesOf(info)
  const ranges = spec === undefined ? undefined : lineRanges(spec, content.replace(/\n$/, '').split('\n').length)
  if (!ranges?.length) return html
  const scaled = /^<pre\b[^>]*data-auto-scaling/.test(html)
  const bands = merged(ranges).map((range) => band(range, scaled))
  return html.replace(/<code\b([^>]*)>/, (_, attributes) => `<code style="${CODE}"${attributes}>${bands.join('')}`)
}

const CODE_RULE = /(?:\bpre|marp-pre\))\s*>?\s*code\s*(?:,[^{}]*)?\{([^{}]*)\}/g

/** Whether a theme draws the panel on <code>, as uncover does, and not on <pre>. */
function paintsCode(css) {
  const rules = [...css.matchAll(CODE_RULE)].map(([, body]) => body.match(/background(?:-color)?\s*:\s*([^;]+)/)?.[1])
  const colour = rules.filter(Boolean).at(-1) ?? 'none'
  return !/^(?:transparent|none|initial|unset|inherit)/.test(colour.trim())
}

/** The style that a page with bands needs in addition to its theme's. */
export const bandStyle = ({ html, css }) =>
  html.includes('--deckwright-band-left') && paintsCode(css)
    ? ':is(pre,marp-pre)>code{--deckwright-band-left:0;--deckwright-band-reach:0px}'
    : ''

export default function highlightPlugin(md) {
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (tokens, index, ...rest) =>
    highlighted(fence(tokens, index, ...rest), tokens[index].info, tokens[index].content)
}
