// Decks of which only some slides are shown. The others are read, as directives and definitions reach further than their
// slide; but what they say is not set, highlighted or drawn.

const TEXTS = new Set(['code_block', 'fence', 'html_block', 'inline', 'marp_math_block'])
const FORMULAS = new Set(['marp_math_block', 'marp_math_inline'])

/** A command in a formula that says what later ones mean: it makes a command, a label or a colour, or sets an option. */
const DEFINES =
  /\\(?:[a-z]*(?:def|let|command|environment|tagform)|Declare[a-z]+|definecolor|global|label|mathtoolsset|require|set[a-z]+|tag|unicode)(?![a-z])/i

const definitionsIn = (token) =>
  [token, ...(token.children ?? [])].filter(({ type, content }) => FORMULAS.has(type) && DEFINES.test(content))

/** A plug-in that leaves the texts of slides out, but for those whose numbers are `shown`, counted from 0; null for all. */
export const shownPlugin = (shown) => (md) => {
  if (!shown) return
  md.core.ruler.push('deckwright_shown', (state) => {
    if (state.inlineMode) return
    let slide = -1
    state.tokens = state.tokens.flatMap((token) => {
      if (token.meta?.marpitSlideElement === 1) slide += 1
      return shown.includes(slide) || !TEXTS.has(token.type) ? [token] : definitionsIn(token)
    })
  })
}
