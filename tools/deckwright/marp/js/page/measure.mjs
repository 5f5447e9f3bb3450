// Measures all slides of the page: what does not fit, and what else readers would have trouble with.

import { inaccessible } from './access.mjs'
import { boxOf } from './boxes.mjs'
import { paleTexts } from './contrast.mjs'
import { covered } from './covered.mjs'
import { misfits } from './fit.mjs'
import { illegible } from './legible.mjs'
import { linesOf, slidesOf } from './slides.mjs'
import { visibleItems } from './visible.mjs'
import { startOf } from './phrases.mjs'

/** Return what does not fit, [{kind, slide, line, message, text, pixels, boxes}], in the order of the slides. */
export function measureFit() {
  const lines = linesOf(document)
  return slidesOf(document).flatMap((slide) => misfits(slide, visibleItems(slide)).map((each) => placed(each, slide, lines)))
}

/** Return that and everything else, in the same form; `shoot` takes a picture of what is in view, in base64. */
export async function measure(axe, shoot) {
  const slides = slidesOf(document)
  const lines = linesOf(document)
  const measured = []
  for (const slide of slides) measured.push(await diagnosticsOf(slide, shoot)) // one at a time is in view
  const access = await inaccessible(axe, document, slides)
  const here = ({ section }) => access.filter(({ element }) => section.contains(element))
  return slides.flatMap((slide, index) => [...measured[index], ...here(slide)].map((diagnostic) => placed(diagnostic, slide, lines)))
}

const placed = ({ element, elements = [element], box, ...diagnostic }, slide, lines) => ({
  ...diagnostic,
  slide: slide.number,
  line: lines.get(element) ?? 0,
  text: startOf(element),
  boxes: box ? [box] : elements.map((each) => boxOf(each.getBoundingClientRect(), slide)),
})

async function diagnosticsOf(slide, shoot) {
  const items = visibleItems(slide)
  const tooLarge = misfits(slide, items)
  // An item that does not fit overlaps other text, or the footer, only for that reason.
  const outside = tooLarge.filter(({ kind }) => kind !== 'clipped').map(({ element }) => element)
  const inside = items.filter(({ element }) => !outside.some((each) => each.contains(element)))
  return [...tooLarge, ...covered(slide, inside), ...(await illegible(slide, items)), ...(await paleTexts(slide, items, shoot))]
}
