// Runs in the page: draws diagrams as SVG, in the colours and fonts of the slides that hold them.
//
// The drawings hold no style sheet: what the libraries' own ones say is written onto the elements.

import { channels, hex } from './colours.mjs'
import { makeLegible } from './inks.mjs'
import { isLight, lookOf, mixed } from './look.mjs'

const SCALE = 0.8 // of the slide's text: a diagram's own is as large as that, unless it has to shrink
const LEAST = 0.3 // of its natural size: what would have to be smaller overflows, and is reported
const TEXT_PIXELS = 16 // of the libraries' drawings
const SVG = 'http://www.w3.org/2000/svg'

/** Draw each marked fence of this page, in order; `diagrams` are those that the marks number. */
export async function drawAll(diagrams) {
  const drawn = []
  for (const [place, mark] of marks().entries()) {
    const number = Number(mark.data.split(' ')[1])
    drawn.push(await drawOne(diagrams[number], mark.nextElementSibling, place))
  }
  return drawn
}

const marks = () => commentsIn(document.body).filter(({ data }) => /^diagram \d+$/.test(data))

function commentsIn(root) {
  const comments = document.createNodeIterator(root, NodeFilter.SHOW_COMMENT)
  const found = []
  for (let node = comments.nextNode(); node; node = comments.nextNode()) found.push(node)
  return found
}

async function drawOne({ language, body }, code, place) {
  const look = await lookOf(code)
  const host = hostFor(look)
  try {
    host.innerHTML = await (language === 'dot' ? drawDot : drawMermaid)(body, look, `diagram-${place}`)
    const svg = host.querySelector('svg')
    if (language === 'mermaid') finish(svg)
    makeLegible(svg, look, language === 'dot' ? isNot(look.ink) : isStyled)
    const scale = ((look.pixels * SCALE) / TEXT_PIXELS) * fitOf(svg, look, code)
    return { svg: plain(svg, `diagram-${place}`, scale), error: '', line: 0, trouble: '' }
  } catch (error) {
    return { svg: '', ...explained(error) }
  } finally {
    host.remove()
  }
}

/** An element like the slide in which to draw, where nothing shows or scales it. */
function hostFor({ font }) {
  const host = document.body.appendChild(document.createElement('div'))
  host.style.cssText = `all:initial;position:absolute;left:0;top:0;width:800px;font:${TEXT_PIXELS}px ${font}`
  return host
}

// --- drawing ------------------------------------------------------------------------------------

const settings = ({ font, ink, paper, accent }) => ({
  startOnLoad: false,
  suppressErrorRendering: true,
  securityLevel: 'strict',
  htmlLabels: false, // they would be HTML in the drawing
  flowchart: { htmlLabels: false, useMaxWidth: false },
  class: { htmlLabels: false },
  gantt: { useWidth: 800, fontSize: 14, sectionFontSize: 14 },
  secure: ['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'suppressErrorRendering', 'maxEdges', 'htmlLabels', 'themeCSS', 'dompurifyConfig'],
  deterministicIds: true,
  deterministicIDSeed: 'deckwright',
  handDrawnSeed: 1,
  theme: 'base',
  fontFamily: font,
  themeVariables: {
    darkMode: !isLight(paper),
    fontFamily: font,
    fontSize: `${TEXT_PIXELS}px`,
    background: hex(paper),
    edgeLabelBackground: hex(paper),
    primaryColor: mixed(0.14, accent, paper),
    primaryBorderColor: hex(accent),
    secondaryColor: mixed(0.12, ink, paper),
    secondaryBorderColor: mixed(0.5, ink, paper),
    tertiaryColor: mixed(0.05, ink, paper),
    tertiaryBorderColor: mixed(0.3, ink, paper),
    lineColor: mixed(0.65, ink, paper),
    pieStrokeColor: hex(paper),
    pieOuterStrokeColor: mixed(0.3, ink, paper),
    ...piecesOf(accent, ink, paper),
    noteBkgColor: mixed(0.08, ink, paper),
    noteBorderColor: mixed(0.4, ink, paper),
    ...Object.fromEntries(TEXTS.map((name) => [name, hex(ink)])),
  },
})

/** Colours that can be told apart, as `pie1` to `pie12`. */
const piecesOf = (accent, ink, paper) =>
  Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => {
      const part = [0.75, 0.4, 0.2][Math.floor(index / 2) % 3]
      return [`pie${index + 1}`, mixed(part, index % 2 ? ink.map((n, at) => (n + paper[at]) / 2) : accent, paper)]
    }),
  )

/** Mermaid's names of colours of text. */
const TEXTS = [
  ...['primaryTextColor', 'secondaryTextColor', 'tertiaryTextColor', 'textColor', 'titleColor', 'nodeTextColor'],
  ...['noteTextColor', 'pieTitleTextColor', 'pieSectionTextColor', 'pieLegendTextColor', 'actorTextColor', 'signalTextColor'],
  ...['labelTextColor', 'loopTextColor', 'taskTextColor', 'taskTextDarkColor', 'taskTextOutsideColor', 'classText'],
]

/** What is in order, but cannot be drawn. */
class NotDrawn extends Error {}

// In place of `<` and `>` while Mermaid draws: as wide in most fonts, and never in a text.
const [LESS, MORE] = ['\u00f7\u034f', '\u00b1\u034f']

/** Elements that are about looks, which the labels of a drawing without HTML cannot have. */
const LOOKS = /<\/?(?:b|big|code|del|em|font|i|ins|mark|s|small|span|strike|strong|sub|sup|u)(?:\s[^<>\n]*)?>/gi

/** The `<` of what looks like an element, such as `<T>`, but not of `<br>` and Mermaid's own `<<interface>>`. */
const OPENING = /(?<!<)<(?!\/?br\b)(?=\/?[a-z])/gi

/** The labels of the kinds that leave out each `>` of a label. */
const LABELS = [
  [/^\s*(?:flowchart|graph|block)/m, /"[^"]*"|\|[^|\n]*\||[[({]+[^[\](){}"\n]*[\])}]+|(?<=(?:--|==|-\.) )[^-=.|\n"]*(?= (?:--|==|\.-))/g],
  [/^\s*stateDiagram/m, /"[^"]*"|(?<=^[^:\n]+:)[^\n]*/gm],
]

/** A source whose labels show what they say: Mermaid takes `<T>` for an element, and leaves it out. */
function withTexts(source) {
  const text = source.replace(LOOKS, '').replace(OPENING, LESS)
  const [, labels] = LABELS.find(([kind]) => kind.test(source)) ?? []
  return labels ? text.replace(labels, (label) => label.replace(/(?<!<br\s*\/?)>/gi, MORE)) : text
}

const asWritten = (text) => text.replaceAll(LESS, '<').replaceAll(MORE, '>')

async function drawMermaid(text, look, name) {
  fixedChance()
  mermaid.initialize(settings(look))
  const source = withTexts(text)
  await mermaid.parse(source)
  try {
    return (await mermaid.render(name, source)).svg
  } catch (error) {
    throw new NotDrawn(error.message)
  }
}

/** Numbers that are the same in every build: Mermaid names commits by chance. */
function fixedChance() {
  let state = 1
  Math.random = () => (state = (state * 48271) % 2147483647) / 2147483647
}

/** Make a drawing the same on any day, and without what only HTML could show. */
function finish(svg) {
  for (const today of svg.querySelectorAll('.today')) today.remove()
  for (const either of svg.querySelectorAll('switch')) // HTML, or else text
    either.replaceWith(...[...either.children].filter(({ tagName }) => tagName !== 'foreignObject'))
  for (const ground of svg.querySelectorAll('.commit-label-bkg')) ground.style.opacity = 1 // lines would show through
  decode(svg)
}

/** Mermaid leaves the names of characters (`#quot;`) in the texts of a drawing without HTML. */
function decode(svg) {
  const area = document.createElement('textarea') // whose content is text, whatever it is
  for (const text of svg.querySelectorAll('text, tspan'))
    for (const node of text.childNodes)
      if (node.nodeType === Node.TEXT_NODE) {
        area.innerHTML = node.data
        node.data = asWritten(area.value)
      }
}

let viz

async function drawDot(source, { ink, paper, accent }) {
  viz ??= await Viz.instance()
  // Helvetica's widths are near those of our fonts; the page shows its own.
  const text = { fontcolor: hex(ink), fontname: 'Helvetica', fontsize: (TEXT_PIXELS * 3) / 4 }
  const result = viz.render(source, {
    format: 'svg',
    graphAttributes: { ...text, bgcolor: 'transparent', color: mixed(0.5, ink, paper) },
    nodeAttributes: { ...text, color: hex(accent) },
    edgeAttributes: { ...text, color: mixed(0.65, ink, paper) },
  })
  if (result.status === 'success') return result.output.slice(result.output.indexOf('<svg'))
  throw Object.assign(new Error(result.errors.map(({ message }) => message).join(' ')), { name: 'DotError' })
}

/** Whether the author of a diagram gives a text a colour: what we say applies to all others. */
const isNot = (ink) => (text) => hex(channels(getComputedStyle(text).fill)) !== hex(ink)

/** The same, as Mermaid writes it; of C4 diagrams it gives its own colours so, too. */
const isStyled = (text) => {
  if (text.closest('svg[aria-roledescription="c4"]')) return false
  const styled = text.closest('svg :is([style*="color:"], [style*="fill:"])')
  return /(?:^|[;\s])(?:color|fill)\s*:[^;]*!important/.test(styled?.getAttribute('style') ?? '')
}

/** How far a drawing has to shrink to fit on its slide, in place of its code. */
function fitOf(svg, { section, pixels }, code) {
  const { width, height } = svg.viewBox.baseVal
  const scale = (pixels * SCALE) / TEXT_PIXELS
  const paragraph = document.createElement('p')
  const place = paragraph.appendChild(document.createElement('span'))
  place.style.cssText = `display:block;width:${width * scale}px;max-width:100%;height:${height * scale}px;margin:0 auto`
  code.replaceWith(paragraph)
  try {
    const across = Math.min(1, place.clientWidth / (width * scale))
    place.style.height = `${height * scale * across}px`
    const excess = Math.max(0, section.scrollHeight - section.clientHeight)
    return Math.max(LEAST, across * Math.min(1, 1 - excess / (height * scale * across)))
  } finally {
    paragraph.replaceWith(code)
  }
}

// --- what went wrong ----------------------------------------------------------------------------

/** What is wrong with a diagram, and in which line of its text; 0 where that is not known.
 *
 * `trouble` is `syntax`, `unknown` for a kind that the library lacks, or `drawing` for what it cannot draw.
 */
function explained(error) {
  const message = asWritten(String(error?.message ?? error))
  const trouble = error?.name === 'UnknownDiagramError' ? 'unknown' : error instanceof NotDrawn ? 'drawing' : 'syntax'
  const known = error?.hash?.loc?.first_line ?? error?.result?.parserErrors?.[0]?.token?.startLine
  const named = Number.isInteger(known) ? known : Number(message.match(/\bline (\d+)/)?.[1])
  return { error: oneLine(message), line: Number.isInteger(named) ? named : 0, trouble }
}

/** The words of a message, without the drawing of the place and the list of all that was possible. */
function oneLine(message) {
  const [first, ...rest] = message.split('\n')
  const found = message.match(/got '([^']+)'/)?.[1]
  const text = found && rest.length ? `unexpected ${found} at ${rest[0].replace(/^\.\.\./, '')}` : first
  return text.replace(/\b(?:on|in) line \d+\s*(?:, column \d+)?:?/g, '').replace(/\s+/g, ' ').trim().slice(0, 200)
}

// --- a drawing without style sheets -------------------------------------------------------------

const INHERITED = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'stroke-opacity'],
  ...['font-size', 'font-style', 'font-weight', 'text-anchor', 'visibility', 'marker-start', 'marker-mid', 'marker-end'],
]
const OWN = ['opacity', 'display', 'dominant-baseline', 'text-decoration-line', 'stop-color', 'stop-opacity', 'clip-path']
const USUAL = { opacity: '1', 'dominant-baseline': 'auto', 'text-decoration-line': 'none', 'stop-color': 'rgb(0, 0, 0)', 'stop-opacity': '1', 'clip-path': 'none' }
const NEEDLESS = 'style, script, title, desc, metadata, filter' // shadows look different in print

/** A drawing as text: its looks are attributes, its ids begin with `name`. */
function plain(svg, name, scale) {
  const { x, y, width, height } = svg.viewBox.baseVal
  const all = [...svg.querySelectorAll('*')]
  const looks = new Map([svg, ...all].map((element) => [element, lookOfElement(element, element === svg)]))
  for (const [element, look] of looks) {
    for (const key of ['style', 'class', 'font-family']) element.removeAttribute(key)
    for (const [key, value] of Object.entries(look)) element.setAttribute(key, value)
  }
  for (const node of [...svg.querySelectorAll(NEEDLESS), ...commentsIn(svg)]) node.remove()
  for (const link of svg.querySelectorAll('a')) link.replaceWith(groupOf(link))
  renamed(svg, name)
  for (const unused of svg.querySelectorAll(':is(marker, symbol, clipPath, linearGradient):not([id])')) unused.remove()
  for (const { name: key } of [...svg.attributes]) if (!(key in looks.get(svg))) svg.removeAttribute(key)
  svg.setAttribute('letter-spacing', 'normal') // as when it was measured
  svg.setAttribute('viewBox', [x, y, width, height].map(rounded).join(' '))
  svg.setAttribute('width', rounded(width * scale))
  svg.setAttribute('height', rounded(height * scale))
  return new XMLSerializer().serializeToString(svg)
}

/** A link as a group, which has its place and its looks, and leads nowhere. */
function groupOf(link) {
  const group = document.createElementNS(SVG, 'g')
  for (const { name, value } of link.attributes) if (!name.includes(':')) group.setAttribute(name, value)
  group.append(...link.childNodes)
  return group
}

const rounded = (number) => String(Math.round(number * 100) / 100)

/** The properties of an element that differ from its parent's, or from the usual. */
function lookOfElement(element, isRoot) {
  const style = getComputedStyle(element)
  const parent = isRoot ? undefined : getComputedStyle(element.parentElement)
  const inherited = INHERITED.filter((key) => style.getPropertyValue(key) !== parent?.getPropertyValue(key))
  const own = OWN.filter((key) => key in USUAL && style.getPropertyValue(key) !== USUAL[key])
  const hidden = style.display === 'none' && element.closest('defs, marker') === null ? { display: 'none' } : {}
  const values = [...inherited, ...own].map((key) => [key.replace(/-line$/, ''), valueOf(style.getPropertyValue(key))])
  return { ...Object.fromEntries(values), ...hidden }
}

/** A computed value as an attribute: `url("#a")`, perhaps with the page's address, becomes `url(#a)`. */
const valueOf = (value) => value.replace(/^url\("?[^"#)]*#([^")]+)"?\)$/, 'url(#$1)')

/** Give ids in order to what is referred to, and remove all others, which hold counters of the libraries. */
function renamed(svg, name) {
  const names = new Map()
  const fresh = (id) => names.get(id) ?? names.set(id, `${name}-${names.size}`).get(id)
  for (const element of svg.querySelectorAll('*'))
    for (const attribute of [...element.attributes])
      attribute.value = attribute.value.replace(/url\(\s*["']?[^"'#)]*#([^"')]+)["']?\s*\)/g, (_, id) => `url(#${fresh(id)})`)
  for (const element of svg.querySelectorAll('[id]'))
    names.has(element.id) ? (element.id = names.get(element.id)) : element.removeAttribute('id')
}
