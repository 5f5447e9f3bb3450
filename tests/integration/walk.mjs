// Walks through a published site from its files, as a student does, and says what it saw.

export async function answer(context, { address, words }) {
  const page = await context.newPage()
  const errors = []
  const wanted = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('request', (request) => /^(file|data|blob|about):/.test(request.url()) || wanted.push(request.url()))
  const follow = async (selector) => {
    const href = await page.$eval(selector, (link) => link.href)
    await page.goto(href, { waitUntil: 'load' })
    return page.evaluate(() => ({ title: document.title, hash: location.hash, text: document.body.textContent, broken: [...document.images].filter((image) => !image.naturalWidth).length }))
  }
  await page.goto(address, { waitUntil: 'load' })
  const index = await page.evaluate(() => ({ title: document.title, lectures: document.querySelectorAll('.lecture').length }))
  const hits = {}
  for (const word of words) {
    await page.$eval('#words', (input) => (input.value = ''))
    await page.type('#words', word)
    hits[word] = await page.$$eval('#hits a', (links) => links.map((link) => link.textContent))
  }
  await page.$eval('#words', (input) => (input.value = ''))
  await page.type('#words', words[0])
  const slide = await follow('#hits a')
  await page.goto(address, { waitUntil: 'load' })
  const lecture = await follow('.lecture h2 a')
  const script = await follow('.scripts a')
  const shown = await follow('main li a')
  return { index, hits, slide, lecture, script, shown, errors, wanted }
}
