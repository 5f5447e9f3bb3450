// Runs in the page: colours for the texts of a drawing, as those of the libraries may be hard to read.

import { channels, contrast, hex, luminance } from './colours.mjs'

/** More than a check asks for: small letters look paler than they are. */
const LEAST = 5

const SHAPES = 'path, rect, circle, ellipse, polygon, polyline'
const UNPAINTED = 'defs, marker, symbol, clipPath'

/** What is thinner than this is a line, and nothing on which text stands. */
const THINNEST = 8

const COLOUR = /^(?:rgb|color)/
const [BLACK, WHITE] = [[0, 0, 0, 1], [255, 255, 255, 1]]

/** Give each text a colour that can be read on what is behind it, but for those whose colour the author chose. */
export function makeLegible(svg, { ink, paper }, isChosen) {
  const shapes = [...svg.querySelectorAll(SHAPES)].filter((each) => !each.closest(UNPAINTED)).map((each) => paintOf(each, svg))
  for (const element of [...svg.querySelectorAll('text, tspan')].filter(hasLetters)) {
    const { fill, fillOpacity } = getComputedStyle(element)
    if (!COLOUR.test(fill) || isChosen(element)) continue
    const isUnder = (shape) => shape.element.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING
    const [under, above] = [shapes.filter(isUnder), shapes.filter((shape) => !isUnder(shape))]
    const points = pointsOn(element).map((point) => ({ ground: paintedAt(point, under, paper), point }))
    const alpha = opacityOf(element, svg) * Number(fillOpacity)
    const contrastAt = (colour, { ground, point }) => {
      const seen = [over(faded(colour, alpha), ground), ground].map((each) => luminance(paintedAt(point, above, each)))
      return contrast(...seen)
    }
    const legibility = (colour) => points.reduce((sum, each) => sum + Math.min(LEAST, contrastAt(colour, each)), 0)
    const [own, ...others] = [channels(fill), ink, paper, BLACK, WHITE]
    const best = others.reduce((first, colour) => (legibility(colour) > legibility(first) ? colour : first), own)
    if (best === own) continue
    element.removeAttribute('fill')
    element.style.setProperty('fill', hex(best), 'important')
  }
}

const hasLetters = (element) =>
  [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()) && element.getNumberOfChars() > 0

/** A shape with the colours of its area and of its outline. */
function paintOf(element, svg) {
  const style = getComputedStyle(element)
  const opacity = opacityOf(element, svg)
  const colour = (paint, share) => (COLOUR.test(paint) ? faded(channels(paint), Number(share) * opacity) : undefined)
  const isLine = Number.parseFloat(style.strokeWidth) < THINNEST
  const toShape = element.getScreenCTM()?.inverse()
  const stroke = isLine ? undefined : colour(style.stroke, style.strokeOpacity)
  return { element, toShape, fill: colour(style.fill, style.fillOpacity), stroke }
}

const opacityOf = (element, svg) =>
  Number(getComputedStyle(element).opacity) * (element === svg ? 1 : opacityOf(element.parentElement, svg))

const faded = ([red, green, blue, alpha], share) => [red, green, blue, alpha * share]

/** Points in the letters of a text, which may be turned, in the window. */
function pointsOn(element) {
  const last = element.getNumberOfChars() - 1
  const numbers = new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * last)))
  return [...numbers].map((number) => {
    const { x, y, width, height } = element.getExtentOfChar(number)
    return new DOMPoint(x + width / 2, y + height / 2).matrixTransform(element.getScreenCTM())
  })
}

/** The colour that shapes, in order, give to a point. */
function paintedAt(point, shapes, ground) {
  return shapes.reduce((under, { element, toShape, fill, stroke }) => {
    const at = toShape && point.matrixTransform(toShape)
    const filled = at && fill && element.isPointInFill(at) ? over(fill, under) : under
    return at && stroke && element.isPointInStroke(at) ? over(stroke, filled) : filled
  }, ground)
}

const over = (colour, ground) => [...[0, 1, 2].map((at) => colour[at] * colour[3] + ground[at] * (1 - colour[3])), 1]
