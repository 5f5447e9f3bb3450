// A Marp plug-in: what a slide says of a smoke run is in its upper right corner, in front of all else, and takes no room.
//
// A comment before the text says what it is (compose/smoke.py), which Marp drops; other tools show a paragraph.

const COMMENT = 'lint ignore deckwright-smoke'
const ATTRIBUTE = 'data-deckwright-mark'

/** The plug-in. */
export default function marksPlugin(md) {
  md.core.ruler.after('block', 'deckwright_marks', ({ tokens }) => {
    for (const [index, { type, content }] of tokens.entries()) {
      const next = tokens[index + 1]
      if (type === 'marpit_comment' && content === COMMENT && next?.type === 'paragraph_open') next.attrSet(ATTRIBUTE, '')
    }
  })
}

// Whatever the theme does to paragraphs, it is the same on every slide.
const STYLE = `
div#\\:\\$p > svg > foreignObject > section > p[${ATTRIBUTE}] {
  all: initial; position: absolute; z-index: 1; top: 0; right: 0; max-width: 60%; padding: 3px 12px 4px;
  border-radius: 0 0 0 8px; background: #92400e; color: #fff; font: italic 16px/1.3 sans-serif; overflow-wrap: anywhere; pointer-events: none;
}
div#\\:\\$p > svg > foreignObject > section > p[${ATTRIBUTE}] * { all: unset; }`

/** What Marp rendered, with the look of the marks. */
export const withMarks = (rendered) =>
  rendered.html.includes(ATTRIBUTE) ? { ...rendered, css: rendered.css + STYLE } : rendered
