// Ranges of colours, {low, high}, each channel for itself: between which two colours one is that is not known exactly.

import { contrast, luminance } from './colours.mjs'

export const BLACK = [0, 0, 0]
export const WHITE = [255, 255, 255]

const each = (low, high) => ({ low: BLACK.map((_, at) => low(at)), high: BLACK.map((_, at) => high(at)) })

export const hull = (a, b) => each((at) => Math.min(a.low[at], b.low[at]), (at) => Math.max(a.high[at], b.high[at]))

export const mixed = (part, a, b) =>
  each((at) => part * a.low[at] + (1 - part) * b.low[at], (at) => part * a.high[at] + (1 - part) * b.high[at])

/** A layer {low, high, least, most} over a range; `least` and `most` bound its alpha. */
export const over = (under, layer) => hull(mixed(layer.least, layer, under), mixed(layer.most, layer, under))

/** The same for a layer that may be there or not. */
export const perhaps = (under, layer) => hull(under, over(under, layer))

/** The least and the most contrast of two ranges. */
export function contrasts(a, b) {
  const [lowA, highA, lowB, highB] = [a.low, a.high, b.low, b.high].map(luminance)
  const least = lowA > highB ? contrast(lowA, highB) : lowB > highA ? contrast(lowB, highA) : 1
  return { least, most: Math.max(contrast(highA, lowB), contrast(highB, lowA)) }
}

/** The range of a single colour. */
export const exactly = (colour) => ({ low: colour, high: colour })

export const isExact = ({ low, high }) => low.every((value, at) => Math.abs(value - high[at]) < 1)
