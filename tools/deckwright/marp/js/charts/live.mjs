// Runs in the page: draws charts, each in a frame that reaches nothing outside, and makes those of a deck live.
//
// A frame has an origin of its own, may run no script but ours, and may load nothing. What is in a specification
// can therefore do no harm, even where neither our own checks nor the libraries would have stopped it. Inside of
// a frame, a pointer has its true place, however large the slide is shown.

const POLICY = (nonce) =>
  `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'unsafe-inline'; img-src data:; font-src data:`

const MOST = 8 // charts that stay live: each takes memory

/** Draw a chart in a new frame at the end of `host`; return the frame, and what it answers. */
export function openFrame(host, code, task, onKey = () => {}) {
  const nonce = crypto.getRandomValues(new Uint32Array(4)).join('')
  const frame = document.createElement('iframe')
  const channel = new MessageChannel()
  const answer = new Promise((resolve) => {
    channel.port1.onmessage = ({ data }) => ('key' in data ? onKey(data) : resolve(data))
  })
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.style.cssText = 'position:absolute;left:0;top:0;border:0;background:transparent;color-scheme:light'
  frame.width = Math.ceil(task.room.width)
  frame.height = Math.ceil(task.room.height)
  frame.srcdoc = `<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY(nonce)}">
<style>html,body{margin:0;overflow:hidden;background:transparent}</style><body><script nonce="${nonce}">${code}<\/script>`
  frame.addEventListener('load', () => frame.contentWindow.postMessage(task, '*', [channel.port2]), { once: true })
  host.append(frame)
  return { frame, answer }
}

// --- a deck's charts ----------------------------------------------------------------------------

const CHART = '[data-deckwright-chart]'

async function unpacked(base64) {
  const bytes = await fetch(`data:application/gzip;base64,${base64}`)
  return new Response(bytes.body.pipeThrough(new DecompressionStream('gzip'))).text()
}

const known = new Map()

/** The texts of the libraries of a kind of chart, unpacked once. */
function librariesOf(kind) {
  const scripts = [...document.querySelectorAll(`script[data-deckwright-library="${kind}"]`)]
  if (!known.has(kind)) known.set(kind, Promise.all(scripts.map(({ textContent }) => unpacked(textContent))))
  return known.get(kind)
}

/** The fonts of the page, which a frame does not have. */
const fontsOf = () =>
  [...document.querySelectorAll('style')].flatMap(({ textContent }) => textContent.match(/@font-face\s*\{[^}]*\}/g) ?? []).join('\n')

/** Whether a chart is on the slide that is shown. */
function isShown(chart) {
  const slide = chart.closest('.bespoke-marp-slide')
  return !slide || slide.classList.contains('bespoke-marp-active')
}

const open = new Map() // the frame of each live chart, the oldest first

async function makeLive(chart, code) {
  open.set(chart, undefined)
  const { scale, width, height, ...task } = JSON.parse(chart.dataset.deckwrightChart)
  const libraries = await librariesOf(task.kind)
  const { frame, answer } = openFrame(chart, code, { ...task, libraries, fonts: fontsOf(), live: true }, pressed)
  open.set(chart, frame)
  const [picture] = chart.children
  const title = picture.getAttribute('aria-label') ?? picture.alt
  Object.assign(frame, { title, width: Math.ceil(width), height: Math.ceil(height) })
  Object.assign(frame.style, { opacity: 0, transformOrigin: '0 0', transform: `scale(${scale})` })
  const { error } = await answer
  if (error) frame.remove() // the picture stays
  frame.style.opacity = ''
  chart.dataset[error ? 'still' : 'live'] = ''
}

/** What is typed in a chart is for the deck: the next slide, the overview. */
const pressed = (key) => document.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }))

function close(chart) {
  open.get(chart)?.remove()
  open.delete(chart)
  delete chart.dataset.live
}

/** Make the charts of a page live when their slides are shown, also those that come later. */
export function makeChartsLive() {
  const code = document.querySelector('script[data-deckwright-frame]').textContent
  const style = document.createElement('style')
  style.textContent = `${CHART}[data-live] > :not(iframe) { visibility: hidden }
@media print { ${CHART} > iframe { display: none } ${CHART}[data-live] > :not(iframe) { visibility: visible } }`
  document.body.append(style)
  const update = () => {
    for (const chart of [...open.keys()]) if (!chart.isConnected) close(chart)
    for (const chart of document.querySelectorAll(CHART)) if (!open.has(chart) && isShown(chart)) makeLive(chart, code)
    for (const chart of [...open.keys()]) if (open.size > MOST && !isShown(chart)) close(chart)
  }
  let waiting = false
  const soon = () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      update()
    })
  }
  new MutationObserver(soon).observe(document.body, { subtree: true, childList: true, attributeFilter: ['class'] })
  soon()
}
