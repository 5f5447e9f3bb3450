// A Marp plug-in: what Markdown cannot say of a table, from the comment above it (compose/table.py): rows of
// the header, headings of rows, merged cells, and colours.
//
// The text of the cells stays Markdown. Other tools drop the comment and show the plain table.

const LAYOUT = /^lint ignore deckwright-table (\{.*\})$/
const HARMLESS = /^[\w#%(),.:; -]*$/

function layoutOf(token) {
  const json = token.type === 'marpit_comment' && token.content.match(LAYOUT)?.[1]
  try {
    return json ? JSON.parse(json) : undefined
  } catch {
    return undefined // an author's own comment
  }
}

/** The rows of the table whose tokens these are: each a list of cells, which are lists of tokens. */
function rowsOf(tokens) {
  const rows = []
  for (const token of tokens) {
    if (token.type === 'tr_open') rows.push([])
    else if (/^t[hd]_open$/.test(token.type)) rows.at(-1).push([token])
    else if (/^(inline|t[hd]_close)$/.test(token.type)) rows.at(-1).at(-1).push(token)
  }
  return rows
}

const fits = ({ head, rows: layout }, rows) =>
  Number.isInteger(head) &&
  layout?.length === rows.length &&
  rows.every((row, y) => typeof layout[y] === 'string' && layout[y].length === row.length && /^[hdlu]+$/.test(layout[y]))

function run(length, goesOn) {
  let count = 1
  while (count < length && goesOn(count)) count += 1
  return count
}

/** Where a cell is in its table: which rows and columns it covers, and whether it is in the header. */
function placeOf({ head, rows }, y, x) {
  const section = y < head ? head : rows.length
  const width = run(rows[y].length - x, (n) => rows[y][x + n] === 'l')
  const height = run(section - y, (n) => rows[y + n][x] === 'u')
  return { width, height, inHead: y < head }
}

/** Whether a text is a date or a number, which browsers would break behind a hyphen: `2026-03-01`, `1e-05`. */
const isUnbroken = ({ content }) => /^[\d.,:+\u2212eETj-]+-[\d.,:eETj-]+$/.test(content.replace(/<!--.*?-->|\\/g, ''))

function setCell([open, text, close], kind, { width, height, inHead }, style) {
  const tag = kind === 'h' ? 'th' : 'td'
  Object.assign(open, { type: `${tag}_open`, tag })
  Object.assign(close, { type: `${tag}_close`, tag })
  const aligned = open.attrGet('style') ?? (kind === 'h' && !inHead && 'text-align:left') // browsers centre headings
  const styles = [aligned, height > 1 && 'vertical-align:top', width > 1 && 'text-align:center', isUnbroken(text) && 'white-space:nowrap', style]
  const css = styles.filter(Boolean).join(';')
  if (css) open.attrSet('style', css)
  if (width > 1) open.attrSet('colspan', String(width))
  if (height > 1) open.attrSet('rowspan', String(height))
  if (kind === 'h') open.attrSet('scope', `${inHead ? 'col' : 'row'}${(inHead ? width : height) > 1 ? 'group' : ''}`)
}

function styleAt({ styles = {} }, y, x) {
  const at = ([css, places]) => HARMLESS.test(css) && Array.isArray(places) && places.includes(`${y}.${x}`)
  return Object.entries(styles).find(at)?.[0]
}

function section(Token, tag, rows) {
  if (!rows.length) return []
  const wrapped = (name, tokens) => [new Token(`${name}_open`, name, 1), ...tokens, new Token(`${name}_close`, name, -1)]
  return wrapped(tag, rows.flatMap((cells) => wrapped('tr', cells.flat())))
}

/** The tokens of a table, laid out. */
function laidOut(Token, tokens, layout) {
  const rows = rowsOf(tokens)
  if (!fits(layout, rows)) return tokens
  const shown = rows.map((cells, y) =>
    cells.filter((cell, x) => {
      const kind = layout.rows[y][x]
      if (/[lu]/.test(kind)) return false
      setCell(cell, kind, placeOf(layout, y, x), styleAt(layout, y, x))
      return true
    }),
  )
  const [head, body] = [shown.slice(0, layout.head), shown.slice(layout.head)]
  return [tokens[0], ...section(Token, 'thead', head), ...section(Token, 'tbody', body), tokens.at(-1)]
}

export default function tablesPlugin(md) {
  md.core.ruler.after('block', 'deckwright_tables', (state) => {
    const out = []
    for (let i = 0; i < state.tokens.length; i += 1) {
      const layout = layoutOf(state.tokens[i])
      out.push(state.tokens[i])
      if (!layout || state.tokens[i + 1]?.type !== 'table_open') continue
      const end = state.tokens.findIndex((token, index) => index > i && token.type === 'table_close')
      out.push(...laidOut(state.Token, state.tokens.slice(i + 1, end + 1), layout))
      i = end
    }
    state.tokens = out
  })
}
