// The engine that marp-cli uses: Marp itself, our plug-ins, and a note of what it rendered last.

import ansiPlugin from './ansi.mjs'
import highlightPlugin, { bandStyle } from './highlight.mjs'
import scopesPlugin from './scopes.mjs'

let last

/** What the last render gave, beyond the page: parts, slide titles, notes and document properties. */
export const lastRender = () => last

const SPOKEN = { softbreak: ' ', hardbreak: ' ', html_inline: '' }

const textOf = (inline) =>
  (inline.children ?? [])
    .map(({ type, content }) => SPOKEN[type] ?? content)
    .join('')
    .trim()

/** The first heading of each slide. */
function slideTitles(tokens) {
  const titles = []
  tokens.forEach((token, index) => {
    if (token.meta?.marpitSlideElement === 1) titles.push('')
    const untitled = titles.length > 0 && titles.at(-1) === ''
    if (token.type === 'heading_open' && untitled) titles[titles.length - 1] = textOf(tokens[index + 1])
  })
  return titles
}

function describe(marp, { html, css, comments }, titles) {
  const directives = marp.lastGlobalDirectives ?? {}
  return {
    html,
    css,
    titles,
    notes: comments.map((slide) => slide.join('\n\n')),
    lang: directives.lang ?? marp.options.lang ?? '',
    title: directives.marpCLITitle ?? '',
    author: directives.marpCLIAuthor ?? '',
    description: directives.marpCLIDescription ?? '',
  }
}

// An arrow function: marp-cli takes anything with a prototype for a class.
const engine = async ({ marp, deckwright }) => {
  let titles = []
  for (const plugin of deckwright.plugins) marp.use((await import(plugin)).default)
  marp.use(highlightPlugin).use(ansiPlugin).use(scopesPlugin)
  marp.use((md) => md.core.ruler.push('deckwright_titles', ({ tokens }) => void (titles = slideTitles(tokens))))
  const render = marp.render.bind(marp)
  marp.render = (...args) => {
    const rendered = render(...args)
    rendered.css += bandStyle(rendered)
    last = describe(marp, rendered, titles)
    return rendered
  }
  return marp
}

export default engine
