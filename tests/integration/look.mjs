// Opens a built page in a real browser that may reach nothing but the page itself, and says what it saw.

/** Lets the page try to read other files: that it wants them is what we look for. */
export const flags = ['--allow-file-access-from-files']

export async function answer(context, { address, view }) {
  const page = await context.newPage()
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
  return { ...seen, wanted, dialogs, errors }
}
