// The one browser: started once, then prints pages to PDF and takes pictures of slides.

import { readFile } from 'node:fs/promises'

let browser

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
  browser ??= launch(puppeteer, params)
  browser.catch(() => {}) // Reported by whoever needs it.
}

export async function close() {
  await browser?.then((started) => started.close(), () => {})
}

// The page comes from us, so the browser needs to reach neither the network nor the disk.
const ADDRESS = 'http://deckwright.invalid/'
const INSIDE = /^(?:data|blob|about):/

async function serveOnly(page, body, refused) {
  await page.setRequestInterception(true)
  page.on('request', (request) => {
    const address = request.url()
    if (address === ADDRESS) return request.respond({ contentType: 'text/html; charset=utf-8', body })
    if (INSIDE.test(address)) return request.continue()
    refused.push(address)
    return request.abort()
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

const pdfOptions = (path, width, height) => ({
  path,
  width,
  height,
  preferCSSPageSize: true,
  printBackground: true,
  outline: true,
  tagged: true,
})

/** Print the page in the file `source` to `pdf`, and take a picture of its first slide: what is asked for. */
export async function print({ source, pdf, picture, width, height, type, scale = 1 }) {
  if (!browser) throw new Error('no browser has been opened')
  const page = await (await browser).newPage()
  const refused = []
  try {
    await serveOnly(page, await readFile(source), refused)
    await page.setViewport({ width, height, deviceScaleFactor: scale })
    await page.emulateMediaType('print')
    await page.goto(ADDRESS, { waitUntil: 'load' })
    await page.evaluate(settled)
    if (picture) await page.screenshot({ path: picture, type, clip: { x: 0, y: 0, width, height } })
    if (pdf) await page.pdf(pdfOptions(pdf, width, height))
  } finally {
    await page.close()
  }
  return { refused }
}
