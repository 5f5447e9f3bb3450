// Boxes, in pixels of a slide from its top left corner.

/** Differences up to this many pixels are ignored: nobody sees them, and browsers round. */
export const TOLERATED = 2

const SIDES = ['left', 'right', 'top', 'bottom']

/** A rectangle of the page as a box of the slide. */
export function boxOf({ left, right, top, bottom }, { svg, scale }) {
  const { e, f } = svg.getScreenCTM() // a page that is wider than the slide has room beside it
  return { left: (left - e) / scale, right: (right - e) / scale, top: (top - f) / scale, bottom: (bottom - f) / scale }
}

/** The box inside the borders of an element, or inside its padding, too. */
export function innerBox(element, slide, { padding }) {
  const outer = boxOf(element.getBoundingClientRect(), slide)
  const style = getComputedStyle(element)
  const scale = scaleOf(element) / slide.scale
  const length = (name) => Number.parseFloat(style[name]) || 0
  const off = (side) => scale * (length(`border-${side}-width`) + (padding ? length(`padding-${side}`) : 0))
  return {
    left: outer.left + off('left'),
    right: outer.right - off('right'),
    top: outer.top + off('top'),
    bottom: outer.bottom - off('bottom'),
  }
}

/** How many pixels of the page are a pixel of an element's style: Marp scales code, authors transform. */
function scaleOf(element) {
  // Widths are whole pixels, which is too coarse for small elements. Those of lines do not fit their rectangle.
  const isBox = element.offsetWidth >= 100 && getComputedStyle(element).display !== 'inline'
  if (isBox) return element.getBoundingClientRect().width / element.offsetWidth
  return element.parentElement ? contentScaleOf(element.parentElement) : 1
}

/** The same for the content of an element: Marp scales that of `<pre>` and of fitted headings. */
export function contentScaleOf(element) {
  const scaling = element.shadowRoot?.querySelector('marp-auto-scaling')
  const scaled = scaling?.shadowRoot.querySelector('[data-marp-auto-scaling-container]')
  return scaled?.offsetWidth ? scaled.getBoundingClientRect().width / scaled.offsetWidth : scaleOf(element)
}

/** By how many pixels a box exceeds a frame, for each side on which it does. */
export function beyond(box, frame) {
  const outward = { left: -1, right: 1, top: -1, bottom: 1 }
  const amounts = SIDES.map((side) => [side, outward[side] * (box[side] - frame[side])])
  return Object.fromEntries(amounts.filter(([, pixels]) => pixels > TOLERATED))
}

/** The intersection of two boxes; it may have a negative size, for which there is `isEmpty`. */
export const intersection = (a, b) => ({
  left: Math.max(a.left, b.left),
  right: Math.min(a.right, b.right),
  top: Math.max(a.top, b.top),
  bottom: Math.min(a.bottom, b.bottom),
})

/** The smallest box around two boxes. */
export const union = (a, b) => ({
  left: Math.min(a.left, b.left),
  right: Math.max(a.right, b.right),
  top: Math.min(a.top, b.top),
  bottom: Math.max(a.bottom, b.bottom),
})

export const isEmpty = ({ left, right, top, bottom }) => right <= left || bottom <= top
