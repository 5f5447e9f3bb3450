// Formulas that MathJax or KaTeX sets, and those that it shows in red, with what it says of them.

import { readFile } from 'node:fs/promises'
import { newMarp } from './marp.mjs'

const RULES = ['marp_math_inline', 'marp_math_block']
const CHARACTERS = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" }
const unescaped = (text) => text.replace(/&(amp|lt|gt|quot|#x27|#39);/g, (_, name) => CHARACTERS[name])

/** What an engine says of a formula that it could not read; undefined for a good one. */
function complaint(html) {
  const katex = html.match(/class="katex-error" title="([^"]*)"/)?.[1]
  // KaTeX repeats the formula, with the place underlined by combining characters.
  if (katex) return unescaped(katex).replace(/^ParseError: (?:KaTeX parse error: )?/, '').replace(/( at (?:position \d+|end of input)): [^]*/, '$1')
  const mathjax = html.match(/data-mjx-error="([^"]*)"/)?.[1]
  if (mathjax) return unescaped(mathjax)
  const unknown = unknownCommand(html)
  return unknown && `unknown command ${unknown}`
}

/** The name of a command that an engine does not know, which it shows in red. */
function unknownCommand(html) {
  const katex = html.match(/<mstyle mathcolor="#cc0000"><mtext>(\\[^<]+)<\/mtext>/)?.[1]
  if (katex) return katex
  const drawn = html.match(/<g data-mml-node="mtext" fill="red" stroke="red">(<path data-c="5C".*?)<\/g>/)?.[1]
  return drawn && [...drawn.matchAll(/data-c="([0-9A-F]+)"/g)].map(([, hex]) => String.fromCodePoint(Number.parseInt(hex, 16))).join('')
}

/** A plug-in that notes each formula that failed. */
export const formulasPlugin = (board) => (md) => {
  for (const name of RULES) {
    const rule = md.renderer.rules[name]
    if (!rule) continue
    md.renderer.rules[name] = (tokens, index, ...rest) => {
      const html = rule(tokens, index, ...rest)
      const wrong = complaint(html)
      if (wrong) board.note('formula', wrong, tokens[index].content.trim(), tokens[index])
      return html
    }
  }
}

/** Set formulas that are on no slide of the deck at `source`, with its engine and the macros that its slides define. */
export async function setFormulas({ source, options, formulas }) {
  const marp = newMarp({ ...options, inlineSVG: false }) // otherwise a script scales blocks of KaTeX, as on slides
  marp.markdown.render(`${await readFile(source, 'utf8')}\n\n$x$\n`) // without a formula, Marp chooses no engine
  const { rules } = marp.markdown.renderer
  const set = ({ tex, isBlock }) => rules[isBlock ? 'marp_math_block' : 'marp_math_inline']([{ content: tex }], 0)
  const html = formulas.map(set)
  return { css: marp.themeSetPackOptions().before, formulas: html.map((each) => ({ html: each, complaint: complaint(each) ?? '' })) }
}
