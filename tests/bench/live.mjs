// Opens a served deck in a headless browser, saves a file again and again, and prints the seconds from
// each save until the slide in view says what was saved and has been painted. The first save is not counted.

import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const SAVES = 5
const PAUSE_MS = 1000 // between two saves, so that nothing of the one before is still under way
const POLL_MS = 2
const LIMIT_MS = 60_000

const { packages, executable, args, address, file, pattern, shown } = JSON.parse(process.argv[2])
const puppeteer = createRequire(join(packages, 'package.json'))('puppeteer-core')

const save = () => {
  let number
  const text = readFileSync(file, 'utf8').replace(new RegExp(pattern), (found, old) => {
    number = Number(old) + 1
    return found.replace(old, number)
  })
  const started = performance.now()
  writeFileSync(file, text)
  return { number, started }
}

// Resolves in the page: whether the slide in view says it, and then not before that has been painted.
const painted = async (wanted) => {
  const slide = document.querySelector('svg.bespoke-marp-active')
  if (!slide?.textContent.replace(/\s/g, '').includes(wanted)) return false
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  return true
}

const see = async (page, number) => {
  const wanted = shown.replace('{}', number)
  for (const deadline = performance.now() + LIMIT_MS; performance.now() < deadline; await pause(POLL_MS)) {
    for (const frame of page.frames()) {
      if (await frame.evaluate(painted, wanted).catch(() => false)) return performance.now() // or it navigates
    }
  }
  throw new Error(`the page never said ${wanted}`)
}

const browser = await puppeteer.launch({ executablePath: executable, headless: 'shell', pipe: true, args })
try {
  const page = await browser.newPage()
  await page.goto(address, { waitUntil: 'load' })
  await pause(PAUSE_MS)
  const seconds = []
  for (let count = 0; count <= SAVES; count++) {
    const { number, started } = save()
    seconds.push(((await see(page, number)) - started) / 1000)
    await pause(PAUSE_MS)
  }
  process.stdout.write(JSON.stringify(seconds.slice(1)))
} finally {
  await browser.close()
}
