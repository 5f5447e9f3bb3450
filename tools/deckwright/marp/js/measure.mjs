// Measures the slides of a page in the browser, and takes pictures of those with diagnostics.

import { join } from 'node:path'
import { modules } from './modules.mjs'
import { onPage, show } from './printer.mjs'

const PICTURE_WIDTH = 1280

/** The function by which the page takes a picture of what is in view. */
const SHOOT = 'deckwrightShoot'

/** Return the diagnostics of all slides; put pictures of slides with marks, N.png, into the folder `pictures`.
 *
 * `letters` are those that no font has.
 */
export async function measure({ address, files, letters, pictures }, axe) {
  const served = { ...files, ...(await modules(address)) }
  return onPage(served, async (page) => {
    await show(page, address, PICTURE_WIDTH)
    await page.addScriptTag({ path: axe })
    await page.exposeFunction(SHOOT, () => page.screenshot({ encoding: 'base64', optimizeForSpeed: true, captureBeyondViewport: false }))
    const measuring = async (from, shoot, missing) => (await import(from)).measure(window.axe, window[shoot], missing)
    const diagnostics = await page.evaluate(measuring, `${address}page/measure.mjs`, SHOOT, letters)
    for (const slide of new Set(diagnostics.map((diagnostic) => diagnostic.slide))) {
      const marker = `${address}page/mark.mjs`
      const marked = diagnostics.filter((diagnostic) => diagnostic.slide === slide)
      await page.evaluate(async (from, ...what) => (await import(from)).mark(...what), marker, slide, marked)
      await page.screenshot({ path: join(pictures, `${slide}.png`) })
    }
    return diagnostics.map(({ boxes, ...diagnostic }) => diagnostic)
  })
}
