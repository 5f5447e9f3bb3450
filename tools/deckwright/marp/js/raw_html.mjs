// A Marp plug-in: raw HTML that Marp does not let through: it shows some tags as text, and drops attributes.

const TAG = /<!--[^]*?-->|<([a-z][\w:-]*)((?:[^"'<>]|"[^"]*"|'[^']*')*)>/gi
const ATTRIBUTE = /([^\s"'=/>]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?/g
const CLOSING = /<\/([a-z][\w:-]*)/gi

// The elements that an author means as such: `<file>` and `<int>` in a sentence are text.
const ELEMENTS = new Set(
  (
    'a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code ' +
    'col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form frame ' +
    'frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee ' +
    'math menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script ' +
    'search section select slot small source span strike strong sub summary sup svg table tbody td template textarea tfoot th thead ' +
    'time title tr track tt u ul var video wbr'
  ).split(' '),
)

/** A plug-in that notes each tag and attribute that is not let through. */
export const rawHtmlPlugin = (board) => (md) => {
  const closed = new Set()
  md.core.ruler.push('deckwright_closed_tags', ({ tokens, inlineMode }) => {
    if (inlineMode) return
    closed.clear()
    const html = tokens.flatMap((token) => [token, ...(token.children ?? [])]).filter(({ type }) => /^html_/.test(type))
    for (const { content } of html) for (const [, name] of content.matchAll(CLOSING)) closed.add(name.toLowerCase())
  })
  for (const kind of ['html_inline', 'html_block']) {
    const rule = md.renderer.rules[kind]
    const passed = (text, rest) => rule([{ type: kind, content: text }], 0, ...rest)
    md.renderer.rules[kind] = (tokens, index, ...rest) => {
      const token = tokens[index]
      for (const [tag, name, attributes] of token.content.matchAll(TAG)) {
        const wrong = name && refusal(name.toLowerCase(), attributes, passed(tag, rest), closed)
        if (wrong) board.note('html', wrong, tag, token)
      }
      return rule(tokens, index, ...rest)
    }
  }
}

/** What Marp does to a tag, given what it makes of it; undefined if it lets it through. */
function refusal(name, attributes, result, closed) {
  const written = namesOf(attributes)
  if (!/^\s*</.test(result)) {
    const isMeant = ELEMENTS.has(name) ? written.length > 0 || closed.has(name) : written.length > 0 && closed.has(name)
    return isMeant ? `Marp shows the tag <${name}> as text` : undefined
  }
  const kept = new Set(namesOf(result.match(/<[a-z][\w:-]*([^]*)>/i)?.[1] ?? ''))
  const dropped = written.filter((each) => !kept.has(each))
  return dropped.length ? `Marp drops ${dropped.map((each) => `${each}=`).join(' and ')} from <${name}>` : undefined
}

const namesOf = (attributes) => [...attributes.matchAll(ATTRIBUTE)].map(([, name]) => name.toLowerCase())
