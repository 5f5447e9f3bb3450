// Runs in the page: the colours and fonts of a slide, for what is drawn on it.

import { channels, hex } from './colours.mjs'

/** A colour between two: so much of the first. */
export const mixed = (part, first, second) => hex(first.map((n, index) => n * part + second[index] * (1 - part)))

export const isLight = ([red, green, blue]) => 0.299 * red + 0.587 * green + 0.114 * blue > 128

function paperOf(element) {
  for (let each = element; each; each = each.parentElement) {
    const colour = channels(getComputedStyle(each).backgroundColor)
    if (colour[3] > 0.98) return colour
  }
  return [255, 255, 255, 1]
}

function linkColour(section) {
  const link = section.appendChild(Object.assign(document.createElement('a'), { href: '#', textContent: 'a' }))
  const { color } = getComputedStyle(link)
  link.remove()
  return channels(color)
}

/** Colours and font of the text around an element; the characters in that are loaded. */
export async function lookOf(element) {
  const section = element.closest('section')
  const style = getComputedStyle(element.parentElement)
  const font = style.fontFamily
  // The page loads a font when a text needs it: too late for measuring.
  const weights = [400, 500, 600, 700].map((weight) => document.fonts.load(`${weight} 16px ${font}`, `a${element.textContent}`))
  await Promise.all(weights)
  const [ink, paper, accent] = [channels(style.color), paperOf(element.parentElement), linkColour(section)]
  return { section, font, pixels: Number.parseFloat(style.fontSize), ink, paper, accent }
}
