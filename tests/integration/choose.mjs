// Uses the what-if controls of a page with the keyboard, in one window or two, and says what the page shows after each key.

/* Runs in the page: what the slide in view shows, and where the keyboard's focus is. */
const look = () => {
  const slide = document.querySelector('svg.bespoke-marp-active')
  const focused = document.activeElement?.shadowRoot?.activeElement
  const below = slide.querySelector('section > :last-child')
  return {
    slide: location.hash,
    text: slide.querySelector('section').textContent,
    pictures: [...slide.querySelectorAll('section img')].map(({ src }) => src.slice(-40)),
    focus: focused ? `${focused.type} ${focused.getAttribute('aria-valuetext') ?? focused.parentElement.textContent}` : null,
    top: Math.round(below.getBoundingClientRect().top),
  }
}

const settled = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))))

/* What a screen reader is told of a page, as a flat list of "role name value". */
const heard = (node) => [`${node.role} ${node.name ?? ''} ${node.valuetext ?? node.checked ?? ''}`.trim(), ...(node.children ?? []).flatMap(heard)]

async function open(context, address, errors, wanted) {
  const page = await context.newPage()
  await page.setViewport({ width: 1280, height: 720 })
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('request', (request) => /^(file|data|blob|about):/.test(request.url()) || wanted.push(request.url()))
  await page.goto(address, { waitUntil: 'load' })
  await settled(page)
  return page
}

export async function answer(context, { address, keys }, packages) {
  const [errors, wanted, seen] = [[], [], []]
  const page = await open(context, address, errors, wanted)
  seen.push(await page.evaluate(look))
  for (const key of keys) {
    await page.keyboard.press(key)
    await settled(page)
    seen.push(await page.evaluate(look))
  }
  const tree = heard(await page.accessibility.snapshot({ interestingOnly: true }))
  await page.addScriptTag({ path: packages.resolve('axe-core/axe.min.js') })
  const violations = await page.evaluate(async () => (await axe.run('[data-deckwright-control]', { preload: false })).violations.map(({ id, nodes }) => [id, nodes[0].html]))
  const other = await open(context, address, errors, wanted)
  const opened = await other.evaluate(look)
  for (const key of ['Tab', 'Home']) await other.keyboard.press(key)
  await settled(page)
  const [changed, followed] = [await other.evaluate(look), await page.evaluate(look)]
  await page.reload({ waitUntil: 'load' })
  await settled(page)
  const reloaded = await page.evaluate(look)
  const elsewhere = await context.browser().createBrowserContext()
  const stranger = await open(elsewhere, address, errors, wanted)
  const fresh = await stranger.evaluate(look)
  const radios = () => document.querySelector('svg.bespoke-marp-active [data-deckwright-control]').shadowRoot.querySelectorAll('[type=radio]')
  const { x, y } = await stranger.evaluate(`(${radios})()[1].getBoundingClientRect().toJSON()`)
  await stranger.mouse.click(x + 4, y + 4)
  await settled(stranger)
  const clicked = await stranger.evaluate(look)
  await stranger.keyboard.press('PageDown')
  await settled(stranger)
  const turned = await stranger.evaluate(look)
  await stranger.keyboard.press('PageUp')
  await stranger.setJavaScriptEnabled(false)
  await stranger.reload({ waitUntil: 'load' })
  const plain = await stranger.evaluate(() => document.querySelector('section').textContent)
  await elsewhere.close()
  return { seen, tree, violations, opened, changed, followed, reloaded, fresh, clicked, turned, plain, errors, wanted }
}
