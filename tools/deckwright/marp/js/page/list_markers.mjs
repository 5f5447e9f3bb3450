// What stands before an item of a list: a bullet or a number.

import { boxOf, contentScaleOf } from './boxes.mjs'
import { channels, hex } from './colours.mjs'

const BULLETS = { disc: '•', circle: '◦', square: '▪' }

/** The marker of an item: {text, number, left, colour, font}; null for none, undefined for one that only a browser draws. */
export function markerOf(item, slide) {
  const style = getComputedStyle(item)
  const kind = style.listStyleType
  if (style.display !== 'list-item' || (kind === 'none' && style.listStyleImage === 'none')) return null
  const marker = getComputedStyle(item, '::marker')
  const isPlain = style.listStyleImage === 'none' && style.listStylePosition === 'outside' && marker.content === 'normal'
  if (!isPlain || !(kind in BULLETS || kind === 'decimal')) return undefined
  const number = kind === 'decimal' ? numberOf(item) : 0
  const text = number ? `${number}.` : BULLETS[kind]
  const size = Number.parseFloat(marker.fontSize) * contentScaleOf(item) / slide.scale
  const left = boxOf(item.getBoundingClientRect(), slide).left - (number ? widthOf(`${text} `, marker, size) : 1.07 * size)
  return { text, number, left, colour: hex(channels(marker.color)), font: marker.fontFamily }
}

function numberOf(item) {
  const items = [...item.parentElement.children]
  const start = item.parentElement.start ?? 1
  return start + items.indexOf(item)
}

const canvas = new OffscreenCanvas(1, 1).getContext('2d')

function widthOf(text, { fontWeight, fontFamily }, size) {
  canvas.font = `${fontWeight} ${size}px ${fontFamily}`
  return canvas.measureText(text).width
}
