// A Marp plug-in: fences that show what a script printed or raised are marked, and get a look of their own where the
// theme has none for them.

import { rowsOf } from './attributes.mjs'

const ATTRIBUTE = 'data-deckwright'

/** A plug-in that marks the fences within `ranges` of lines: [first, last]. */
export const outputsPlugin = (ranges) => (md) => {
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const { map, info } = tokens[index]
    const html = fence(tokens, index, ...rest)
    if (!ranges.some(([first, last]) => first <= map[0] + 1 && map[0] + 1 <= last)) return html
    return html.replace('<pre', `<pre ${ATTRIBUTE}="${/^\s*pytb\b/.test(info) ? 'error' : 'output'}"${roomOf(rowsOf(info))}`)
  }
}

/** The start of a panel that has room for so many lines where readers change what it shows. */
const roomOf = (rows) => (rows ? ` style="--deckwright-rows:${rows}"` : '')

// The theme's rules have one `section` and elements: less than an attribute, and less than what an author adds to it.
const SECTION = 'div#\\:\\$p > svg > foreignObject > section'
const rule = (kind, element, style) => `${SECTION} [${ATTRIBUTE}${kind && `=${kind}`}]${element}{${style}}`

/** A quiet rule, and a double one that is red: light where the text is. The theme may choose other colours. */
const STYLE = [
  rule('', '', 'background:none;border-color:transparent;box-shadow:none;filter:none;padding-left:0'),
  rule('', '>code', 'display:block;background:none;color:inherit;margin:0;padding:.1em 0 .1em .7em;border:0 solid;border-radius:0'),
  rule('output', '>code', 'border-left:4px solid var(--deckwright-output,color-mix(in srgb,currentColor 35%,transparent))'),
  rule('error', '>code', 'border-left:10px double;border-left-color:var(--deckwright-error,oklch(from currentColor clamp(.55,l - .12,.75) .19 25))'),
].join('')

// Not in print, and so not where slides are measured: there each state has the room that it needs.
const ROOM = `@media screen{${rule('', '[style^="--deckwright-rows"]>code', 'display:block;min-height:calc(var(--deckwright-rows)*1lh)')}}`

/** What Marp rendered, with the look of outputs; without it where the theme has looks by the language
 * of a fence. */
export function withOutputs(rendered) {
  const { html, css } = rendered
  const isStyled = css.includes(ATTRIBUTE) || css.includes('language-pytb')
  if (!html.includes(`<pre ${ATTRIBUTE}=`)) return rendered
  const room = html.includes('style="--deckwright-rows:') ? ROOM : ''
  return { ...rendered, css: css + (isStyled ? '' : STYLE) + room }
}
