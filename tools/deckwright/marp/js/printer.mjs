// The one browser: started once, then prints pages to PDF and takes pictures of slides.

import { readFile } from 'node:fs/promises'

let browser
let closed = false

async function launch(puppeteer, { executable, kind, args, env }) {
  const start = (more) =>
    puppeteer.launch({
      executablePath: executable,
      browser: kind,
      headless: kind === 'firefox' ? true : 'shell',
      pipe: kind !== 'firefox',
      args: [...args, ...more],
      env: { ...process.env, ...env },
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
  try {
    return await start([])
  } catch (error) {
    // Some kernels and containers forbid what a sandbox is made of.
    if (kind !== 'firefox' && /sandbox/i.test(String(error))) return await start(['--no-sandbox'])
    throw error
  }
}

/** Start the browser in the background; later calls of `print` wait for it. */
export function open(puppeteer, params) {
  if (closed) return
  browser ??= launch(puppeteer, params)
  browser.catch(() => {}) // Reported by whoever needs it.
}

export async function close() {
  closed = true
  await browser?.then((started) => started.close(), () => {})
}

const INSIDE = /^(?:data|blob|about):/

/** Answer the page's requests from `files` ({address: [path, type]}) alone: no network, no other file. */
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

/* Runs in the page: before it is printed, fonts and pictures must be there and Marp must have scaled what it scales. */
async function settled() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  await document.fonts.ready
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})))
  await frame()
  await frame()
}

/* Runs in the page: the numbers of the slides that hold more than they show, and by how many pixels. */
function overflowing() {
  const beyond = ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) =>
    Math.max(scrollHeight - clientHeight, scrollWidth - clientWidth)
  return [...document.querySelectorAll('svg[data-marpit-svg]')]
    .map((slide, index) => [index + 1, Math.max(0, ...[...slide.querySelectorAll('section')].map(beyond))])
    .filter(([, pixels]) => pixels > 1)
}

const pdfOptions = (path, width, height) => ({
  path,
  width,
  height,
  preferCSSPageSize: true,
  printBackground: true,
  outline: true,
  tagged: true,
})

/** Do `work` on a new page that can read nothing but `files`. */
export async function onPage(files, work) {
  if (!browser) throw new Error('no browser has been opened')
  const page = await (await browser).newPage()
  try {
    await serveOnly(page, files)
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
  await page.evaluate(settled)
  return size
}

/** Print the page at `address` to `pdf`, take a picture of its first slide, and tell which slides are too full. */
export const print = ({ address, files, pdf, picture, type }) =>
  onPage(files, async (page) => {
    const { width, height } = await show(page, address)
    if (picture) await page.screenshot({ path: picture, type, clip: { x: 0, y: 0, width, height } })
    const over = await page.evaluate(overflowing)
    if (pdf) await page.pdf(pdfOptions(pdf, width, height))
    return { over }
  })
