// Looks at the files that a deck shows as pictures: which of them the browser cannot show, or only in part.

import { onPage } from './printer.mjs'

/** Return [{address, is_partial}] of the `pictures` that are broken; `address` is a page that may read the files. */
export function brokenPictures({ address, files, pictures }) {
  return onPage(files, async (page) => {
    await page.goto(address)
    const broken = []
    for (const picture of pictures) {
      const trouble = await page.evaluate(look, picture)
      if (trouble) broken.push({ address: picture, is_partial: trouble === 'partial' })
    }
    return broken
  })
}

/* Runs in the page: 'broken' for a picture that cannot be shown, 'partial' for one whose file ends too early. */
async function look(address) {
  const MOST_PIXELS = 40_000_000 // what is larger takes too much memory
  const KINDS = [
    [/^\x89PNG/, 'image/png'],
    [/^\xff\xd8\xff/, 'image/jpeg'],
    [/^GIF8/, 'image/gif'],
    [/^RIFF[^]{4}WEBP/, 'image/webp'],
    [/^[^]{4}ftypavi[fs]/, 'image/avif'],
  ]
  const image = new Image()
  const loaded = await new Promise((resolve) => {
    image.onload = () => resolve(true)
    image.onerror = () => resolve(false)
    image.src = address
  })
  if (!loaded) return 'broken'
  if (!globalThis.ImageDecoder || image.naturalWidth * image.naturalHeight > MOST_PIXELS) return ''
  const data = await (await fetch(address)).arrayBuffer()
  const start = String.fromCharCode(...new Uint8Array(data, 0, Math.min(16, data.byteLength)))
  const type = KINDS.find(([pattern]) => pattern.test(start))?.[1]
  if (!type || !(await ImageDecoder.isTypeSupported(type))) return ''
  const decoder = new ImageDecoder({ data, type })
  try {
    const { image: frame } = await decoder.decode({ completeFramesOnly: true })
    frame.close()
    return ''
  } catch {
    return 'partial'
  } finally {
    decoder.close()
  }
}
