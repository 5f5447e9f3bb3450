// What does not fit: the slide, a box on it, or the column that a formula or a table stands in.

import { SIDES, beyond, innerBox, isEmpty, shared } from './boxes.mjs'
import { nameOf, sides } from './words.mjs'

// Boxes that only hold others have no name that an author would know.
const FRAMES = 'div, section, article, figure, center, span, details, main, aside'

/** Flaws {kind, element, pixels, message} of a slide on which these things are seen. */
export function misfits(slide, things) {
  const wide = new Amounts()
  const cut = new Amounts()
  const out = {}
  for (const thing of things) {
    const visible = cutOff(thing, wide, cut)
    if (!visible) continue
    const over = beyond(visible, innerBox(slide.section, slide, { padding: false }))
    for (const side of SIDES.filter((side) => over[side])) {
      if (isWide(thing, side)) wide.add(thing.wide, { [side]: over[side] })
      else out[side] = { element: out[side]?.element ?? outermost(thing.element, slide.section), pixels: Math.max(out[side]?.pixels ?? 0, over[side]) }
    }
  }
  const beyondSlide = new Amounts()
  for (const [side, { element, pixels }] of Object.entries(out)) beyondSlide.add(element, { [side]: pixels })
  for (const thing of things) if (thing.wide) wide.add(thing.wide, beyondColumn(thing, slide))
  return [
    ...beyondSlide.flaws('overflow', (element, amounts) => `${nameOf(element)} does not fit: ${sides(amounts)} of the slide are cut off`),
    ...cut.flaws('clipped', (element, amounts) => `${nameOf(element)} does not fit its box: ${sides(amounts)} are cut off`),
    ...wide.flaws('too-wide', (element, amounts) => `${nameOf(element)} is too wide for its place: by ${sides(amounts)}`),
  ]
}

/** By how many pixels each element is too large, at each side. */
class Amounts {
  #of = new Map()

  add(element, amounts) {
    const before = this.#of.get(element) ?? {}
    for (const [side, pixels] of Object.entries(amounts)) before[side] = Math.max(before[side] ?? 0, pixels)
    if (Object.keys(before).length) this.#of.set(element, before)
  }

  flaws(kind, say) {
    return [...this.#of].map(([element, amounts]) => ({
      kind,
      element,
      pixels: Math.max(...Object.values(amounts)),
      message: say(element, amounts),
    }))
  }
}

const isWide = ({ wide }, side) => wide !== undefined && (side === 'left' || side === 'right')

/** What is left of a thing after all boxes around it have cut it; nothing, perhaps. */
function cutOff(thing, wide, cut) {
  let { box } = thing
  for (const clip of thing.clips) {
    for (const [side, pixels] of Object.entries(beyond(box, clip.box))) {
      if (isWide(thing, side)) wide.add(thing.wide, { [side]: pixels })
      else cut.add(clip.element, { [side]: pixels })
    }
    box = shared(box, clip.box)
    if (isEmpty(box)) return undefined
  }
  return box
}

/** The outermost element that an author would name. */
export function outermost(element, section) {
  const path = []
  for (let at = element; at && at !== section; at = at.parentElement) path.unshift(at)
  return path.find((each) => !each.matches(FRAMES)) ?? path[0] ?? section
}

/** How far a formula or a table reaches to the left or right of the block that holds it. */
function beyondColumn({ wide, box }, slide) {
  let holder = wide.parentElement
  while (holder !== slide.section && /^(?:inline|contents)$/.test(getComputedStyle(holder).display)) holder = holder.parentElement
  if (holder.closest('table')) return {}
  const { left, right } = beyond(box, innerBox(holder, slide, { padding: true }))
  return { ...(left && { left }), ...(right && { right }) }
}
