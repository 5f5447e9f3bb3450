// Measures the slides of one page in the browser, and takes pictures of those that have flaws.

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onPage, show } from './printer.mjs'

const MODULES = fileURLToPath(new URL('./page/', import.meta.url))
const PICTURE_WIDTH = 1280

/** What runs in the page is served as the page is: {address: [path, type]}. */
async function modules(address) {
  const names = (await readdir(MODULES)).filter((name) => name.endsWith('.mjs'))
  return Object.fromEntries(names.map((name) => [`${address}page/${name}`, [join(MODULES, name), 'text/javascript']]))
}

/** Return the flaws of all slides; `pictures` is the folder for N.png, a picture of slide N with its flaws marked. */
export async function measure({ address, files, pictures }, axe) {
  const served = { ...files, ...(await modules(address)) }
  return onPage(served, async (page) => {
    await show(page, address, PICTURE_WIDTH)
    await page.addScriptTag({ path: axe })
    const flaws = await page.evaluate(async (from) => (await import(from)).measure(window.axe), `${address}page/measure.mjs`)
    for (const slide of new Set(flaws.map((flaw) => flaw.slide))) {
      const marker = `${address}page/mark.mjs`
      const marked = flaws.filter((flaw) => flaw.slide === slide)
      await page.evaluate(async (from, ...what) => (await import(from)).mark(...what), marker, slide, marked)
      await page.screenshot({ path: join(pictures, `${slide}.png`) })
    }
    return flaws.map(({ boxes, ...flaw }) => flaw)
  })
}
