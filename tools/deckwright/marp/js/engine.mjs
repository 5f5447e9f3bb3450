// The engine for marp-cli: Marp with our plug-ins, which keeps the result of the last rendering.

import alternativesPlugin from './alternatives.mjs'
import ansiPlugin from './ansi.mjs'
import { captionsPlugin, captionStyle } from './captions.mjs'
import { chartPlacesPlugin } from './chart_places.mjs'
import { diagramsPlugin } from './diagrams.mjs'
import { formulasPlugin } from './formulas.mjs'
import hiddenPlugin from './hidden.mjs'
import highlightPlugin, { bandStyle } from './highlight.mjs'
import { loadFewLanguages } from './languages.mjs'
import linesPlugin, { withoutLines } from './lines.mjs'
import { newMarp } from './marp.mjs'
import marksPlugin, { withMarks } from './marks.mjs'
import movesPlugin, { withMoves } from './moves.mjs'
import { noticeBoard } from './notices.mjs'
import { outputsPlugin, withOutputs } from './outputs.mjs'
import { rawHtmlPlugin } from './raw_html.mjs'
import { scopesPlugin } from './scopes.mjs'
import { shownPlugin } from './shown.mjs'
import { rememberStyleSheets } from './style_sheets.mjs'
import tablesPlugin from './tables.mjs'

let last
let next

/** The result of the last rendering besides the page: parts, notes, document properties and notices. */
export const lastRender = () => last

/** Say what our plug-ins need for the next rendering; `plugins` are the addresses of others. */
export async function prepare({ plugins, ...needs }) {
  next = { plugins: await Promise.all(plugins.map(async (plugin) => (await import(plugin)).default)), ...needs }
}

function describe(marp, { html, css, comments }) {
  const directives = marp.lastGlobalDirectives ?? {}
  return {
    html,
    css,
    notes: comments.map((slide) => slide.join('\n\n')),
    lang: directives.lang ?? marp.options.lang ?? '',
    title: directives.marpCLITitle ?? '',
    author: directives.marpCLIAuthor ?? '',
    description: directives.marpCLIDescription ?? '',
    keywords: directives.marpCLIKeywords ?? [],
  }
}

/** What marp-cli takes for a class, and so does not look for Marp itself, which takes longer. */
export default function Engine(options) {
  const { plugins, outputs, diagrams, charts, scopes, captions, shown } = next
  const marp = newMarp(options)
  loadFewLanguages(marp)
  rememberStyleSheets(marp)
  for (const plugin of plugins) marp.use(plugin)
  marp.use(alternativesPlugin).use(movesPlugin).use(highlightPlugin).use(ansiPlugin).use(scopesPlugin(scopes))
  marp.use(tablesPlugin).use(outputsPlugin(outputs)).use(diagramsPlugin(diagrams))
  marp.use(chartPlacesPlugin(charts)).use(captionsPlugin(captions))
  marp.use(marksPlugin).use(hiddenPlugin).use(linesPlugin)
  const board = noticeBoard()
  marp.use(board.plugin).use(formulasPlugin(board)).use(rawHtmlPlugin(board)).use(shownPlugin(shown))
  const render = marp.render.bind(marp)
  marp.render = (...args) => {
    const rendered = withMoves(withMarks(withOutputs(render(...args))))
    rendered.css += bandStyle(rendered) + captionStyle(rendered)
    last = { ...describe(marp, rendered), notices: board.take() }
    return withoutLines(rendered)
  }
  return marp
}
