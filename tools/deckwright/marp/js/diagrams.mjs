// A Marp plug-in: comments around each fence that is to be drawn, `<!--diagram 2-->…<!--/diagram-->`.
//
// The number is its place among the diagrams of the deck. What cannot be drawn stays the code that it is.

/** The plug-in for `diagrams` ({line}), known by the lines in which their fences open. */
export const diagramsPlugin = (diagrams) => (md) => {
  const numbers = new Map(diagrams.map(({ line }, number) => [line, number]))
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const number = numbers.get(tokens[index].map[0] + 1)
    const code = fence(tokens, index, ...rest)
    return number === undefined ? code : `<!--diagram ${number}-->${code}<!--/diagram-->`
  }
}
