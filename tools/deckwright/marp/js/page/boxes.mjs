// Boxes in pixels of a slide, counted from its top left corner.

/** What is off by this much is not off: browsers round. */
export const TOLERATED = 1

export const SIDES = ['left', 'right', 'top', 'bottom']

/** A rectangle of the page as a box of the slide. */
export function boxOf({ left, right, top, bottom }, { svg, scale }) {
  const origin = svg.getBoundingClientRect()
  return {
    left: (left - origin.left) / scale,
    right: (right - origin.left) / scale,
    top: (top - origin.top) / scale,
    bottom: (bottom - origin.top) / scale,
  }
}

/** The box inside the borders of an element, or inside its padding, too. */
export function innerBox(element, slide, { padding }) {
  const outer = boxOf(element.getBoundingClientRect(), slide)
  const style = getComputedStyle(element)
  const scale = scaleOf(element) / slide.scale
  const off = (side) => {
    const pixels = Number.parseFloat(style[`border-${side}-width`]) + (padding ? Number.parseFloat(style[`padding-${side}`]) : 0)
    return (pixels || 0) * scale
  }
  return {
    left: outer.left + off('left'),
    right: outer.right - off('right'),
    top: outer.top + off('top'),
    bottom: outer.bottom - off('bottom'),
  }
}

/** How many pixels of the page a pixel of this element's style takes: Marp scales code, authors transform. */
export function scaleOf(element) {
  // Widths are whole pixels: those of small elements are too rough.
  if (element.offsetWidth >= 100) return element.getBoundingClientRect().width / element.offsetWidth
  return element.parentElement ? contentScaleOf(element.parentElement) : 1
}

/** The same for what the element holds: Marp scales the contents of `<pre>` and of fitted headings. */
export function contentScaleOf(element) {
  const scaled = element.shadowRoot?.querySelector('[data-marp-auto-scaling-container]')
  return scaled?.offsetWidth ? scaled.getBoundingClientRect().width / scaled.offsetWidth : scaleOf(element)
}

/** By how many pixels a box reaches beyond a frame, on each side where it does. */
export const beyond = (box, frame) =>
  Object.fromEntries(
    SIDES.map((side) => [side, side === 'left' || side === 'top' ? frame[side] - box[side] : box[side] - frame[side]]).filter(
      ([, pixels]) => pixels > TOLERATED,
    ),
  )

/** What two boxes share; a side may come out negative, so ask `isEmpty`. */
export const shared = (a, b) => ({
  left: Math.max(a.left, b.left),
  right: Math.min(a.right, b.right),
  top: Math.max(a.top, b.top),
  bottom: Math.min(a.bottom, b.bottom),
})

export const around = (a, b) => ({
  left: Math.min(a.left, b.left),
  right: Math.max(a.right, b.right),
  top: Math.min(a.top, b.top),
  bottom: Math.max(a.bottom, b.bottom),
})

export const isEmpty = ({ left, right, top, bottom }) => right <= left || bottom <= top
