// Measures all slides of the page: what on them a reader would stumble over.

import { inaccessible } from './access.mjs'
import { boxOf } from './boxes.mjs'
import { covered } from './covered.mjs'
import { misfits } from './fit.mjs'
import { illegible } from './legible.mjs'
import { linesOf, slidesOf } from './slides.mjs'
import { thingsOf } from './things.mjs'
import { startOf } from './words.mjs'

/** Return [{kind, slide, line, message, text, pixels, boxes}], in the order of the slides. */
export async function measure(axe) {
  const slides = slidesOf(document)
  const lines = linesOf(document)
  const looked = await Promise.all(slides.map(flawsOf))
  const told = await inaccessible(axe, document, slides)
  const here = ({ section }) => told.filter(({ element }) => section.contains(element))
  return slides.flatMap((slide, index) => [...looked[index], ...here(slide)].map((flaw) => placed(flaw, slide, lines)))
}

const placed = ({ element, elements = [element], box, ...flaw }, slide, lines) => ({
  ...flaw,
  slide: slide.number,
  line: lines.get(element) ?? 0,
  text: startOf(element),
  boxes: box ? [box] : elements.map((each) => boxOf(each.getBoundingClientRect(), slide)),
})

async function flawsOf(slide) {
  const things = thingsOf(slide)
  const tooLarge = misfits(slide, things)
  // What leaves its place passes other text, or the footer, on its way.
  const leaving = tooLarge.filter(({ kind }) => kind !== 'clipped').map(({ element }) => element)
  const staying = things.filter(({ element }) => !leaving.some((each) => each.contains(element)))
  return [...tooLarge, ...covered(slide, staying), ...(await illegible(slide, things))]
}
