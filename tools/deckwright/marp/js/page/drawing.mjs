// Sizes of the text in an SVG picture.

const read = new Map()

/** matplotlib draws glyphs as if letters had this size, and scales them. */
const GLYPH_EM = 100
const GLYPHS = '[id^="text_"] > g:has(> use)'
const OF_MATPLOTLIB = 'id="figure_1"'

const LETTERS = /[\p{L}\p{N}]/u

/** The texts of a picture, each with its size in pixels at the picture's natural size: [{text, pixels}].
 *
 * Undefined if it is not an SVG or has no text. An empty list if glyphs are drawn as paths: there is text, but of
 * unknown size.
 */
export function textSizes(address) {
  if (!read.has(address)) read.set(address, sizesAt(address).catch(() => undefined))
  return read.get(address)
}

async function sizesAt(address) {
  const response = await fetch(address)
  if (!response.headers.get('content-type')?.startsWith('image/svg')) return undefined
  const source = await response.text()
  if (source.includes('<text') || source.includes(OF_MATPLOTLIB)) return sizes(source)
  return source.includes('<use') ? [] : undefined
}

/** Measure in a shadow tree, which keeps the styles of picture and page apart. */
function sizes(source) {
  const host = document.body.appendChild(document.createElement('div'))
  host.style.cssText = 'all:initial;position:absolute;visibility:hidden'
  try {
    const root = host.attachShadow({ mode: 'open' })
    root.append(document.importNode(new DOMParser().parseFromString(source, 'image/svg+xml').documentElement, true))
    const texts = [...root.querySelectorAll('text')].map(textOf)
    const glyphs = source.includes(OF_MATPLOTLIB) ? [...root.querySelectorAll(GLYPHS)].map(glyphsOf) : []
    return [...texts, ...glyphs].filter(({ text }) => LETTERS.test(text))
  } finally {
    host.remove()
  }
}

const scaleOf = (element) => {
  const { a, b } = element.getScreenCTM()
  return Math.hypot(a, b)
}

const textOf = (element) => ({
  text: element.textContent.trim(),
  pixels: Number.parseFloat(getComputedStyle(element).fontSize) * scaleOf(element),
})

/** A text that matplotlib has drawn as paths: a comment says what it is. */
function glyphsOf(element) {
  const comment = [...element.parentNode.childNodes].find(({ nodeType }) => nodeType === Node.COMMENT_NODE)
  return { text: (comment?.data ?? 'text').trim(), pixels: GLYPH_EM * scaleOf(element) }
}
