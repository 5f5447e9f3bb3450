// Compares two pictures of a figure: counts differing pixels, and draws both pictures beside their difference.

import { onPage } from './printer.mjs'

/** Differences of a channel (0 to 255) up to this are ignored, as edges are smoothed differently. */
const IGNORED = 24

/* Runs in the page: draws the difference, and returns how many pixels of the larger picture differ. */
async function differences(ignored) {
  const [accepted, fresh] = ['accepted', 'fresh'].map((id) => document.getElementById(id))
  await Promise.all([accepted, fresh].map((image) => image.decode().catch(() => {})))
  const size = (image) => [image.naturalWidth, image.naturalHeight]
  const width = Math.max(accepted.naturalWidth, fresh.naturalWidth, 1)
  const height = Math.max(accepted.naturalHeight, fresh.naturalHeight, 1)
  const pixels = (image) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const context = canvas.getContext('2d', { willReadFrequently: true })
    context.fillStyle = '#fff'
    context.fillRect(0, 0, width, height)
    if (image.naturalWidth) context.drawImage(image, 0, 0)
    return context.getImageData(0, 0, width, height)
  }
  const [before, after] = [pixels(accepted), pixels(fresh)]
  const canvas = Object.assign(document.querySelector('canvas'), { width, height })
  const shown = canvas.getContext('2d').createImageData(width, height)
  let different = 0
  for (let at = 0; at < before.data.length; at += 4) {
    const channel = (offset) => Math.abs(before.data[at + offset] - after.data[at + offset])
    const differs = Math.max(channel(0), channel(1), channel(2)) > ignored
    different += differs
    const grey = 255 - (255 - after.data[at + 1]) / 4
    shown.data.set(differs ? [220, 0, 60, 255] : [grey, grey, grey, 255], at)
  }
  canvas.getContext('2d').putImageData(shown, 0, 0)
  return { different, pixels: width * height, accepted: size(accepted), fresh: size(fresh) }
}

/** Compare the pictures on the page at `address`; put both and their difference into `picture`. */
export const compare = ({ address, files, picture }) =>
  onPage(files, async (page) => {
    await page.setViewport({ width: 1900, height: 700 })
    await page.goto(address, { waitUntil: 'load' })
    const result = await page.evaluate(differences, IGNORED)
    await (await page.$('body')).screenshot({ path: picture })
    return result
  })
