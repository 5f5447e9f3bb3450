// The lines of a text as they are shown, each with its runs of letters of one look.

import { boxOf, contentScaleOf, union } from './boxes.mjs'
import { channels, hex } from './colours.mjs'
import { targetOf } from './contents.mjs'
import { FORMULAS, PICTURES, UNSEEN } from './elements.mjs'

const APART = `${PICTURES}, svg, ${FORMULAS}, ${UNSEEN}`
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const LETTER = /[\p{L}\p{N}]/u

/** Browsers round where letters stand; from so many pixels on they are raised or lowered. */
const MOST_UNEVEN = 2

const canvas = new OffscreenCanvas(1, 1).getContext('2d')

/** Return the lines of nodes: [{left, right, top, bottom, base, runs}]; undefined if they are more than lines of letters.
 *
 * A run is {text, font, size, ..., gap}: the gap is how much more room there is to the next run than the letters take.
 */
export function linesOfText(nodes, slide) {
  const lines = []
  let isEnd = true
  for (const piece of nodes.flatMap((node) => [...piecesOf(node)])) {
    if (piece === BREAK) {
      if (isEnd && lines.length) lines.push({ ...lines.at(-1), runs: [] })
      isEnd = true
      continue
    }
    const look = lookOf(piece.element, slide)
    if (!look || RIGHT_TO_LEFT.test(piece.text)) return undefined
    const box = boxOf(piece.rect, slide)
    const line = lines.at(-1)
    if (isEnd || (box.left < line.right - 1 && box.bottom > line.bottom + 1 && box.top > line.top)) lines.push({ ...box, runs: [] })
    isEnd = false
    add(lines.at(-1), { ...piece, text: look.shown(piece.text) }, box, look)
  }
  return lines.every(isLevel) ? spread(lines.map(finished)) : undefined
}

const isFull = ({ runs }) => runs.length > 0

/** The lines from the first to the last with letters; empty ones are evenly between the others. */
function spread(lines) {
  const shown = lines.slice(Math.max(0, lines.findIndex(isFull)), lines.findLastIndex(isFull) + 1)
  return shown.map((line, at) => {
    if (isFull(line)) return line
    const [before, after] = [shown.slice(0, at).findLastIndex(isFull), shown.findIndex((each, number) => number > at && isFull(each))]
    const share = (at - before) / (after - before)
    const [upper, lower] = [shown[before], shown[after]]
    const between = (side) => upper[side] + share * (lower[side] - upper[side])
    return { ...upper, runs: [], right: upper.left, top: between('top'), bottom: between('bottom'), base: between('base') }
  })
}

const BREAK = Symbol('the end of a line')

/** Letters with their places, {text, rect, element}, and breaks, in the order of the page. */
function* piecesOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return yield* lettersOf(node)
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(APART) || node.ariaHidden === 'true') return
  if (node.matches('br')) return yield BREAK
  const { display, visibility } = getComputedStyle(node)
  if (display === 'none' || visibility === 'hidden') return
  for (const child of node.childNodes) yield* piecesOf(child)
}

function* lettersOf(node) {
  const element = node.parentElement
  const range = document.createRange()
  const isKept = getComputedStyle(element).whiteSpaceCollapse.startsWith('preserve')
  let at = 0
  for (const letter of node.data) {
    const start = at
    at += letter.length
    if (isKept && letter === '\n') {
      yield BREAK
      continue
    }
    range.setStart(node, start)
    range.setEnd(node, at)
    const rect = [...range.getClientRects()].at(-1)
    if (rect?.width > 0) yield { text: /\s/.test(letter) ? ' ' : letter, rect, element, isTab: letter === '\t' }
  }
}

/** Put a letter into the last run of a line, or begin another one. */
function add(line, piece, box, look) {
  const last = line.runs.at(-1)
  const goesOn = last?.element === piece.element && !last.isTab && !piece.isTab
  const isSame = goesOn && Math.abs(box.left - last.right) < 1 && !isApart(last.text.at(-1), piece.text)
  if (isSame) Object.assign(last, union(last, box), { text: last.text + piece.text })
  else line.runs.push({ ...box, ...look, ...piece })
  Object.assign(line, union(line, box))
}

/** Whether browsers put a space between two letters: one is Chinese or Japanese, the other of an alphabet, or a number. */
const isApart = (a, b) => IDEOGRAPH.test(a) !== IDEOGRAPH.test(b) && LETTER.test(a) && LETTER.test(b)

/** Whether all letters of a line stand on it: none is raised or lowered by much. */
function isLevel({ runs }) {
  const bases = runs.map(baseOf)
  return Math.max(...bases) - Math.min(...bases) < MOST_UNEVEN || !runs.length
}

const baseOf = ({ bottom, descent }) => bottom - descent

/** A line without the spaces at its end. */
function finished(line) {
  const runs = [...line.runs]
  while (runs.length && !runs.at(-1).text.trim()) runs.pop()
  const [last] = runs.splice(-1)
  if (last) runs.push({ ...last, text: last.text.trimEnd() })
  const { left, right, top, bottom } = runs.length ? runs.reduce(union) : line
  const base = Math.max(...runs.map(baseOf))
  return { left, right, top, bottom, base: runs.length ? base : bottom, runs: runs.map((run, at) => plain(run, runs[at + 1])) }
}

function plain({ element, rect, isTab, shown, left, right, top, bottom, descent, ...run }, next) {
  const width = metricsOf(run).width + run.spacing * [...run.text].length
  return { ...run, gap: next ? next.left - left - width : 0 }
}

// --- looks --------------------------------------------------------------------------------------

const TRANSFORMS = { uppercase: (letter) => letter.toUpperCase(), lowercase: (letter) => letter.toLowerCase() }

const looks = new WeakMap()

function lookOf(element, slide) {
  if (!looks.has(element)) looks.set(element, newLook(element, slide))
  return looks.get(element)
}

/** How the letters of an element look; undefined if no run of a text box looks so. */
function newLook(element, slide) {
  const style = getComputedStyle(element)
  const isTurned = !/^horizontal/.test(style.writingMode) || style.direction === 'rtl'
  if (isTurned || style.backgroundClip === 'text' || style.textShadow !== 'none' || style.textTransform === 'capitalize') return undefined
  const scale = contentScaleOf(element) / slide.scale
  const font = {
    font: style.fontFamily,
    size: Number.parseFloat(style.fontSize) * scale,
    weight: Number(style.fontWeight),
    italic: style.fontStyle !== 'normal',
  }
  const [red, green, blue, alpha] = channels(style.webkitTextFillColor)
  return {
    ...font,
    colour: hex([red, green, blue]),
    alpha: alpha * opacityOf(element),
    spacing: (Number.parseFloat(style.letterSpacing) || 0) * scale,
    ...decorationOf(element),
    link: linkOf(element.closest('a')),
    space: metricsOf({ ...font, text: ' ' }).width,
    shown: TRANSFORMS[style.textTransform] ?? ((letter) => letter),
    descent: metricsOf({ ...font, text: 'x' }).fontBoundingBoxDescent,
  }
}

const opacityOf = (element) => (element ? Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement) : 1)

function linkOf(link) {
  const target = link && targetOf(link)
  return target ? { text: '', boxes: [], ...target } : null
}

/** The lines that an element or one around it draws under its letters and through them. */
function decorationOf(element) {
  const found = { underline: '', strike: false }
  for (let each = element; each && getComputedStyle(each).display.startsWith('inline'); each = each.parentElement) {
    const { textDecorationLine, textDecorationStyle } = getComputedStyle(each)
    if (textDecorationLine.includes('underline')) found.underline ||= textDecorationStyle
    if (textDecorationLine.includes('line-through')) found.strike = true
  }
  return found
}

function metricsOf({ text, size, weight, italic, font }) {
  canvas.font = `${italic ? 'italic ' : ''}${weight} ${size}px ${font}`
  return canvas.measureText(text)
}
