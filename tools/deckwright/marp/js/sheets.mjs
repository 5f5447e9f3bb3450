// Prints sheets of paper that hold slides of a deck, whose text and drawings stay text and drawings.

import { leaveOut, onPage, pdfOptions, ready, show } from './printer.mjs'

/** Print the sheets that the page at `address` ends with, in its slides' places, to a PDF file. */
export function printSheets({ address, files, path }) {
  return onPage(files, async (page) => {
    const { width, height } = await show(page, address)
    await page.evaluate(leaveOut, await page.evaluate(shown))
    await page.evaluate(lay, { width, height })
    await page.evaluate(loadFonts)
    await page.evaluate(ready)
    await page.pdf(pdfOptions(path, width, height))
  })
}

/* Runs in the page: returns the slides, counted from 0, that have a place on a sheet. */
const shown = () => {
  const sheets = document.querySelector('template[data-deckwright-sheets]').content
  return [...sheets.querySelectorAll('[data-slide]')].map((place) => Number(place.dataset.slide))
}

/* Runs in the page: loads all its fonts. For text in the margins of paper, the browser loads none, and leaves it out. */
const loadFonts = () => Promise.all([...document.fonts].map((font) => font.load().catch(() => {})))

/* Runs in the page: puts slides into their places on the sheets, and leaves nothing else in the page.
 *
 * Sheets may use the variables --slide-width and --slide-height, which are numbers.
 */
function lay(size) {
  // Marp prints each slide on a page of its own, which is as large as the slide.
  const STYLE = `
    html, body { break-inside: auto !important; margin: 0 !important; }
    svg[data-marpit-svg] { display: block !important; width: 100% !important; height: auto !important; }
    svg[data-marpit-svg] section { break-before: auto !important; }
  `
  const dropPageRules = (owner) => {
    for (let index = owner.cssRules.length - 1; index >= 0; index -= 1) {
      const rule = owner.cssRules[index]
      if (rule instanceof CSSPageRule) owner.deleteRule(index)
      else if (rule instanceof CSSGroupingRule) dropPageRules(rule)
    }
  }

  const sheets = document.querySelector('template[data-deckwright-sheets]').content
  const slides = [...document.querySelectorAll('svg[data-marpit-svg]')]
  for (const place of sheets.querySelectorAll('[data-slide]')) {
    const slide = slides[place.dataset.slide]
    const container = slide.parentElement.cloneNode() // the theme styles what is in it
    container.append(slide)
    place.append(container)
  }
  for (const sheet of document.styleSheets) dropPageRules(sheet)
  const style = document.createElement('style')
  style.textContent = STYLE
  document.head.append(style)
  document.body.replaceChildren(sheets)
  for (const [side, length] of Object.entries(size)) document.documentElement.style.setProperty(`--slide-${side}`, length)
}
