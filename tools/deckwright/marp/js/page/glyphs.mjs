// Letters that no font of the slides has: on a computer without one, boxes stand in their place.

const BLOCKS =
  'p, li, h1, h2, h3, h4, h5, h6, pre, marp-pre, td, th, dt, dd, blockquote, figcaption, caption, header, footer, svg'

/** Diagnostics {kind, element, pixels, message} of the blocks that show some of these letters; the message has them. */
export function missingGlyphs(items, letters) {
  const missing = new Set(letters)
  const blocks = new Map()
  for (const item of missing.size ? items : []) {
    const found = [...shownBy(item)].filter((letter) => missing.has(letter))
    const block = item.element.closest(BLOCKS) ?? item.element
    if (found.length) blocks.set(block, (blocks.get(block) ?? new Set()).union(new Set(found)))
  }
  return [...blocks].map(([element, found]) => ({ kind: 'missing-glyph', element, pixels: 0, message: [...found].join('') }))
}

/** The text of an item, composed as fonts draw it. */
function shownBy({ kind, element, node }) {
  const texts = kind === 'formula' ? [...element.querySelectorAll('.katex-html, svg text')] : [node]
  return texts.map((each) => each?.textContent ?? '').join('').normalize('NFC')
}
