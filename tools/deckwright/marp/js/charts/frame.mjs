// Runs in a frame of its own, which reaches nothing outside: draws one chart, and lets readers use it.
//
// It gets one message: {kind, libraries, fonts, specification, look, room, live}. Through the port that comes with
// it, it answers {svg, width, height, scale}, or {error}; afterwards it passes on what is typed.
//
// `look` is that of the slide: {font, pixels, ink, paper}. `room` is what is left there: {width, height}.

const TEXT = 0.62 // of the slide's text: what labels a chart
const SMALLER = 0.75 // of that, in a chart of several views, which grows to the width of the slide
const GROWS = 1.6 // at most so much
const KEYS = ['key', 'code', 'shiftKey', 'ctrlKey', 'altKey', 'metaKey']

const { nonce } = document.currentScript

addEventListener('message', start, { once: true })
addEventListener('click', (event) => event.target.closest?.('a') && event.preventDefault(), true)

async function start({ data: task, ports: [port] }) {
  try {
    if (!task.live) sameChance()
    addStyle(`${task.fonts} body { color: ${task.look.ink}; font: ${task.look.pixels * TEXT}px ${task.look.font} }`)
    for (const text of task.libraries) run(text)
    await loaded(task)
    const drawn = await { plotly: drawPlotly, 'vega-lite': drawVegaLite }[task.kind](task)
    if (!(drawn.width > 1 && drawn.height > 1)) throw new Error('it has no size')
    port.postMessage({ svg: '', error: '', ...drawn })
  } catch (error) {
    port.postMessage({ error: reasonOf(error) })
  }
  addEventListener('keydown', (event) => {
    if (event.target.closest?.('input, select, textarea')) return
    port.postMessage(Object.fromEntries(KEYS.map((key) => [key, event[key]])))
  })
}

const reasonOf = (error) => {
  const message = String(error?.message ?? error).replace(/\s+/g, ' ').slice(0, 200)
  return message.startsWith('it ') ? message : `what draws it says: ${message || 'nothing'}`
}

/** Numbers that are the same in every build: Plotly names parts of a drawing by chance. */
function sameChance() {
  let state = 1
  Math.random = () => (state = (state * 48271) % 2147483647) / 2147483647
}

function addStyle(css) {
  document.head.append(Object.assign(document.createElement('style'), { textContent: css }))
}

function run(text) {
  const script = Object.assign(document.createElement('script'), { nonce, textContent: text })
  document.head.append(script)
  script.remove()
}

/** Wait for the fonts: a text is measured before it is shown. */
async function loaded({ look, specification }) {
  const characters = [...new Set(JSON.stringify(specification))].join('')
  const weights = [400, 700].map((weight) => document.fonts.load(`${weight} 16px ${look.font}`, `aA0${characters}`))
  await Promise.all(weights)
}

// --- colours ------------------------------------------------------------------------------------

const channels = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))

/** A colour between that of the text and that of the slide: so much of the first. */
function mixed({ ink, paper }, part) {
  const [first, second] = [channels(ink), channels(paper)]
  return `#${first.map((n, at) => Math.round(n * part + second[at] * (1 - part)).toString(16).padStart(2, '0')).join('')}`
}

const isDark = ({ paper }) => channels(paper).reduce((sum, n) => sum + n) < 3 * 128

// --- Plotly -------------------------------------------------------------------------------------

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)

/** What `value` says, and where it says nothing, what `usual` does. */
function withDefaults(value, usual) {
  if (!isObject(value) || !isObject(usual)) return value === undefined ? usual : value
  const keys = new Set([...Object.keys(usual), ...Object.keys(value)])
  return Object.fromEntries([...keys].map((key) => [key, withDefaults(value[key], usual[key])]))
}

/** Whether a template is the one that Plotly uses where its user chooses none. */
const isUsual = ({ layout = {} }) => layout.font?.color === '#2a3f5f' && layout.plot_bgcolor === '#E5ECF6'

/** The looks of a slide, as Plotly's template. The slide shows through, but its colour decides what is legible on it. */
function slideLayout(look, size) {
  const clear = `rgba(${channels(look.paper)}, 0)`
  const [line, grid] = [mixed(look, 0.45), mixed(look, 0.14)]
  const axis = { automargin: true, gridcolor: grid, linecolor: line, zerolinecolor: mixed(look, 0.3), tickcolor: line }
  const sides = { bgcolor: clear, gridcolor: grid, linecolor: line }
  const wall = {
    ...{ backgroundcolor: mixed(look, 0.05), gridcolor: grid, zerolinecolor: line, showbackground: true },
    ...{ tickfont: { size: size * 0.7 }, title: { font: { size: size * 0.8 } } },
  }
  return {
    font: { family: look.font, color: look.ink, size },
    title: { x: 0.5, font: { size: size * 1.2 } },
    paper_bgcolor: clear,
    plot_bgcolor: mixed(look, 0.05),
    hoverlabel: { bgcolor: look.paper, bordercolor: line, font: { color: look.ink } },
    xaxis: axis,
    yaxis: axis,
    polar: { ...sides, angularaxis: sides, radialaxis: sides },
    ternary: { ...sides, aaxis: sides, baxis: sides, caxis: sides },
    scene: { xaxis: wall, yaxis: wall, zaxis: wall, camera: { eye: { x: 1.7, y: 1.7, z: 1 } } },
    modebar: { bgcolor: clear, color: line, activecolor: look.ink },
    legend: { bgcolor: clear },
    coloraxis: { colorbar: { outlinewidth: 0 } },
  }
}

/** Buttons that would leave the page. */
const FOREIGN = ['toImage', 'downloadJson', 'sendChartToCloud', 'sendDataToCloud', 'editInChartStudio']

/** Lines and points that the last row of a room sees, too. */
const strokes = (size) => ({ line: { width: Math.max(2, size / 7) }, marker: { size: Math.max(6, size / 2.5) } })

function plotlyLayout({ layout = {} }, { look, room }) {
  const size = Math.round(look.pixels * TEXT)
  const { template = {}, ...own } = layout
  const slide = slideLayout(look, size)
  const chosen = Object.keys(template).length && !isUsual(template)
  const colours = chosen ? { font: { family: look.font, size } } : slide
  const looks = chosen ? withDefaults(template.layout, colours) : withDefaults(colours, template.layout ?? {})
  const scatter = [withDefaults(template.data?.scatter?.[0] ?? {}, strokes(size))]
  const hasTitle = Boolean(own.title?.text ?? (typeof own.title === 'string' && own.title))
  const margin = { l: size * 2, r: size, b: size * 2, t: size * (hasTitle ? 3 : 1.6), ...own.margin }
  return {
    ...own,
    template: { ...template, layout: looks, data: { ...template.data, ...(!chosen && { scatter }) } },
    margin,
    width: own.width ?? room.width,
    height: own.height ?? room.height,
  }
}

async function drawPlotly(task) {
  const { data = [], frames = [] } = task.specification
  const layout = plotlyLayout(task.specification, task)
  const host = hostOf(layout.width, layout.height)
  const config = {
    ...{ displaylogo: false, modeBarButtonsToRemove: FOREIGN, showTips: false, plotGlPixelRatio: 2 },
    displayModeBar: task.live ? 'hover' : false,
  }
  await Plotly.newPlot(host, { data, layout, frames, config })
  const { width, height } = host.getBoundingClientRect()
  if (task.live) return { width, height }
  const svg = await Plotly.toImage(host, { format: 'svg', width, height, imageDataOnly: true })
  return { svg, width, height, scale: scaleOf({ width, height }, task.room, 1) }
}

function hostOf(width, height) {
  const host = document.body.appendChild(document.createElement('div'))
  if (width) host.style.cssText = `width:${width}px;height:${height}px`
  return host
}

/** How much larger or smaller a chart is shown, to fit. */
const scaleOf = (chart, room, most) => Math.min(most, room.width / chart.width, room.height / chart.height)

// --- Vega-Lite ----------------------------------------------------------------------------------

const PARTS = ['hconcat', 'vconcat', 'concat', 'facet', 'repeat', 'spec']

const isComposed = (chart) =>
  PARTS.some((key) => key in chart) || ['row', 'column', 'facet'].some((key) => key in (chart.encoding ?? {}))

/** The looks of a slide, as Vega-Lite's configuration. */
function slideConfig(look, size) {
  const [line, grid] = [mixed(look, 0.45), mixed(look, 0.14)]
  const labels = { labelColor: look.ink, titleColor: look.ink, labelFontSize: size, titleFontSize: size, labelLimit: 12 * size }
  return {
    background: 'transparent',
    font: look.font,
    axis: { ...labels, domainColor: line, gridColor: grid, tickColor: line },
    legend: { ...labels, symbolSize: size * size * 0.6 },
    header: labels,
    title: { color: look.ink, subtitleColor: look.ink, fontSize: size * 1.2, subtitleFontSize: size },
    text: { color: look.ink, fontSize: size },
    rule: { color: look.ink },
    line: { strokeWidth: Math.max(2, size / 6) },
    view: { stroke: mixed(look, 0.2) },
    ...(isDark(look) && { mark: { color: '#8ab8e6' } }), // Vega-Lite's own blue is too dark there
  }
}

/** A chart that fills what is left of its slide, as far as it names no size of its own. */
function filling(chart, room) {
  const { width, height, config = {} } = chart
  const [wide, high] = [width ?? room.width, height ?? room.height]
  const fit = width === undefined && height === undefined ? 'fit' : width === undefined ? 'fit-x' : 'fit-y'
  const isOwn = width !== undefined && height !== undefined
  const autosize = chart.autosize ?? config.autosize ?? (isOwn ? undefined : { type: fit, contains: 'padding' })
  return { ...chart, width: wide, height: high, ...(autosize && { autosize }) }
}

const REFUSED = new Error('it loads something from an address')
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,/

/** What loads files for Vega: nothing does, and only a picture that is inside may be shown. */
const LOADER = {
  load: () => Promise.reject(REFUSED),
  http: () => Promise.reject(REFUSED),
  file: () => Promise.reject(REFUSED),
  sanitize: (address) => (PICTURE.test(address) ? Promise.resolve({ href: address }) : Promise.reject(REFUSED)),
}

async function drawVegaLite(task) {
  const { look, room, specification } = task
  const size = Math.round(look.pixels * TEXT * (isComposed(specification) ? SMALLER : 1))
  const { config: own = {}, ...chart } = specification
  const isThemed = [own.background, chart.background, chart.usermeta].some((each) => each !== undefined)
  const { font, axis, legend, header, title, text, ...colours } = slideConfig(look, size)
  const sizes = ({ labelFontSize, titleFontSize, labelLimit }) => ({ labelFontSize, titleFontSize, labelLimit })
  const plain = { font, axis: sizes(axis), legend: sizes(legend), header: sizes(header), title: { fontSize: title.fontSize } }
  const config = withDefaults(own, isThemed ? plain : { font, axis, legend, header, title, text, ...colours })
  const sized = isComposed(chart) ? chart : filling(chart, room)
  const options = { mode: 'vega-lite', actions: false, ast: true, renderer: 'svg', loader: LOADER, logLevel: 0 }
  const host = hostOf()
  host.style.display = 'inline-block'
  const { view } = await vegaEmbed(host, { ...sized, config }, options)
  const { width, height } = host.getBoundingClientRect()
  if (task.live) return { width, height }
  return { svg: await view.toSVG(), width, height, scale: scaleOf({ width, height }, room, isComposed(chart) ? GROWS : 1) }
}
