// Draws the charts of a deck in the browser: the room and the looks that each has on its slide, then each alone.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { modules } from './modules.mjs'
import { newPage, onPage, show } from './printer.mjs'

const FOLDER = fileURLToPath(new URL('./charts/', import.meta.url))
const LIBRARIES = JSON.parse(await readFile(join(FOLDER, 'libraries.json'), 'utf8'))
const PATIENCE = 20_000 // milliseconds
const LARGEST = 600_000 // characters: a drawing with more is a picture made of pixels
const OF_THE_BROWSER = ['TargetCloseError', 'ConnectionClosedError', 'ProtocolError'] // names of puppeteer's errors
const PIXELS = 2 // of such a picture, by those of the slide

/** What keeps the browser from drawing, and may not the next time. */
class BrowserTrouble extends Error {}

/** Return the room and the looks that the charts of the page at `address` have: [{number, line, look, room}]. */
export async function rooms({ address, files }) {
  return onPage({ ...files, ...(await modules(address)) }, async (page) => {
    await show(page, address)
    return page.evaluate(async (from) => (await import(from)).roomsOfAll(), `${address}page/rooms.mjs`)
  })
}

let studio // the page in which charts are drawn, with what draws them

/** Draw a chart: {svg, png, width, height, scale, error, passing}; `packages` is the folder of the libraries. */
export async function chart({ address, task, packages }) {
  try {
    studio ??= await openStudio(address)
    await giveLibraries(studio, task.kind, packages)
    const answer = await within(PATIENCE, drawn(studio.page, task))
    return { svg: '', png: '', width: 0, height: 0, scale: 1, error: '', passing: false, ...answer }
  } catch (error) {
    await closeStudio() // it may never answer again
    const passing = error instanceof BrowserTrouble || OF_THE_BROWSER.includes(error?.name)
    return { svg: '', png: '', width: 0, height: 0, scale: 1, error: oneLine(error), passing }
  }
}

/** Close the page in which charts were drawn. */
export async function closeStudio() {
  const { page } = studio ?? {}
  studio = undefined
  await page?.close()
}

const oneLine = (error) => String(error?.message ?? error).replace(/\s+/g, ' ').slice(0, 200)

async function openStudio(address) {
  const live = `${address}live.mjs`
  const files = { [address]: [join(FOLDER, 'studio.html'), 'text/html'], [live]: [join(FOLDER, 'live.mjs'), 'text/javascript'] }
  const page = await newPage(files)
  await page.goto(address, { waitUntil: 'load' })
  const code = await readFile(join(FOLDER, 'frame.mjs'), 'utf8')
  const prepare = async (from, frame) => {
    const { openFrame } = await import(from)
    const libraries = {}
    const draw = ({ kind, ...task }) => openFrame(document.body, frame, { kind, ...task, libraries: libraries[kind] })
    Object.assign(window, { draw, libraries })
  }
  await page.evaluate(prepare, live, code)
  return { page, known: new Set() }
}

/** Give the page what draws a kind of chart, once. */
async function giveLibraries({ page, known }, kind, packages) {
  if (known.has(kind)) return
  const paths = LIBRARIES[kind].map((path) => join(packages, 'node_modules', path))
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')))
  await page.evaluate((name, all) => void (window.libraries[name] = all), kind, texts)
  known.add(kind)
}

async function drawn(page, task) {
  const crashed = new Promise((_, reject) => page.once('error', () => reject(new BrowserTrouble('it needs more memory than there is'))))
  return Promise.race([pictureOf(page, task), crashed])
}

async function pictureOf(page, task) {
  const { width, height } = task.room
  await page.setViewport({ width: Math.ceil(width), height: Math.ceil(height), deviceScaleFactor: PIXELS })
  const answer = await page.evaluate(async (what) => {
    window.drawing?.frame.remove()
    window.drawing = window.draw(what)
    return window.drawing.answer
  }, task)
  return answer.svg?.length > LARGEST ? inPixels(page, answer) : answer
}

/** The same answer with a picture of the frame in place of the drawing. */
async function inPixels(page, { svg, ...answer }) {
  const [width, height] = [answer.width, answer.height].map(Math.ceil)
  await page.setViewport({ width, height, deviceScaleFactor: PIXELS })
  await page.evaluate((size) => void Object.assign(window.drawing.frame, size), { width, height })
  const clip = { x: 0, y: 0, width, height }
  return { ...answer, png: await page.screenshot({ clip, omitBackground: true, encoding: 'base64' }) }
}

/** What `work` gives; an error if it takes longer. */
async function within(milliseconds, work) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new BrowserTrouble(`it takes longer than ${milliseconds / 1000} seconds`)), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
