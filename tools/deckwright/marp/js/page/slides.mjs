// The slides of a page, each with its section, size and scale; and the line of every element.

const LINE = /^\ufffdline (\d+)$/ // HTML replaces the character 0
const BACKGROUND = ':is([data-marpit-advanced-background="background"], [data-marpit-advanced-background="pseudo"])'

/** The slides of the page: number, section, size, and the scale at which each is shown. */
export function slidesOf(page) {
  return [...page.querySelectorAll('svg[data-marpit-svg]')]
    .map((svg, index) => ({
      number: index + 1,
      svg,
      section: svg.querySelector(`:scope > foreignObject > section:not(${BACKGROUND})`),
      width: svg.viewBox.baseVal.width,
      height: svg.viewBox.baseVal.height,
      scale: svg.getScreenCTM().a,
    }))
    .filter(({ section }) => section) // raw HTML can split a slide
}

/** The line in the deck of each element; 0 for headers and footers. */
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
