// Runs in the page: what-if controls, which let readers choose the state that a slide shows.
//
// The states are in templates (marp/states.py). A control is on the slide, as large as the slide is shown, and in front
// of it; it belongs to no state, so that it keeps the keyboard's focus. All pages of a slide with steps, and all windows
// that show this file, have the same state.

const TEMPLATE = 'template[data-deckwright-state]'
const HOST = 'data-deckwright-control'
const PICTURE = /deckwright-picture:(\d+)/g
const USED = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', ' ', 'Enter'])

const STYLE = `
:host { all: initial; position: absolute; inset: auto 0 0; display: flex; justify-content: flex-end; padding: 0 8.5% 10px; pointer-events: none; }
[role=group] {
  display: flex; flex-wrap: wrap; gap: 4px 28px; box-sizing: border-box; padding: 6px 18px;
  border: 1px solid color-mix(in srgb, var(--ink) 35%, var(--paper)); border-radius: 12px;
  background: color-mix(in srgb, var(--ink) 6%, var(--paper)); color: var(--ink); font: 20px/1.4 var(--font); pointer-events: auto;
}
label, fieldset { display: flex; align-items: center; gap: 10px; margin: 0; padding: 0; border: 0; white-space: nowrap; }
legend { float: left; padding: 0; }
legend, .name { font-weight: 600; }
fieldset label { gap: 5px; }
input { accent-color: var(--accent); margin: 0; cursor: pointer; }
input[type=range] { width: 180px; height: 24px; }
input[type=radio] { width: 18px; height: 18px; }
input:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 6px; }
output { min-width: var(--widest); font-variant-numeric: tabular-nums; }
@media print { :host { display: none; } }`

// Marp's own buttons, which come when the pointer moves, are above the controls of the slide.
const PAGE_STYLE = `body:has(.bespoke-marp-active [${HOST}]) .bespoke-marp-osc { translate: 0 -7vh; }`

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...children)
  return element
}

// --- states ---------------------------------------------------------------------------------------

/** The number of a state, by the index of the value of each control: the last control changes first. */
const numberOf = (controls, chosen) => controls.reduce((number, { values }, index) => number * values.length + chosen[index], 0)

const acceptedOf = (controls) => controls.map(({ accepted }) => accepted)

const isPossible = (controls, chosen) =>
  Array.isArray(chosen) && chosen.length === controls.length && controls.every(({ values }, index) => Number.isInteger(chosen[index]) && values[chosen[index]] !== undefined)

/** What Marp's script does once, when the page is loaded: where the browser cannot extend plain elements. */
function upgrade(root) {
  for (const old of root.querySelectorAll('[is^="marp-"]')) {
    const kind = customElements.get(old.getAttribute('is'))
    const fresh = document.createElement(old.getAttribute('is'))
    if (!kind || !(fresh instanceof kind)) continue
    for (const { name, value } of old.attributes) fresh.setAttribute(name, value)
    fresh.append(...old.childNodes)
    old.replaceWith(fresh)
  }
}

/** A page with controls: its slide, and the nodes of each state that has been shown. */
class View {
  constructor(template, pictureOf) {
    const { page, slide, controls } = JSON.parse(template.dataset.deckwrightState)
    Object.assign(this, { template, pictureOf, slide: String(slide), controls })
    this.svg = document.querySelectorAll('svg[data-marpit-svg]')[page]
    this.accepted = numberOf(controls, acceptedOf(controls))
    this.states = new Map([[this.accepted, [...this.svg.childNodes]]])
    this.shown = this.wanted = this.accepted
  }

  nodesOf(number) {
    if (!this.states.has(number)) {
      const source = this.template.content.querySelector(`svg[data-state="${number}"]`).outerHTML.replace(PICTURE, (_, picture) => this.pictureOf(picture))
      const holder = make('div')
      holder.innerHTML = source
      upgrade(holder)
      const nodes = [...holder.firstElementChild.childNodes]
      const [own, other] = [this.svg, holder.firstElementChild].map((svg) => sectionsOf(svg)[0])
      if (own?.id) other.id = own.id
      this.states.set(number, nodes)
    }
    return this.states.get(number)
  }

  /** Show the state of this number as soon as its pictures can be drawn, unless another one is wanted by then. */
  async show(number) {
    this.wanted = number
    const nodes = this.nodesOf(number)
    const images = nodes.flatMap((node) => [...(node.querySelectorAll?.('img') ?? [])])
    await Promise.all(images.map((image) => image.decode().catch(() => {})))
    if (this.wanted === number) this.put(number)
  }

  /** Whether the slide still has the nodes of its state: while decks are served, a slide may be replaced. */
  isIntact() {
    return this.states.get(this.shown).every(({ parentNode }) => parentNode === this.svg)
  }

  put(number) {
    if (!this.isIntact()) return
    for (const node of this.states.get(this.shown)) node.remove()
    this.svg.prepend(...this.nodesOf(number))
    this.shown = number
  }
}

// --- controls -------------------------------------------------------------------------------------

/** A slider for numbers; it moves over the indices of its values. */
function slider({ name, values }, onChange) {
  const output = make('output', { 'aria-hidden': 'true' })
  const input = make('input', { type: 'range', min: 0, max: values.length - 1, step: 1, 'aria-label': name })
  const set = (index) => {
    input.value = index
    input.setAttribute('aria-valuetext', values[index])
    output.textContent = values[index]
  }
  output.style.setProperty('--widest', `${Math.max(...values.map(({ length }) => length))}ch`)
  input.addEventListener('input', () => onChange(Number(input.value)))
  return { element: make('label', {}, make('span', { class: 'name' }, name), input, output), set }
}

/** Buttons for all else, of which one is chosen. */
function buttons({ name, values }, onChange) {
  const inputs = values.map((_, index) => make('input', { type: 'radio', name, value: index }))
  for (const [index, input] of inputs.entries()) input.addEventListener('change', () => onChange(index))
  const labels = inputs.map((input, index) => make('label', {}, input, values[index]))
  const set = (index) => (inputs[index].checked = true)
  return { element: make('fieldset', { role: 'radiogroup', 'aria-label': name }, make('legend', { 'aria-hidden': 'true' }, name), ...labels), set }
}

/** The sections of a slide, that with its text first: one with a background picture has others around it. */
const sectionsOf = (svg) =>
  [...svg.querySelectorAll(':scope > foreignObject > section')].sort((a, b) => isLayer(a) - isLayer(b))

const isLayer = ({ dataset }) => /^(?:background|pseudo)$/.test(dataset.marpitAdvancedBackground)

/** The colours and the font of a slide, for its controls. */
function lookOf(svg) {
  const sections = sectionsOf(svg)
  const [section] = sections
  const { color, fontFamily } = getComputedStyle(section)
  const link = section.appendChild(make('a', { href: '#' }))
  const accent = getComputedStyle(link).color
  link.remove()
  const papers = sections.map((each) => getComputedStyle(each).backgroundColor)
  const paper = papers.find((each) => !/^rgba\(.*, 0\)$|^transparent$/.test(each))
  return { ink: color, paper: paper ?? 'Canvas', accent, font: fontFamily }
}

/** Put a bar above a footer whose words it would hide. */
function placeAbove(footer, host, bar) {
  if (!footer) return
  const words = document.createRange()
  words.selectNodeContents(footer)
  const [own, other] = [bar.getBoundingClientRect(), words.getBoundingClientRect()]
  const overlaps = own.left < other.right && other.left < own.right && own.top < other.bottom && other.top < own.bottom
  const pixel = own.height / bar.offsetHeight
  if (overlaps) host.style.paddingBottom = `${(own.bottom - other.top) / pixel + 16}px`
}

/** Put the controls on a slide; return a function that sets them to what is chosen. */
function addBar(view, onChange) {
  const { svg, controls } = view
  const { width, height } = svg.viewBox.baseVal
  const frame = document.createElementNS('http://www.w3.org/2000/svg', 'foreignObject')
  for (const [name, value] of Object.entries({ width, height })) frame.setAttribute(name, value)
  frame.style.pointerEvents = 'none'
  const host = make('div', { [HOST]: '' })
  const [section] = sectionsOf(svg)
  const isChinese = section.closest('[lang]')?.lang.toLowerCase().startsWith('zh')
  const parts = controls.map((control, index) => (control.isNumeric ? slider : buttons)(control, (value) => onChange(index, value)))
  const root = host.attachShadow({ mode: 'open' })
  const bar = make('div', { role: 'group', 'aria-label': isChinese ? '改变参数' : 'What if' }, ...parts.map(({ element }) => element))
  root.append(make('style', {}, STYLE), bar)
  for (const [name, value] of Object.entries(lookOf(svg))) host.style.setProperty(`--${name}`, value)
  // As large as on a slide of the usual height; a page turns by keys that a control does not need.
  host.style.zoom = height / 720
  host.addEventListener('keydown', (event) => {
    if (USED.has(event.key)) event.stopPropagation()
    else if (event.key === 'PageUp' || event.key === 'PageDown') event.preventDefault()
    else if (event.key === 'Escape' && root.activeElement) {
      event.stopPropagation()
      root.activeElement.blur()
    }
  })
  for (const name of ['wheel', 'touchstart', 'touchmove', 'touchend']) host.addEventListener(name, (event) => event.stopPropagation(), { passive: true })
  host.addEventListener('pointerup', () => setTimeout(() => root.activeElement?.blur())) // keys go on to turn pages
  const wrapper = make('div', { style: `position:relative;width:${width}px;height:${height}px` }, host)
  frame.append(wrapper)
  svg.append(frame)
  placeAbove(svg.querySelector('section > footer'), host, bar)
  return { frame, host, bar, set: (chosen) => chosen.forEach((index, number) => parts[number].set(index)) }
}

/** Where the controls of a slide are in its page, which has none: slides are measured as they are printed. */
export function boxOfBar(svg, controls) {
  const { frame, host, bar, set } = addBar({ svg, controls }, () => {})
  host.style.display = 'flex'
  set(acceptedOf(controls))
  placeAbove(svg.querySelector('section > footer'), host, bar)
  const box = bar.getBoundingClientRect()
  frame.remove()
  return box
}

// --- the page -------------------------------------------------------------------------------------

/** The states that readers have chosen: the index of the value of each control, by slide.
 *
 * All windows that show this file have the same; a page that is loaded again keeps them.
 */
class Choices {
  constructor(onChange) {
    this.key = `deckwright states ${location.pathname}`
    this.slides = new Map(Object.entries(this.kept()))
    this.channel = 'BroadcastChannel' in window ? new BroadcastChannel(this.key) : { postMessage() {} }
    this.channel.onmessage = ({ data }) => {
      if (data.ask) return this.slides.forEach((values, slide) => this.channel.postMessage({ slide, values }))
      this.keep(data)
      onChange(data.slide)
    }
    this.channel.postMessage({ ask: true })
  }

  kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? '{}')
    } catch {
      return {} // there may be no storage
    }
  }

  keep({ slide, values }) {
    this.slides.set(slide, values)
    try {
      sessionStorage.setItem(this.key, JSON.stringify(Object.fromEntries(this.slides)))
    } catch {}
  }

  choose(slide, values) {
    this.keep({ slide, values })
    this.channel.postMessage({ slide, values })
  }

  /** What is chosen on the slide of a view, if that is still possible. */
  on({ slide, controls }) {
    const values = this.slides.get(slide)
    return isPossible(controls, values) ? values : acceptedOf(controls)
  }
}

const isShown = (svg) => !svg.matches('.bespoke-marp-slide') || svg.matches('.bespoke-marp-active')

/** Let readers choose the states of all slides that have some, also of those that come later. */
export function addControls() {
  let places = [] // {template, view, bar}; a slide that was never shown has no bar
  const update = (slide) => {
    for (const { view, bar } of places) {
      if (view.slide !== slide) continue
      bar?.set(choices.on(view))
      view.show(numberOf(view.controls, choices.on(view)))
    }
  }
  const choices = new Choices(update)
  document.body.append(make('style', {}, PAGE_STYLE))

  const build = () => {
    for (const { view, bar } of places) {
      view.put(view.accepted)
      bar?.frame.remove()
    }
    const data = JSON.parse(document.querySelector('[data-deckwright-pictures]')?.textContent ?? '[]')
    const pictures = data.map((picture, number) => picture || document.querySelector(`[data-deckwright-picture="${number}"]`)?.src)
    places = [...document.querySelectorAll(TEMPLATE)].map((template) => ({ template, view: new View(template, (number) => pictures[number]) }))
    for (const slide of new Set(places.map(({ view }) => view.slide))) update(slide)
  }

  const addBars = () => {
    for (const place of places) {
      const { view } = place
      if (place.bar || !isShown(view.svg)) continue
      place.bar = addBar(view, (index, value) => {
        choices.choose(view.slide, choices.on(view).map((old, number) => (number === index ? value : old)))
        update(view.slide)
      })
      place.bar.set(choices.on(view))
    }
  }

  const isCurrent = () => {
    const templates = [...document.querySelectorAll(TEMPLATE)]
    return templates.length === places.length && places.every(({ template, view }, index) => template === templates[index] && view.isIntact())
  }

  const follow = () => {
    if (!isCurrent()) build()
    addBars()
  }
  follow()
  let waiting = false
  new MutationObserver(() => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      follow()
    })
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: ['class'] })
}
