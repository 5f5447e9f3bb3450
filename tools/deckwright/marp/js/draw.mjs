// Draws the diagrams of a deck in the browser, each on its own slide: there it gets its colours and fonts.

import { join } from 'node:path'
import { modules } from './modules.mjs'
import { onPage, show } from './printer.mjs'

/** What draws a language, loaded only where a deck has it. */
const LIBRARIES = { mermaid: '@mermaid-js/tiny/dist/mermaid.tiny.js', dot: '@viz-js/viz/dist/viz-global.js' }

/** Return what became of each diagram of the page at `address`, in its order: {svg, error, line, trouble}.
 *
 * `packages` is the folder of the packages.
 */
export async function draw({ address, files, diagrams }, packages) {
  return onPage({ ...files, ...(await modules(address)) }, async (page) => {
    await show(page, address)
    for (const language of new Set(diagrams.map((diagram) => diagram.language)))
      await page.addScriptTag({ path: join(packages, 'node_modules', LIBRARIES[language]) })
    return page.evaluate(async (from, all) => (await import(from)).drawAll(all), `${address}page/diagrams.mjs`, diagrams)
  })
}
