// The engine for marp-cli: Marp with our plug-ins, which keeps the result of the last rendering.

import alternativesPlugin from './alternatives.mjs'
import ansiPlugin from './ansi.mjs'
import { captionsPlugin, captionStyle } from './captions.mjs'
import { chartPlacesPlugin } from './chart_places.mjs'
import { diagramsPlugin } from './diagrams.mjs'
import { formulasPlugin } from './formulas.mjs'
import hiddenPlugin from './hidden.mjs'
import highlightPlugin, { bandStyle } from './highlight.mjs'
import linesPlugin, { withoutLines } from './lines.mjs'
import marksPlugin, { withMarks } from './marks.mjs'
import movesPlugin, { withMoves } from './moves.mjs'
import { noticeBoard } from './notices.mjs'
import { outputsPlugin, withOutputs } from './outputs.mjs'
import { rawHtmlPlugin } from './raw_html.mjs'
import { scopesPlugin } from './scopes.mjs'
import tablesPlugin from './tables.mjs'

let last

/** The result of the last rendering besides the page: parts, notes, document properties and notices. */
export const lastRender = () => last

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

// An arrow function: marp-cli takes anything with a prototype for a class.
const engine = async ({ marp, deckwright }) => {
  for (const plugin of deckwright.plugins) marp.use((await import(plugin)).default)
  marp.use(alternativesPlugin).use(movesPlugin).use(highlightPlugin).use(ansiPlugin).use(scopesPlugin(deckwright.scopes))
  marp.use(tablesPlugin).use(outputsPlugin(deckwright.outputs)).use(diagramsPlugin(deckwright.diagrams))
  marp.use(chartPlacesPlugin(deckwright.charts)).use(captionsPlugin(deckwright.captions))
  marp.use(marksPlugin).use(hiddenPlugin).use(linesPlugin)
  const board = noticeBoard()
  marp.use(board.plugin).use(formulasPlugin(board)).use(rawHtmlPlugin(board))
  const render = marp.render.bind(marp)
  marp.render = (...args) => {
    const rendered = withMoves(withMarks(withOutputs(render(...args))))
    rendered.css += bandStyle(rendered) + captionStyle(rendered)
    last = { ...describe(marp, rendered), notices: board.take() }
    return withoutLines(rendered)
  }
  return marp
}

export default engine
