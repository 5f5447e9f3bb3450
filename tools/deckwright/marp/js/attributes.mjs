// What an author writes after the language word of a fence: `python {1,3-5}`, `text ansi="0-5:ansi-fg-1"`.

const LINES = /(?:^|\s)\{([^{}]*)\}/
const MOVES = /(?:^|\s)moves="(\d+):([\d,]*)"/
const ANSI = /(?:^|\s)ansi="([^"]*)"/

const ROWS = /(?:^|\s)rows="(\d+)"/

/** Attributes after the language word of a fence's info string. */
const attributes = (info) => info.trim().replace(/^\S+/, '')

/** The line specification between braces, such as "1,3-5", or undefined. Of steps (`{1|3|all}`) the first. */
export const linesOf = (info) => attributes(info).match(LINES)?.[1].split('|')[0].trim()

/** The colour ranges of a fence, such as "0-5:ansi-fg-1", or undefined. */
export const coloursOf = (info) => attributes(info).match(ANSI)?.[1]

/** How many lines a fence has room for, which may be more than it has; undefined for no more. */
export const rowsOf = (info) => attributes(info).match(ROWS)?.[1]

/** The numbers of a fence and of its lines, or undefined. */
export function movesOf(info) {
  const match = attributes(info).match(MOVES)
  return match ? { fence: match[1], numbers: match[2].split(',') } : undefined
}

/** "1,3-5" → [[1, 1], [3, 5]] within 1..count; [] for none; undefined for what is no line specification. */
export function lineRanges(spec, count) {
  if (spec === 'none') return []
  if (spec === 'all' || spec === '*') return [[1, count]]
  const ranges = spec.split(',').map((part) => part.trim().match(/^(\d+)(?:\s*-\s*(\d+))?$/))
  if (ranges.some((range) => range === null)) return undefined
  return ranges
    .map(([, first, last]) => [Math.max(1, Number(first)), Math.min(count, Number(last ?? first))])
    .filter(([first, last]) => first <= last)
}

/** "0-5:ansi-fg-1 ansi-bold" → [{start: 0, end: 5, classes: "ansi-fg-1 ansi-bold"}], in order, not overlapping. */
export function colourRanges(spec) {
  const ranges = spec
    .split(',')
    .map((part) => part.trim().match(/^(\d+)-(\d+):([\w\s-]+)$/))
    .filter((range) => range !== null)
    .map(([, start, end, classes]) => ({ start: Number(start), end: Number(end), classes: classes.trim() }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start)
  return ranges.filter(({ start }, i) => i === 0 || start >= ranges[i - 1].end)
}
