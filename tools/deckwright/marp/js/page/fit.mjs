// What does not fit: the slide, a box on it, or the column that a formula or a table stands in.

import { beyond, innerBox, isEmpty, shared } from './boxes.mjs'
import { nameOf, sides } from './words.mjs'

// Boxes that only hold others have no name that an author would know.
const FRAMES = 'div, section, article, figure, center, span, marp-span, details, main, aside'

/** Flaws {kind, element, pixels, message} of a slide on which these things are seen. */
export function misfits(slide, things) {
  const edge = { element: slide.section, box: innerBox(slide.section, slide, { padding: false }) }
  const cut = new Map()
  const wide = new Map()
  for (const thing of things) {
    cutOff(thing, edge, cut, wide)
    if (thing.wide) note(wide, thing.wide, thing.wide, beyondColumn(thing, slide))
  }
  return [
    ...[...cut].flatMap(([frame, found]) =>
      frame === slide.section ? flaws('overflow', found, OVERFLOW) : flaws('clipped', found, CLIPPED),
    ),
    ...[...wide.values()].flatMap((found) => flaws('too-wide', found, TOO_WIDE)),
  ]
}

const OVERFLOW = (name, where) => `${name} does not fit on the slide: ${where} are cut off`
const CLIPPED = (name, where) => `${name} does not fit in its box: ${where} are cut off`
const TOO_WIDE = (name, where) => `${name} is too wide for its place, by ${where}`

/** Note for a frame how far something reaches beyond it, and on each side the first element that does. */
function note(frames, frame, element, amounts) {
  const found = frames.get(frame) ?? {}
  for (const [side, pixels] of Object.entries(amounts)) {
    found[side] = { element: found[side]?.element ?? element, pixels: Math.max(found[side]?.pixels ?? 0, pixels) }
  }
  if (Object.keys(found).length) frames.set(frame, found)
}

/** One flaw for each element, whatever the sides at which it reaches out. */
function flaws(kind, found, say) {
  return [...new Set(Object.values(found).map(({ element }) => element))].map((element) => {
    const its = Object.entries(found).filter(([, first]) => first.element === element)
    const amounts = Object.fromEntries(its.map(([side, { pixels }]) => [side, pixels]))
    return { kind, element, pixels: Math.max(...Object.values(amounts)), message: say(nameOf(element), sides(amounts)) }
  })
}

/** Cut a thing off by every box around it, the slide last, and note what each cuts. */
function cutOff(thing, edge, cut, wide) {
  let { box } = thing
  for (const { element, box: frame } of [...thing.clips, edge]) {
    const amounts = Object.entries(beyond(box, frame))
    const sideways = ([side]) => thing.wide && (side === 'left' || side === 'right')
    if (thing.wide) note(wide, thing.wide, thing.wide, Object.fromEntries(amounts.filter(sideways)))
    const owner = element.matches(FRAMES) ? outermost(thing.element, element) : element
    note(cut, element, owner, Object.fromEntries(amounts.filter((each) => !sideways(each))))
    box = shared(box, frame)
    if (isEmpty(box)) return
  }
}

/** The outermost element that an author would name. */
export function outermost(element, section) {
  const path = []
  for (let at = element; at && at !== section; at = at.parentElement) path.unshift(at)
  return path.find((each) => !each.matches(FRAMES)) ?? path[0] ?? section
}

/** How far a formula or a table reaches to the left or right of the block that holds it. */
function beyondColumn({ wide, box }, slide) {
  const flows = (element) => /^(?:inline|contents)$/.test(getComputedStyle(element).display)
  let holder = wide.parentElement
  while (holder !== slide.section && flows(holder)) holder = holder.parentElement
  if (holder.closest('table')) return {}
  const { left, right } = beyond(box, innerBox(holder, slide, { padding: true }))
  return { ...(left && { left }), ...(right && { right }) }
}
