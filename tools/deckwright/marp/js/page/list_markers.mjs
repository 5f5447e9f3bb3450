// What stands before an item of a list: a bullet or a number.

import { boxOf, contentScaleOf } from './boxes.mjs'
import { channels, hex } from './colours.mjs'

const BULLETS = { disc: '•', circle: '◦', square: '▪' }

/** The marker of an item: {text, number, left, size, colour, font}; null for none, undefined for one that only a browser draws. */
export function markerOf(item, slide) {
  const style = getComputedStyle(item)
  const kind = style.listStyleType
  if (style.display !== 'list-item' || (kind === 'none' && style.listStyleImage === 'none')) return null
  const marker = getComputedStyle(item, '::marker')
  const isPlain = style.listStyleImage === 'none' && style.listStylePosition === 'outside' && marker.content === 'normal'
  if (!isPlain || !(kind in BULLETS || kind === 'decimal')) return undefined
  const scale = contentScaleOf(item) / slide.scale
  const font = { weight: marker.fontWeight, family: marker.fontFamily, size: Number.parseFloat(marker.fontSize) * scale }
  const end = boxOf(item.getBoundingClientRect(), slide).left
  const look = { colour: hex(channels(marker.color)), font: font.family }
  if (kind !== 'decimal') return { text: BULLETS[kind], number: 0, ...bullet(BULLETS[kind], font, end, scale), ...look }
  const number = numberOf(item)
  const text = `${number}.`
  return { text, number, left: end - metricsOf(`${text} `, font).width, size: 1, ...look }
}

/** Where a letter begins that is as wide as a browser's bullet, and at its place; and how large it is, in parts of the text's size.
 *
 * Browsers draw bullets without a font: half as wide as two thirds of the ascent of the text, and 8 pixels further left.
 */
function bullet(letter, font, end, scale) {
  const { fontBoundingBoxAscent, actualBoundingBoxLeft, actualBoundingBoxRight } = metricsOf(letter, font)
  const part = (fontBoundingBoxAscent * 2) / 3
  if (letter !== BULLETS.disc) return { left: end - part - 8 * scale, size: 1 } // many fonts lack the others
  const size = (part + scale) / 2 / Math.max(1, actualBoundingBoxLeft + actualBoundingBoxRight)
  return { left: end - part - 8 * scale + actualBoundingBoxLeft * size, size }
}

function numberOf(item) {
  const items = [...item.parentElement.children]
  const start = item.parentElement.start ?? 1
  return start + items.indexOf(item)
}

const canvas = new OffscreenCanvas(1, 1).getContext('2d')

function metricsOf(text, { weight, size, family }) {
  canvas.font = `${weight} ${size}px ${family}`
  return canvas.measureText(text)
}
