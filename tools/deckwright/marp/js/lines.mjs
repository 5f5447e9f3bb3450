// A Marp plug-in for measuring slides: a comment before each block with its line, `<!--line 12-->`.
//
// A comment changes no layout and no selector, and any kind of block can have one before it: fences, raw HTML
// and formulas too, whose attributes the renderer drops. Lines count from 1 in the whole deck.

const NUMBER = 'deckwright_line'

function numbered(token, Token) {
  const number = new Token(NUMBER, '', 0)
  // Hidden, as the renderer breaks no line at hidden tokens: no space appears where there was none.
  return Object.assign(number, { hidden: true, meta: token.map[0] + 1 })
}

const startsBlock = ({ type, nesting, map, hidden }) => map && nesting >= 0 && !hidden && type !== 'inline'

export default function linesPlugin(md) {
  md.core.ruler.push(NUMBER, (state) => {
    if (state.inlineMode) return
    state.tokens = state.tokens.flatMap((token) => (startsBlock(token) ? [numbered(token, state.Token), token] : token))
  })
  md.renderer.rules[NUMBER] = (tokens, index) => `<!--line ${tokens[index].meta}-->`
}
