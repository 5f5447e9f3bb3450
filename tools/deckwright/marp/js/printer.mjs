// The one browser: started once, then shows decks, prints them and takes pictures of their slides.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { modules } from './modules.mjs'

let browser
let closed = false

async function launch(puppeteer, { executable, kind, args, env }) {
  const start = (more) =>
    puppeteer.launch({
      executablePath: executable,
      browser: kind,
      headless: kind === 'firefox' ? true : 'shell',
      pipe: kind !== 'firefox',
      protocolTimeout: 0, // How long a request may take is decided where it comes from.
      args: [...args, ...more],
      env: { ...process.env, ...env },
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
  try {
    return await start([])
  } catch (error) {
    // Some kernels and containers do not allow a sandbox.
    if (kind !== 'firefox' && /sandbox/i.test(String(error))) return await start(['--no-sandbox'])
    throw error
  }
}

/** Start the browser in the background; functions that need it wait for it. */
export function open(puppeteer, params) {
  if (closed) return
  browser ??= launch(puppeteer, params)
  browser.catch(() => {}) // Reported where it is needed.
}

export async function close() {
  closed = true
  await browser?.then((started) => started.close(), () => {})
}

const INSIDE = /^(?:data|blob|about):/

/** Answer the page's requests only from `files` ({address: [path, type]}): no network, no other file. */
async function serveOnly(page, files) {
  await page.setRequestInterception(true)
  page.on('request', async (request) => {
    const address = request.url().replace(/#.*/, '')
    if (INSIDE.test(address)) return request.continue()
    if (!Object.hasOwn(files, address)) return request.abort()
    const [path, contentType] = files[address]
    const body = await readFile(path).catch(() => undefined)
    return body ? request.respond({ contentType, body }) : request.abort()
  })
}

/* Runs in the page: waits until fonts and pictures are loaded, and Marp has scaled code and headings. */
export async function ready() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  await document.fonts.ready
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})))
  await frame()
  await frame()
}

export const pdfOptions = (path, width, height) => ({
  path,
  width,
  height,
  preferCSSPageSize: true,
  printBackground: true,
  outline: true,
  tagged: true,
  timeout: 0,
})

/** Open a page that can read nothing but `files`. The one with which the browser starts stays: some end with their last. */
export async function newPage(files) {
  if (!browser) throw new Error('no browser has been opened')
  const page = await (await browser).newPage()
  page.setDefaultTimeout(0)
  await serveOnly(page, files)
  return page
}

/** Do `work` on a new page that can read nothing but `files`. */
export async function onPage(files, work) {
  const page = await newPage(files)
  try {
    return await work(page)
  } finally {
    await page.close()
  }
}

/* Runs in the page: how large its slides are; all of a deck have the same size. */
const slideSize = () => {
  const { width, height } = document.querySelector('svg[data-marpit-svg]')?.viewBox.baseVal ?? { width: 1280, height: 720 }
  return { width, height }
}

/** Open `address` as it is printed, one slide below the other, and wait until nothing moves; return the slides' size.
 *
 * A picture of a slide is as wide as it is, or has `pictureWidth` pixels.
 */
export async function show(page, address, pictureWidth) {
  await page.emulateMediaType('print')
  await page.goto(address, { waitUntil: 'load' })
  const size = await page.evaluate(slideSize)
  await page.setViewport({ ...size, deviceScaleFactor: pictureWidth ? pictureWidth / size.width : 1 })
  await page.evaluate(ready)
  return size
}

/* Runs in the page: where each slide is. */
const slideBoxes = () =>
  [...document.querySelectorAll('svg[data-marpit-svg]')].map((slide) => {
    const { x, y, width, height } = slide.getBoundingClientRect()
    return { x: x + scrollX, y: y + scrollY, width, height }
  })

let deck

/** Open the page of a deck for `print`, `pictures` and `contents`; return what does not fit. */
export async function showDeck({ address, files }) {
  await hideDeck()
  deck = { address, page: await newPage({ ...files, ...(await modules(address)) }) }
  deck.size = await show(deck.page, address)
  const found = await deck.page.evaluate(async (from) => (await import(from)).measureFit(), `${address}page/measure_fit.mjs`)
  return found.map(({ boxes, ...diagnostic }) => diagnostic)
}

export async function hideDeck() {
  const { page } = deck ?? {}
  deck = undefined
  await page?.close()
}

/* Runs in the page: leaves out all slides but these; links to one of the others lead to the next one that is there. */
export function leaveOut(kept) {
  const slides = [...document.querySelectorAll('svg[data-marpit-svg]')]
  const idOf = (slide) => slide?.querySelector('section[id]')?.id
  for (const [index, slide] of slides.entries()) {
    if (kept.includes(index)) continue
    const next = idOf(slides[kept.find((other) => other > index)])
    for (const link of document.querySelectorAll(`a[href="#${CSS.escape(idOf(slide) ?? '')}"]`)) {
      link.dataset.led ??= link.getAttribute('href')
      link.setAttribute('href', `#${next ?? ''}`)
    }
    slide.style.display = 'none'
  }
}

/* Runs in the page: undoes that. */
function putBack() {
  for (const slide of document.querySelectorAll('svg[data-marpit-svg]')) slide.style.removeProperty('display')
  for (const link of document.querySelectorAll('a[data-led]')) link.setAttribute('href', link.dataset.led)
}

/** Print the deck that is shown, or these slides of it (counted from 0), to a PDF file. */
export async function print({ path, pages }) {
  if (pages) await deck.page.evaluate(leaveOut, pages)
  await deck.page.pdf(pdfOptions(path, deck.size.width, deck.size.height))
  if (pages) await deck.page.evaluate(putBack)
}

/** Return the size of the slides of the deck that is shown, and what each says: {width, height, slides}. */
export async function contents() {
  const slides = await deck.page.evaluate(async (from) => (await import(from)).contentsOfAll(), `${deck.address}page/contents.mjs`)
  return { ...deck.size, slides }
}

/** Return the blocks of each slide of the deck that is shown, {texts, pictures}. */
export const blocks = () => deck.page.evaluate(async (from) => (await import(from)).blocksOfAll(), `${deck.address}page/blocks.mjs`)

/* Lets the slides be seen without the blocks that `blocks` has found, or as they are. */
const leaveOutBlocks = (isWanted) =>
  deck.page.evaluate(async (from, wanted) => (await import(from)).leaveOutBlocks(wanted), `${deck.address}page/blocks.mjs`, isWanted)

/** Put a picture of each slide of the deck that is shown, or of the first ones, into `folder`: 1.png, 2.png, ...
 *
 * `grounds`: without the blocks that `blocks` has found.
 */
export async function pictures({ folder, scale, slides, grounds }) {
  const { page, size } = deck
  if (grounds) await leaveOutBlocks(true)
  const zoom = async (deviceScaleFactor) => {
    await page.setViewport({ ...size, deviceScaleFactor })
    await page.evaluate(ready)
  }
  if (scale !== 1) await zoom(scale)
  const boxes = (await page.evaluate(slideBoxes)).slice(0, slides ?? undefined)
  // These are no files of the author's: they may be larger, and are made in less time.
  const options = { optimizeForSpeed: Boolean(grounds) }
  for (const [index, clip] of boxes.entries()) {
    const captureBeyondViewport = clip.y + clip.height > size.height // takes longer: all slides are painted
    await page.screenshot({ ...options, captureBeyondViewport, path: join(folder, `${index + 1}.png`), clip })
  }
  if (scale !== 1) await zoom(1)
  if (grounds) await leaveOutBlocks(false)
  return boxes.length
}
