// What Marp reads in decks: one JSON array [text, options] a line in, one JSON object a line out, until stdin ends.

import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const require = createRequire(`${process.argv[2]}/package.json`)
const { Marp } = require('@marp-team/marp-core')

const SPOKEN = { softbreak: ' ', hardbreak: ' ', image: '', html_inline: '', marpit_comment: '' }
const textOf = ({ children }) =>
  children
    .map(({ type, content }) => SPOKEN[type] ?? content)
    .join('')
    .trim()

// Lines count from 1. A slide starts below its ruler, or at the heading that divides.
const firstLine = ({ type, hidden, map }) => (type === 'hr' ? map[hidden ? 0 : 1] + 1 : undefined)

function slidesOf(tokens) {
  const body = tokens[0]?.type === 'front_matter' ? tokens[0].map[1] : 0
  const slides = [{ line: body + 1, title: null }]
  tokens.forEach((token, index) => {
    if (token.type === 'hr' && token.level === 0) slides.push({ line: firstLine(token), title: null })
    if (token.type === 'heading_open') slides.at(-1).title ??= textOf(tokens[index + 1])
  })
  return slides.map(({ line, title }) => [line, title ?? ''])
}

const fencesOf = (tokens) =>
  tokens.filter(({ type }) => type === 'fence').map(({ map, info, content }) => [map[0] + 1, map[1], info, content])

function read(text, options) {
  let seen
  const marp = new Marp({ container: false, script: false, ...options })
  marp.use((md) =>
    md.core.ruler.before('marpit_slide', 'what_is_there', ({ inlineMode, tokens }) => {
      if (!inlineMode) seen = { slides: slidesOf(tokens), fences: fencesOf(tokens) }
    }),
  )
  marp.render(text)
  return seen
}

createInterface({ input: process.stdin }).on('line', (line) => {
  console.log(JSON.stringify(read(...JSON.parse(line))))
})
