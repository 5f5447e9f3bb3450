// Marks places on a slide, each with a frame and a label. The slide itself is not changed.

// Visible on any background: a frame between two white ones.
const COLOUR = '#d6006c'
const FRAME = `box-sizing:border-box;border:3px solid ${COLOUR};outline:2px solid #fff;box-shadow:inset 0 0 0 2px #fff`
const LABEL = `padding:1px 7px 2px;background:${COLOUR};color:#fff;outline:2px solid #fff;font:bold 17px/1.3 sans-serif`
const NARROWEST = 12
const MARGIN = 6
const LABEL_HEIGHT = 28

/** Lay marks over the slide of this number, and bring it into view. Marks of another slide are removed. */
export function mark(number, diagnostics) {
  document.querySelector('[data-deckwright-marks]')?.remove()
  const svg = document.querySelectorAll('svg[data-marpit-svg]')[number - 1]
  const { left, top, width, height } = svg.getBoundingClientRect()
  const size = { width, height }
  const scale = width / svg.viewBox.baseVal.width
  const layer = document.body.appendChild(document.createElement('div'))
  layer.dataset.deckwrightMarks = ''
  const place = at({ left: left + scrollX, top: top + scrollY, ...size })
  layer.style.cssText = `all:initial;z-index:9999;overflow:hidden;${place}`
  for (const [place, kinds] of placesOf(diagnostics, size, scale)) layer.append(...marked(JSON.parse(place), kinds, size))
  svg.scrollIntoView({ block: 'start', inline: 'start', behavior: 'instant' })
}

const at = (lengths) =>
  `position:absolute;${Object.entries(lengths).map(([name, pixels]) => `${name}:${pixels}px`).join(';')}`

/** The places to mark, and the kinds of diagnostics there; of several places of a diagnostic the first has its kind. */
function placesOf(diagnostics, size, scale) {
  const places = new Map()
  for (const { kind, boxes } of diagnostics) {
    boxes.forEach((box, index) => {
      const place = JSON.stringify(within(box, size, scale))
      places.set(place, new Set([...(places.get(place) ?? []), ...(index === 0 ? [kind] : [])]))
    })
  }
  return places
}

/** The part of a box that is on the slide; of a box outside, a strip at the edge. */
function within(box, { width, height }, scale) {
  const [left, right] = span(box.left * scale, box.right * scale, width)
  const [top, bottom] = span(box.top * scale, box.bottom * scale, height)
  return { left, top, width: right - left, height: bottom - top }
}

function span(start, end, length) {
  const first = Math.round(Math.min(Math.max(start - MARGIN, 0), length - NARROWEST))
  return [first, Math.round(Math.max(Math.min(end + MARGIN, length), first + NARROWEST))]
}

function marked({ left, top, width, height }, kinds, slide) {
  const [frame, label] = [document.createElement('div'), document.createElement('div')]
  frame.style.cssText = `${FRAME};${at({ left, top, width, height })}`
  if (!kinds.size) return [frame]
  const across = left > slide.width / 2 ? { right: slide.width - left - width } : { left }
  const along = top >= LABEL_HEIGHT ? { bottom: slide.height - top } : { top }
  label.style.cssText = `${LABEL};white-space:nowrap;${at({ ...across, ...along })}`
  label.textContent = [...kinds].join(', ')
  return [frame, label]
}
