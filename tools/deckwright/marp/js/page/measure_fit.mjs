// Measures what does not fit: for a build on the page that it prints, for a live page on the slide in view.

import { boxOf } from './boxes.mjs'
import { misfits } from './fit.mjs'
import { nameOf, startOf } from './phrases.mjs'
import { linesOf, slidesOf } from './slides.mjs'
import { visibleItems } from './visible.mjs'

/** What stands for a formula that cannot be read: it is reported where it is written, and nothing here comes of it. */
const BROKEN = '.katex-error, [data-mml-node="merror"]'

/** Return what does not fit, [{kind, slide, line, message, text, pixels, boxes}], in the order of the slides.
 *
 * `isWanted` returns whether a slide, {number, svg, section, ...}, is measured.
 */
export function measureFit(isWanted = () => true) {
  const lines = linesOf(document)
  const fit = (slide) => (hasBroken(slide) ? [] : misfits(slide, visibleItems(slide)))
  return slidesOf(document)
    .filter(isWanted)
    .flatMap((slide) => fit(slide).map((each) => placed(each, slide, lines)))
}

export const hasBroken = ({ section }) => section.querySelector(BROKEN) !== null
export const isBroken = (element) => (element.closest(BROKEN) ?? element.querySelector(BROKEN)) !== null

/** A diagnostic with the place of its element, which it names, in place of the element. */
export const placed = ({ element, elements = [element], box, ...diagnostic }, slide, lines) => ({
  ...diagnostic,
  element: nameOf(element).replace('the ', ''),
  slide: slide.number,
  line: lines.get(element) ?? 0,
  text: startOf(element),
  boxes: box ? [box] : elements.map((each) => boxOf(each.getBoundingClientRect(), slide)),
})
