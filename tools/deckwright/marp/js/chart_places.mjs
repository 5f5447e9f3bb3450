// A Marp plug-in: an element around each text that names a chart, `<div data-deckwright-place="2 17">…</div>`.
//
// The numbers are its place among the charts of the deck and its line. A comment before it names the chart
// (compose/compose.py), which Marp drops; other tools show the text.

const MARK = /^lint ignore deckwright-chart (\d+)$/

/** The plug-in for a deck with so many charts. */
export const chartPlacesPlugin = (count) => (md) => {
  md.core.ruler.after('block', 'deckwright_charts', (state) => {
    for (const [index, { type, content }] of state.tokens.entries()) {
      const number = type === 'marpit_comment' ? Number(content.match(MARK)?.[1] ?? count) : count
      const [open, , close] = state.tokens.slice(index + 1, index + 4)
      if (number >= count || open?.type !== 'paragraph_open' || close?.type !== 'paragraph_close') continue
      open.meta = { ...open.meta, chart: `<div data-deckwright-place="${number} ${open.map[0] + 1}">` }
      close.meta = { ...close.meta, chart: '</div>' }
    }
  })
  const { rules } = md.renderer
  const usual = (name) => rules[name] ?? ((tokens, index, options, env, self) => self.renderToken(tokens, index, options))
  const [opening, closing] = [usual('paragraph_open'), usual('paragraph_close')]
  rules.paragraph_open = (tokens, index, ...rest) => (tokens[index].meta?.chart ?? '') + opening(tokens, index, ...rest)
  rules.paragraph_close = (tokens, index, ...rest) => closing(tokens, index, ...rest) + (tokens[index].meta?.chart ?? '')
}
