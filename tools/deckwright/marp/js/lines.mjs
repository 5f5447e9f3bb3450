// A Marp plug-in for measuring slides: a comment before each block with its line, `<!--\u0000line 12-->`. No deck can
// have such a comment, as Markdown has no character 0.
//
// A comment changes no layout and no selector, and any kind of block can have one before it: fences, raw HTML
// and formulas too, whose attributes the renderer drops. Lines count from 1 in the whole deck.

const COMMENT = /<!--\u0000line \d+-->/g

const startsBlock = ({ type, nesting, map, hidden }) => map && nesting >= 0 && !hidden && type !== 'inline'

const lineOf = (token) => (startsBlock(token) ? `<!--\u0000line ${token.map[0] + 1}-->` : '')

export default function linesPlugin(md) {
  const { renderer } = md
  const one = (tokens, index, options, env) => {
    const { type, children } = tokens[index]
    if (type === 'inline') return renderer.renderInline(children, options, env)
    return renderer.rules[type]?.(tokens, index, options, env, renderer) ?? renderer.renderToken(tokens, index, options)
  }
  // As the renderer does it: a token in between would break lines where there are none.
  renderer.render = (tokens, ...rest) => tokens.map((token, index) => lineOf(token) + one(tokens, index, ...rest)).join('')
}

/** What Marp rendered, without the comments. */
export const withoutLines = ({ html, ...rendered }) => ({ ...rendered, html: html.replace(COMMENT, '') })
