// The slides of a page, with what all measuring needs: their place, their scale, and the line of every element.

const LINE = /^line (\d+)$/
const BACKGROUND = ':is([data-marpit-advanced-background="background"], [data-marpit-advanced-background="pseudo"])'

/** Each slide of the page: its number, its section, its size, and the scale at which it stands there. */
export function slidesOf(page) {
  return [...page.querySelectorAll('svg[data-marpit-svg]')]
    .map((svg, index) => ({
      number: index + 1,
      svg,
      section: svg.querySelector(`:scope > foreignObject > section:not(${BACKGROUND})`),
      width: svg.viewBox.baseVal.width,
      height: svg.viewBox.baseVal.height,
      scale: svg.getBoundingClientRect().width / svg.viewBox.baseVal.width,
    }))
    .filter(({ section }) => section) // raw HTML can tear a slide apart
}

/** The line of the deck from which each element comes; headers and footers have none. */
export function linesOf(page) {
  const lines = new Map()
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT)
  let line = 0
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.COMMENT_NODE) line = Number(node.data.match(LINE)?.[1] ?? line)
    else {
      if (node.matches('svg[data-marpit-svg]')) line = 0
      lines.set(node, node.closest('section > :is(header, footer)') ? 0 : line)
    }
  }
  return lines
}
