// A PDF of the deck with what was drawn on it.

import { slideInView } from './slides.mjs'
import { filled } from './words.mjs'

/** Let the server write it; `tell` shows what becomes of it. */
export async function savePdf({ post, page }, words, strokes, tell) {
  tell(words.printing)
  try {
    const response = await post('pdf', { page, strokes: strokes.outlines(), width: slideInView().viewBox.baseVal.width })
    const answer = await response.text()
    tell(filled(response.ok ? words.printed : words.failed, answer))
  } catch {
    tell(filled(words.failed, words.lost))
  }
}
