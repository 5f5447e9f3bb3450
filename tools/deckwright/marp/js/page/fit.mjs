// What does not fit on the slide, in a box on it, or in the column of a formula or a table.

import { beyond, innerBox, isEmpty, intersection } from './boxes.mjs'
import { sidesText, titleOf } from './phrases.mjs'

// Boxes that only hold others: an author has no name for them.
const FRAMES = 'div, section, article, figure, center, span, marp-span, details, main, aside'

/** What exceeds a frame by so few pixels is named only if nothing else does by more. */
const SLIGHT = 4

/** Diagnostics {kind, element, pixels, message} of a slide with these visible items. */
export function misfits(slide, items) {
  const edge = { element: slide.section, box: innerBox(slide.section, slide, { padding: false }) }
  const cut = new Map()
  const wide = new Map()
  for (const item of items) {
    cutOff(item, edge, cut, wide)
    if (item.wide) note(wide, item.wide, item.wide, beyondColumn(item, slide))
  }
  return [
    ...[...cut].flatMap(([frame, sides]) =>
      frame === slide.section ? diagnosticsOf('overflow', sides, OVERFLOW) : diagnosticsOf('clipped', sides, CLIPPED),
    ),
    ...[...wide.values()].flatMap((sides) => diagnosticsOf('too-wide', sides, TOO_WIDE)),
  ]
}

const OVERFLOW = (name, where) => `${name} does not fit on the slide: ${where} are cut off`
const CLIPPED = (name, where) => `${name} does not fit in its box: ${where} are cut off`
const TOO_WIDE = (name, where) => `${name} is too wide for its place, by ${where}`

/** Note for each side of a frame which elements exceed it, in their order, and by how much. */
function note(frames, frame, element, amounts) {
  const noted = frames.get(frame) ?? {}
  for (const [side, pixels] of Object.entries(amounts)) {
    noted[side] ??= new Map()
    noted[side].set(element, Math.max(noted[side].get(element) ?? 0, pixels))
  }
  if (Object.keys(noted).length) frames.set(frame, noted)
}

/** One diagnostic per element that is named for a side, for all such sides. */
function diagnosticsOf(kind, noted, say) {
  const named = Object.entries(noted).map(([side, elements]) => [side, ...firstOf([...elements])])
  return [...new Set(named.map(([, element]) => element))].map((element) => {
    const its = named.filter(([, each]) => each === element)
    const amounts = Object.fromEntries(its.map(([side, , pixels]) => [side, pixels]))
    return { kind, element, pixels: Math.max(...Object.values(amounts)), message: say(titleOf(element), sidesText(amounts)) }
  })
}

/** The first of [element, pixels] that a reader would miss something of. */
const firstOf = (elements) => elements.find(([, pixels]) => pixels > SLIGHT) ?? elements[0]

/** Cut an item off at every box around it, the slide last, and note what each cuts off. */
function cutOff(item, edge, cut, wide) {
  let { box } = item
  for (const { element, box: frame, isMeant } of [...item.clips, edge]) {
    const amounts = isMeant ? [] : Object.entries(beyond(box, frame))
    const sideways = ([side]) => item.wide && (side === 'left' || side === 'right')
    if (item.wide) note(wide, item.wide, item.wide, Object.fromEntries(amounts.filter(sideways)))
    note(cut, element, namedFor(item, element), Object.fromEntries(amounts.filter((each) => !sideways(each))))
    box = intersection(box, frame)
    if (isEmpty(box)) return
  }
}

/** The element that a message names for an item that a frame cuts off: a picture, or what holds the text. */
function namedFor(item, frame) {
  if (item.kind === 'picture') return item.element
  return frame.matches(FRAMES) ? outermost(item.element, frame) : frame
}

/** The outermost element that an author has a name for. */
export function outermost(element, section) {
  const path = []
  for (let at = element; at && at !== section; at = at.parentElement) path.unshift(at)
  return path.find((each) => !each.matches(FRAMES)) ?? path[0] ?? section
}

/** By how much a formula or a table exceeds the block that holds it, on the left or right. */
function beyondColumn({ wide, box }, slide) {
  const flows = (element) => /^(?:inline|contents)$/.test(getComputedStyle(element).display)
  let holder = wide.parentElement
  while (holder !== slide.section && flows(holder)) holder = holder.parentElement
  if (holder.closest('table')) return {}
  const { left, right } = beyond(box, innerBox(holder, slide, { padding: true }))
  return { ...(left && { left }), ...(right && { right }) }
}
