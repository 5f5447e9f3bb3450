// Opens a built page in a real browser that may reach nothing but the page itself, and says what it saw.

import { createRequire } from 'node:module'
import { join } from 'node:path'

const { packages, executable, args, address, view } = JSON.parse(process.argv[2])
const puppeteer = createRequire(join(packages, 'package.json'))('puppeteer-core')
const browser = await puppeteer.launch({
  executablePath: executable,
  headless: 'shell',
  pipe: true,
  args: [...args, '--allow-file-access-from-files'],
})
try {
  const page = await browser.newPage()
  const wanted = []
  const dialogs = []
  const errors = []
  page.on('dialog', (dialog) => dialogs.push(dialog.message()) && dialog.dismiss())
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.setRequestInterception(true)
  page.on('request', (request) => {
    const url = request.url()
    const own = url.split(/[?#]/)[0] === address
    if (own || /^(data|blob|about):/.test(url)) return request.continue()
    wanted.push(url)
    return request.abort()
  })
  await page.goto(view ? `${address}?view=${view}` : address, { waitUntil: 'load' })
  await page.evaluate(() => document.fonts.ready)
  const seen = await page.evaluate(() => ({
    title: document.title,
    view: document.body.dataset.bespokeView ?? '',
    slides: document.querySelectorAll('svg[data-marpit-svg]').length,
    sections: document.querySelectorAll('section[id]').length,
    scripts: document.querySelectorAll('section script, section iframe, section img[onerror]').length,
    texts: [...document.querySelectorAll('section')].map((section) => section.textContent),
    notes: [...document.querySelectorAll('.bespoke-marp-note')].map((note) => note.textContent.trim()),
    broken: [...document.images].filter((image) => !image.naturalWidth).map((image) => image.src.slice(0, 80)),
    touched: window.touched ?? null,
  }))
  process.stdout.write(JSON.stringify({ ...seen, wanted, dialogs, errors }))
} finally {
  await browser.close()
}
