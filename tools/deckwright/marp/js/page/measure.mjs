// Measures all slides of the page: what does not fit, and what else readers would have trouble with.

import { inaccessible } from './access.mjs'
import { boxOf } from './boxes.mjs'
import { judgedTexts, lowContrast } from './contrast.mjs'
import { covered } from './covered.mjs'
import { misfits } from './fit.mjs'
import { missingGlyphs } from './glyphs.mjs'
import { illegible } from './legible.mjs'
import { linesOf, slidesOf } from './slides.mjs'
import { visibleItems } from './visible.mjs'
import { nameOf, startOf } from './phrases.mjs'

/** What stands for a formula that cannot be read: it is reported where it is written, and nothing here comes of it. */
const BROKEN = '.katex-error, [data-mml-node="merror"]'

/** Return what does not fit, [{kind, slide, line, message, text, pixels, boxes}], in the order of the slides. */
export function measureFit() {
  const lines = linesOf(document)
  const fit = (slide) => (hasBroken(slide) ? [] : misfits(slide, visibleItems(slide)))
  return slidesOf(document).flatMap((slide) => fit(slide).map((each) => placed(each, slide, lines)))
}

/** Return that and everything else, in the same form.
 *
 * `shoot` takes a picture of what is in view, in base64; `letters` are those that no font has.
 */
export async function measure(axe, shoot, letters) {
  const slides = slidesOf(document)
  const lines = linesOf(document)
  const measured = []
  const texts = []
  for (const slide of slides) {
    const items = visibleItems(slide)
    measured.push(await diagnosticsOf(slide, items, letters))
    texts.push(...(await judgedTexts(slide, items, shoot))) // one slide at a time is in view
  }
  const others = [...lowContrast(texts, document), ...(await inaccessible(axe, document, slides))]
  const here = ({ section }) => others.filter(({ element }) => section.contains(element) && !isBroken(element))
  return slides.flatMap((slide, index) => [...measured[index], ...here(slide)].map((diagnostic) => placed(diagnostic, slide, lines)))
}

const hasBroken = ({ section }) => section.querySelector(BROKEN) !== null
const isBroken = (element) => (element.closest(BROKEN) ?? element.querySelector(BROKEN)) !== null

const placed = ({ element, elements = [element], box, ...diagnostic }, slide, lines) => ({
  ...diagnostic,
  element: nameOf(element).replace('the ', ''),
  slide: slide.number,
  line: lines.get(element) ?? 0,
  text: startOf(element),
  boxes: box ? [box] : elements.map((each) => boxOf(each.getBoundingClientRect(), slide)),
})

async function diagnosticsOf(slide, items, letters) {
  const found = [...(await illegible(slide, items)), ...missingGlyphs(items, letters)]
  const unread = found.filter(({ element }) => !isBroken(element))
  if (hasBroken(slide)) return unread
  const tooLarge = misfits(slide, items)
  // An item that does not fit overlaps other text, or the footer, only for that reason.
  const outside = tooLarge.filter(({ kind }) => kind !== 'clipped').map(({ element }) => element)
  const inside = items.filter(({ element }) => !outside.some((each) => each.contains(element)))
  return [...tooLarge, ...covered(slide, inside), ...unread]
}
