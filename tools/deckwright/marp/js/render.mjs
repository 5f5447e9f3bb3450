// Renders a deck: the page that marp-cli writes for it, and a page with the same slides for printing.

import { appendFile, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lastRender, prepare } from './engine.mjs'
import { marpCli } from './marp.mjs'

const ENGINE = fileURLToPath(new URL('./engine.mjs', import.meta.url))
const LABEL = /^\s*(?:\u001b\[[\d;]*m)*\[\s*(?:WARN|ERROR)\s*\](?:\u001b\[[\d;]*m)*\s*/

/** Of what our plug-ins need. */
const DEFAULTS = { plugins: [], outputs: [], diagrams: [], charts: 0, scopes: 'slide', captions: {} }

// What KaTeX remarks of formulas that it sets well: letters that LaTeX would not take, and of which it knows no width.
const REMARK = /^\s*(?:LaTeX-incompatible input and strict mode|No character metrics for)/

const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c])

/** Only the slides. Like marp-cli, without the script for presenting, which hides all slides but one. */
const printPage = ({ html, css, lang, title, author, description }) =>
  [
    `<!DOCTYPE html><html lang="${escaped(lang)}"><head><meta charset="UTF-8">`,
    `<title>${escaped(title)}</title>`,
    author && `<meta name="author" content="${escaped(author)}">`,
    description && `<meta name="description" content="${escaped(description)}">`,
    `<style>${css}</style></head><body>${html}</body></html>`,
  ]
    .filter(Boolean)
    .join('')

/** Copy files under plain names: marp-cli takes paths as patterns, so "a [1].md" would be another file. */
const copies = (folder, paths, suffix) =>
  Promise.all(
    paths.map(async (path, index) => {
      const copy = join(folder, `${index}${suffix}`)
      await copyFile(path, copy)
      return copy
    }),
  )

/** Give copies of themes their names: the text of these has none. */
const giveNames = (themes, copied, named) =>
  Promise.all(
    themes.map(async (theme, index) => {
      if (Object.hasOwn(named, theme)) await appendFile(copied[index], `\n/* @theme ${named[theme]} */\n`)
    }),
  )

/** A warning in one line, with the names of the files in place of those of their copies in `folder`. */
const oneLine = (warning, folder, deck, themes) =>
  warning
    .replace(/\s*\n\s*/g, ' ')
    .replace(new RegExp(`\\S*${basename(folder)}/(\\d+)\\.(md|css)`, 'g'), (_, index, kind) =>
      basename(kind === 'md' ? deck : themes[index]),
    )

/** Run `work` and return the warnings and errors that it wrote to the console. */
async function warningsOf(work) {
  const { warn, error } = console
  const lines = []
  const collect = (...words) => void lines.push(words.map(String).join(' '))
  Object.assign(console, { warn: collect, error: collect })
  try {
    await work()
  } finally {
    Object.assign(console, { warn, error })
  }
  const isWarning = (line) => !REMARK.test(line) && (LABEL.test(line) || !line.includes('INFO'))
  return lines.filter(isWarning).map((line) => line.replace(LABEL, '').trim())
}

/** Render both pages of the deck at `source`; `scratch` is a folder for temporary files. */
export async function render(scratch, { source, themes = [], named = {}, settings = {}, ...needs }) {
  await mkdir(scratch, { recursive: true }) // build/ may have been removed meanwhile
  const folder = await mkdtemp(join(scratch, 'render-'))
  const [page, config] = ['deck.html', 'marp.json'].map((name) => join(folder, name))
  try {
    const [deck] = await copies(folder, [source], '.md')
    await writeFile(config, JSON.stringify(settings))
    const styleSheets = await copies(folder, themes, '.css')
    await giveNames(themes, styleSheets, named)
    const themeSet = styleSheets.flatMap((theme) => ['--theme-set', theme])
    await prepare({ ...DEFAULTS, ...needs })
    const lines = await warningsOf(() => marpCli([deck, '-o', page, '-c', config, '--engine', ENGINE, ...themeSet]))
    const warnings = lines.map((warning) => oneLine(warning, folder, source, themes))
    const rendered = lastRender()
    const { notes, author, description, keywords, notices } = rendered
    const properties = { author, description, keywords }
    return { page: await readFile(page, 'utf8'), print_page: printPage(rendered), notes, ...properties, warnings, notices }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
