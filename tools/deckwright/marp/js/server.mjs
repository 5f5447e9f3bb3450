// A warm process: reads one JSON request per line from stdin, writes one JSON answer per line to stdout.
//
// Requests {id, method, params}; answers {id, result} or {id, error}. They are answered in order, one
// at a time, except that opening the browser goes on in the background. It ends when stdin ends.

import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { chart, closeStudio, rooms } from './charts.mjs'
import { compare } from './compare.mjs'
import { draw } from './draw.mjs'
import { setFormulas } from './formulas.mjs'
import { mark, measure } from './measure.mjs'
import { brokenPictures } from './pictures.mjs'
import { warm } from './warm.mjs'
import * as printer from './printer.mjs'
import { render } from './render.mjs'
import { printSheets } from './sheets.mjs'

// The first argument is the folder of the packages in the user's cache, the second one a folder for temporary
// files.
const require = createRequire(`${process.argv[2]}/package.json`)
const marpCli = (args) => require('@marp-team/marp-cli').marpCli(args)
const load = () => ['@marp-team/marp-cli', '@marp-team/marp-core'].forEach((name) => require(name))

const SCRATCH = process.argv[3]
const CJK_EMPHASIS = 'markdown-it-cjk-friendly'
const addressOf = (name) => pathToFileURL(require.resolve(name)).href
const pluginsOf = ({ cjkEmphasis }) => (cjkEmphasis ? [addressOf(CJK_EMPHASIS)] : [])

const methods = {
  warm: () => warm(load, marpCli, SCRATCH, () => waiting.some(({ method }) => method === 'render')),
  render: (params) => render(marpCli, SCRATCH, { ...params, plugins: pluginsOf(params) }),
  open: (params) => void printer.open(require('puppeteer-core').default, params),
  show: printer.showDeck,
  hide: printer.hideDeck,
  print: printer.print,
  pictures: printer.pictures,
  contents: printer.contents,
  blocks: printer.blocks,
  sheets: printSheets,
  formulas: (params) => setFormulas(require('@marp-team/marp-core').Marp, params),
  measure: (params) => measure(params, require.resolve('axe-core/axe.min.js')),
  mark,
  brokenPictures,
  compare,
  rooms,
  chart,
  closeStudio,
  draw: (params) => draw(params, process.argv[2]),
}

// stdout is for our answers; all other output goes to stderr.
const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`)
console.log = console.info = console.debug = (...words) => console.error(...words)

async function serve({ id, method, params }) {
  try {
    answer({ id, result: (await methods[method](params)) ?? null })
  } catch (error) {
    answer({ id, error: String(error?.message ?? error) })
  }
}

async function end() {
  await printer.close()
  process.exit(0)
}

process.on('SIGINT', end)
process.on('SIGTERM', end)

let queue = Promise.resolve()
const waiting = [] // requests, the oldest first
const next = () => serve(waiting.shift())
createInterface({ input: process.stdin })
  .on('line', (line) => {
    waiting.push(JSON.parse(line))
    queue = queue.then(next)
  })
  .on('close', () => void end())
