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
:host { all: initial; position: absolute; inset: auto 0 0; display: flex; justify-content: center; padding-bottom: 10px; pointer-events: none; }
[role=group] {
  display: flex; flex-wrap: wrap; justify-content: center; gap: 4px 28px; max-width: 86%; box-sizing: border-box; padding: 6px 18px;
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
    Object.assign(this, { template, pictureOf, slide, controls })
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
      const id = this.svg.querySelector('section[id]')?.id
      if (id) holder.querySelector('section').id = id
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

  put(number) {
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

/** The colours and the font of a slide, for its controls. */
function lookOf(section) {
  const { color, backgroundColor, fontFamily } = getComputedStyle(section)
  const link = section.appendChild(make('a', { href: '#' }))
  const accent = getComputedStyle(link).color
  link.remove()
  const paper = /^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor) ? 'Canvas' : backgroundColor
  return { ink: color, paper, accent, font: fontFamily }
}

/** Put the controls on a slide; return a function that sets them to what is chosen. */
function addBar(view, onChange) {
  const { svg, controls } = view
  const { width, height } = svg.viewBox.baseVal
  const frame = document.createElementNS('http://www.w3.org/2000/svg', 'foreignObject')
  for (const [name, value] of Object.entries({ width, height })) frame.setAttribute(name, value)
  frame.style.pointerEvents = 'none'
  const host = make('div', { [HOST]: '' })
  const section = svg.querySelector('foreignObject > section:last-of-type')
  const isChinese = section.closest('[lang]')?.lang.toLowerCase().startsWith('zh')
  const parts = controls.map((control, index) => (control.isNumeric ? slider : buttons)(control, (value) => onChange(index, value)))
  const root = host.attachShadow({ mode: 'open' })
  const bar = make('div', { role: 'group', 'aria-label': isChinese ? '改变参数' : 'What if' }, ...parts.map(({ element }) => element))
  root.append(make('style', {}, STYLE), bar)
  for (const [name, value] of Object.entries(lookOf(section))) host.style.setProperty(`--${name}`, value)
  // As large as on a slide of the usual height; a page turns by keys that a control does not need.
  host.style.zoom = height / 720
  host.addEventListener('keydown', (event) => {
    if (USED.has(event.key)) event.stopPropagation()
    else if (event.key === 'PageUp' || event.key === 'PageDown') event.preventDefault()
    else if (event.key === 'Escape') root.activeElement?.blur()
  })
  for (const name of ['wheel', 'touchstart', 'touchmove', 'touchend']) host.addEventListener(name, (event) => event.stopPropagation(), { passive: true })
  host.addEventListener('pointerup', () => setTimeout(() => root.activeElement?.blur())) // keys go on to turn pages
  const wrapper = make('div', { style: `position:relative;width:${width}px;height:${height}px` }, host)
  frame.append(wrapper)
  svg.append(frame)
  return { frame, set: (chosen) => chosen.forEach((index, number) => parts[number].set(index)) }
}

// --- the page -------------------------------------------------------------------------------------

/** Add the controls to all slides that have some, also to those that come later. */
export function addControls() {
  const key = `deckwright states ${location.pathname}`
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(key) : { postMessage() {} }
  const chosen = new Map(Object.entries(kept())) // the index of the value of each control, by slide
  let bars = []

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? '{}')
    } catch {
      return {} // no storage
    }
  }

  const keep = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(chosen)))
    } catch {}
  }

  /** What is chosen on the slide of a view, if that is still possible. */
  const chosenOn = ({ slide, controls }) => {
    const wanted = chosen.get(String(slide))
    return isPossible(controls, wanted) ? wanted : acceptedOf(controls)
  }

  const apply = ({ view, bar }) => {
    bar.set(chosenOn(view))
    return view.show(numberOf(view.controls, chosenOn(view)))
  }

  const choose = (slide, values) => {
    chosen.set(String(slide), values)
    keep()
    for (const each of bars) if (each.view.slide === slide) apply(each)
  }

  const build = () => {
    for (const { view, bar } of bars) {
      if (bar.frame.isConnected) view.put(view.accepted) // else the slide has been replaced
      bar.frame.remove()
    }
    const data = JSON.parse(document.querySelector('[data-deckwright-pictures]')?.textContent ?? '[]')
    const pictures = data.map((picture, number) => picture || document.querySelector(`[data-deckwright-picture="${number}"]`)?.src)
    bars = [...document.querySelectorAll(TEMPLATE)].map((template) => {
      const view = new View(template, (number) => pictures[number])
      const bar = addBar(view, (index, value) => {
        const values = chosenOn(view).map((old, number) => (number === index ? value : old))
        choose(view.slide, values)
        channel.postMessage({ slide: view.slide, values })
      })
      apply({ view, bar })
      return { view, bar }
    })
  }

  const isCurrent = () => {
    const templates = [...document.querySelectorAll(TEMPLATE)]
    return templates.length === bars.length && bars.every(({ view, bar }, index) => view.template === templates[index] && bar.frame.isConnected)
  }

  channel.onmessage = ({ data }) => {
    if (data.ask) for (const [slide, values] of chosen) channel.postMessage({ slide: Number(slide), values })
    else choose(data.slide, data.values)
  }
  build()
  channel.postMessage({ ask: true })
  let waiting = false
  new MutationObserver(() => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      if (!isCurrent()) build()
    })
  }).observe(document.body, { subtree: true, childList: true })
}
