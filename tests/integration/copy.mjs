// Copies the code of a deck as its reader does, and says what is in the clipboard then, and what a reader is told.

/* Runs in the page: the buttons of the slide in view. */
const prepare = () => {
  window.panels = () => [...document.querySelectorAll('.bespoke-marp-active :is(pre, marp-pre)')]
  window.hostOf = (panel) => (panel.shadowRoot ?? panel).querySelector('[data-deckwright-copy]')
  window.buttonOf = (panel) => hostOf(panel)?.shadowRoot.querySelector('button')
}

const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2]
const boxOf = (page, index, what) =>
  page.evaluate((number, name) => window[name](panels()[number]).getBoundingClientRect().toJSON(), index, what)

/** Use the button of a panel. */
async function use(page, index, way) {
  if (way === 'pointer') {
    const panel = await page.evaluate((number) => panels()[number].getBoundingClientRect().toJSON(), index)
    await page.mouse.move(...middle(panel))
    await page.mouse.click(...middle(await boxOf(page, index, 'buttonOf')))
  } else {
    const isOn = (number) => hostOf(panels()[number]).shadowRoot.activeElement !== null
    for (let tries = 0; tries < 40 && !(await page.evaluate(isOn, index)); tries += 1) await page.keyboard.press('Tab')
    await page.keyboard.press(way)
  }
  const isDone = (number) => hostOf(panels()[number]).shadowRoot.querySelector('[role=status]').textContent !== ''
  await page.waitForFunction(isDone, {}, index)
}

/** What is in the clipboard. */
async function pasted(page) {
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' })))
  await page.focus('#pasted')
  await page.keyboard.press('v', { commands: ['Paste'] })
  return page.$eval('#pasted', (area) => {
    area.remove()
    return area.value
  })
}

/** The roles and names of all that a screen reader finds. */
const namesIn = ({ role, name, children = [] }) => [`${role} ${name}`, ...children.flatMap(namesIn)]

export async function answer(context, { address, slides, way, clipboard, swapped }) {
  const page = await context.newPage()
  const errors = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.setViewport({ width: 1280, height: 720 })
  if (!clipboard) await page.evaluateOnNewDocument(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  const seen = []
  for (const slide of slides) {
    await page.goto('about:blank')
    await page.goto(`${address}#${slide}`, { waitUntil: 'load' })
    await page.evaluate(prepare)
    // As `serve` does it with a slide that changed.
    if (swapped) await page.evaluate(() => document.querySelectorAll('svg[data-marpit-svg]').forEach((svg) => (svg.innerHTML = svg.innerHTML)))
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    const count = await page.evaluate(() => panels().length)
    const found = { buttons: [], copied: [], said: [], shown: [] }
    for (let index = 0; index < count; index += 1) {
      const has = await page.evaluate((number) => Boolean(buttonOf(panels()[number])), index)
      found.buttons.push(has)
      if (!has) continue
      const opacity = (number) => getComputedStyle(buttonOf(panels()[number])).opacity
      const before = await page.evaluate(opacity, index)
      await use(page, index, way)
      found.shown.push([before, await page.evaluate(opacity, index)])
      found.said.push(await page.evaluate((number) => hostOf(panels()[number]).shadowRoot.querySelector('[role=status]').textContent, index))
      found.copied.push(await pasted(page))
    }
    const names = namesIn(await page.accessibility.snapshot()).filter((name) => name.startsWith('button'))
    seen.push({ ...found, names, hash: await page.evaluate(() => location.hash) })
  }
  return { seen, errors }
}
