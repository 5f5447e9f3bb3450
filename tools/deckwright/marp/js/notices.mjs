// What Marp does with a deck that its author may not want, with the text in question and its line.

const BAR = /^marpit_(?:header|footer)_(?:open|close)$/
const SOURCES = 'deckwright_sources'

/** A board for notices {kind, message, text, line}; its plug-in knows where the texts of a deck stand. */
export function noticeBoard() {
  const notices = new Map()
  const lines = new WeakMap()
  return {
    /** Note what is wrong with the `text` of a token; its line is 0 in headers and footers. */
    note(kind, message, text, token) {
      const line = token.map ? token.map[0] + 1 : (lines.get(token) ?? 0)
      const notice = { kind, message, text, line }
      notices.set(JSON.stringify(notice), notice)
    },
    /** Return all notices, each once, and forget them. */
    take() {
      const all = [...notices.values()]
      notices.clear()
      return all
    },
    plugin(md) {
      md.core.ruler.push(SOURCES, ({ tokens, inlineMode }) => {
        if (inlineMode) return
        let inBar = false // what is in a header or footer counts lines from its own beginning
        let line = 0 // cells of tables have none of their own
        for (const { type, map, children } of tokens) {
          if (BAR.test(type)) inBar = type.endsWith('open')
          else if (!inBar) {
            line = map ? map[0] + 1 : line
            for (const child of children ?? []) lines.set(child, line)
          }
        }
      })
    },
  }
}
