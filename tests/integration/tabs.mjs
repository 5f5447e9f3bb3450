// A browser with tabs that is driven from outside: reads one JSON request a line, writes one JSON answer a line.
//
// Requests {id, method, params}; answers {id, result} or {id, error}. They are answered as they come to an end.

import { createInterface } from 'node:readline'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const { packages, executable, args } = JSON.parse(process.argv[2])
const require = createRequire(join(packages, 'package.json'))
const launch = (flags) =>
  require('puppeteer-core').launch({ executablePath: executable, headless: 'shell', pipe: true, args: [...args, ...flags] })
const browser = await launch([])
const others = {}
const tabs = []

/** The browser that runs with these flags. */
const browserWith = (flags) => (flags.length ? (others[flags] ??= launch(flags)) : browser)

const methods = {
  open: async ({ address, before }) => {
    const page = await browser.newPage()
    if (before) await page.evaluateOnNewDocument(before)
    page.setDefaultTimeout(60_000)
    await page.goto(address, { waitUntil: 'load' })
    return tabs.push(page) - 1
  },
  go: ({ tab, address }) => tabs[tab].goto(address, { waitUntil: 'load' }).then(() => null),
  // Expressions may return promises; a page that is loaded again meanwhile is asked again.
  ask: ({ tab, expression }) => tabs[tab].evaluate(expression),
  wait: async ({ tab, expression, milliseconds }) => {
    const deadline = performance.now() + milliseconds
    while (performance.now() < deadline) {
      const value = await tabs[tab].evaluate(expression).catch(() => null)
      if (value) return value
      await new Promise((done) => setTimeout(done, 20))
    }
    throw new Error(`it never became true: ${expression}`)
  },
  close: ({ tab }) => tabs[tab].close(),
  media: ({ tab, name, value }) => tabs[tab].emulateMediaFeatures([{ name, value }]).then(() => null),
  // Of keys that are joined by a plus sign, all but the last one are held.
  press: async ({ tab, key }) => {
    const [last, ...held] = key.split('+').reverse()
    for (const each of held) await tabs[tab].keyboard.down(each)
    await tabs[tab].keyboard.press(last)
    for (const each of held) await tabs[tab].keyboard.up(each)
  },
  type: ({ tab, text }) => tabs[tab].keyboard.type(text).then(() => null),
  // A pointer that is pressed at the first of some points, goes along them, and is released at the last.
  drag: async ({ tab, points: [[x, y], ...others] }) => {
    const { mouse } = tabs[tab]
    await mouse.move(x, y)
    await mouse.down()
    for (const [toX, toY] of others) await mouse.move(toX, toY, { steps: 4 })
    await mouse.up()
  },
  move: ({ tab, x, y }) => tabs[tab].mouse.move(x, y).then(() => null),
  offline: ({ tab, isOffline }) => tabs[tab].setOfflineMode(isOffline).then(() => null),
  size: ({ tab, width, height }) => tabs[tab].setViewport({ width, height }).then(() => null),
  // What a script says that opens pages by itself, as somebody who was never here before.
  answer: async ({ script, question }) => {
    const { answer, flags = [] } = await import(script)
    const context = await (await browserWith(flags)).createBrowserContext()
    try {
      return await answer(context, question, require)
    } finally {
      await context.close()
    }
  },
  picture: ({ tab, path }) => tabs[tab].screenshot({ path }).then(() => null),
}

const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`)

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const { id, method, params } = JSON.parse(line)
    try {
      answer({ id, result: (await methods[method](params)) ?? null })
    } catch (error) {
      answer({ id, error: String(error?.message ?? error) })
    }
  })
  .on('close', async () => {
    for (const each of await Promise.all([browser, ...Object.values(others)])) void each.close()
  })
