// Measures the slides of a page in the browser, and takes pictures of those where something is wrong.

import { join } from 'node:path'
import { modules } from './modules.mjs'
import { onPage, show } from './printer.mjs'

const PICTURE_WIDTH = 1280

/** The function by which the page takes a picture of what is in view. */
const SHOOT = 'deckwrightShoot'

/** Return the diagnostics of all slides; put pictures of slides with marks, N.png, into the folder `pictures`.
 *
 * `leastText` is the size of the smallest legible text; `letters` are those that no font has. `slides` are the numbers
 * of those to measure; none for all. `controls` are the what-if controls of slides, by number.
 */
export async function measure({ address, files, leastText, letters, slides, controls, pictures }, axe) {
  const served = { ...files, ...(await modules(address)) }
  return onPage(served, async (page) => {
    await show(page, address, PICTURE_WIDTH)
    await page.addScriptTag({ path: axe })
    await page.exposeFunction(SHOOT, () => page.screenshot({ encoding: 'base64', optimizeForSpeed: true, captureBeyondViewport: false }))
    const measuring = async (from, shoot, known) => (await import(from)).measure(window.axe, window[shoot], known)
    const diagnostics = await page.evaluate(measuring, `${address}page/measure.mjs`, SHOOT, { leastText, letters, numbers: slides, controls })
    await shootMarked(page, address, diagnostics, pictures)
    return diagnostics.map(({ boxes, ...diagnostic }) => diagnostic)
  })
}

/** Put pictures of the slides of `places`, [{kind, slide, line}], into a folder, N.png, with these places marked. */
export async function mark({ address, files, pictures, places }) {
  const served = { ...files, ...(await modules(address)) }
  return onPage(served, async (page) => {
    await show(page, address, PICTURE_WIDTH)
    const locating = async (from, all) => (await import(from)).locate(all)
    const located = await page.evaluate(locating, `${address}page/places.mjs`, places)
    await shootMarked(page, address, located, pictures)
    return null
  })
}

async function shootMarked(page, address, marks, pictures) {
  const marker = `${address}page/mark.mjs`
  for (const slide of new Set(marks.map((each) => each.slide))) {
    const marked = marks.filter((each) => each.slide === slide)
    await page.evaluate(async (from, ...what) => (await import(from)).mark(...what), marker, slide, marked)
    await page.screenshot({ path: join(pictures, `${slide}.png`) })
  }
}
