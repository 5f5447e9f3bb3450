// A Marp plug-in: what does not exist yet at a step of a flipbook takes its room, and is not seen.
//
// Comments around it say so (compose/blank.py), which Marp drops; other tools show it.

const ELEMENTS = {
  'lint ignore deckwright-hidden': ['deckwright_hidden', '<div style="display:contents;visibility:hidden">'],
  'lint ignore deckwright-shown': ['deckwright_shown', '</div>'],
}

/** The plug-in. */
export default function hiddenPlugin(md) {
  md.core.ruler.after('block', 'deckwright_hidden', ({ tokens }) => {
    for (const token of tokens) {
      if (token.type === 'marpit_comment' && Object.hasOwn(ELEMENTS, token.content)) [token.type] = ELEMENTS[token.content]
    }
  })
  for (const [type, html] of Object.values(ELEMENTS)) md.renderer.rules[type] = () => html
}
