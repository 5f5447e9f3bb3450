// Sizes of the text in an SVG picture.

const read = new Map()

/** The sizes in pixels of the texts of a picture at its natural size; undefined if it is not an SVG or has no text.
 *
 * An empty list if glyphs are drawn as paths, as matplotlib does: there is text, but of unknown size.
 */
export function textSizes(address) {
  if (!read.has(address)) read.set(address, sizesAt(address).catch(() => undefined))
  return read.get(address)
}

async function sizesAt(address) {
  const response = await fetch(address)
  if (!response.headers.get('content-type')?.startsWith('image/svg')) return undefined
  const source = await response.text()
  if (source.includes('<text')) return sizes(source)
  return source.includes('<use') ? [] : undefined
}

/** Measure in a shadow tree, which keeps the styles of picture and page apart. */
function sizes(source) {
  const host = document.body.appendChild(document.createElement('div'))
  host.style.cssText = 'all:initial;position:absolute;visibility:hidden'
  try {
    const root = host.attachShadow({ mode: 'open' })
    root.append(document.importNode(new DOMParser().parseFromString(source, 'image/svg+xml').documentElement, true))
    return [...root.querySelectorAll('text')].filter(({ textContent }) => /[\p{L}\p{N}]/u.test(textContent)).map(sizeOf)
  } finally {
    host.remove()
  }
}

function sizeOf(text) {
  const { a, b } = text.getScreenCTM()
  return Number.parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b)
}
