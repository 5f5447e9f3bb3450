// Measures all slides of the page: what does not fit, and what else readers would have trouble with.

import { inaccessible } from './access.mjs'
import { judgedTexts, lowContrast } from './contrast.mjs'
import { covered } from './covered.mjs'
import { misfits } from './fit.mjs'
import { missingGlyphs } from './glyphs.mjs'
import { illegible } from './legible.mjs'
import { hasBroken, isBroken, placed } from './measure_fit.mjs'
import { linesOf, slidesOf } from './slides.mjs'
import { visibleItems } from './visible.mjs'

/** Return what `measureFit` returns, and everything else, in the same form.
 *
 * `shoot` takes a picture of what is in view, in base64; `leastText` is the size of the smallest legible text, and
 * `letters` are those that no font has. `numbers` are those of the slides to measure; none for all.
 * `controls` are the what-if controls of slides, by number.
 */
export async function measure(axe, shoot, { leastText, letters, numbers, controls }) {
  const slides = slidesOf(document).filter(({ number }) => !numbers.length || numbers.includes(number))
  const lines = linesOf(document)
  const measured = []
  const texts = []
  for (const slide of slides) {
    const items = visibleItems(slide)
    measured.push(await diagnosticsOf(slide, items, { leastText, letters, controls: controls[slide.number] }))
    texts.push(...(await judgedTexts(slide, items, shoot))) // one slide at a time is in view
  }
  const others = [...lowContrast(texts, document), ...(await inaccessible(axe, document, slides))]
  const here = ({ section }) => others.filter(({ element }) => section.contains(element) && !isBroken(element))
  return slides.flatMap((slide, index) => [...measured[index], ...here(slide)].map((diagnostic) => placed(diagnostic, slide, lines)))
}

async function diagnosticsOf(slide, items, { leastText, letters, controls }) {
  const found = [...(await illegible(slide, items, leastText)), ...missingGlyphs(items, letters)]
  const unread = found.filter(({ element }) => !isBroken(element))
  if (hasBroken(slide)) return unread
  const tooLarge = misfits(slide, items)
  // An item that does not fit overlaps other text, or the footer, only for that reason.
  const outside = tooLarge.filter(({ kind }) => kind !== 'clipped').map(({ element }) => element)
  const inside = items.filter(({ element }) => !outside.some((each) => each.contains(element)))
  return [...tooLarge, ...covered(slide, inside, controls), ...unread]
}
