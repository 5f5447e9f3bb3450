// A Marp plug-in: comments around each fence that is to be drawn, `<!--diagram 2 17-->…<!--/diagram-->`.
//
// The numbers are its place among the diagrams of the deck and the line of its opening. What cannot be drawn stays
// the code that it is.

const keyOf = (info, body) => JSON.stringify([info.trim(), body])

/** The plug-in for `diagrams` ({info, body}): fences of a deck as it is written. What scripts printed is none of them. */
export const diagramsPlugin = (diagrams) => (md) => {
  const numbers = new Map(diagrams.map(({ info, body }, number) => [keyOf(info, body), number]))
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content, map } = tokens[index]
    const number = numbers.get(keyOf(info, content))
    const code = fence(tokens, index, ...rest)
    return number === undefined ? code : `<!--diagram ${number} ${map[0] + 1}-->${code}<!--/diagram-->`
  }
}
