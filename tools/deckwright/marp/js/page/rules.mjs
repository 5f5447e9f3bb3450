// The rules of style sheets that give texts their colours.

import { listed } from './css.mjs'

/** What Marp writes before a selector and in place of elements that it scales, and what makes a selector weightless. */
const PREFIX = /^.*?foreignObject\s*>\s*(?:section )?/i
const SCALED = /:is\(([a-z]\w*), marp-\1\)/g
const WEIGHTLESS = /:where\(([^(),]*)\)/g

const OF_ONE_SLIDE = '[data-marpit-scope-'

/** A function that returns the rule that colours an element: {theme, selector, important}; undefined for its own style. */
export function rulesOf(page) {
  const rules = [...page.styleSheets].flatMap((sheet) => [...coloursIn(readable(sheet))])
  return (element) => {
    for (let at = element; at && at.tagName !== 'foreignObject'; at = at.parentElement) {
      if (at.style?.color || at.hasAttribute('fill')) return undefined
      const first = rules.filter(({ selector }) => at.matches(selector)).reduce(stronger, undefined)
      if (first) return first.inherited ? undefined : named(first, element)
    }
    return undefined
  }
}

/** The rules of a style sheet; none of one that a deck links from the network, which no page may read. */
function readable(sheet) {
  try {
    return sheet.cssRules
  } catch {
    return []
  }
}

const named = ({ selector, important }, element) =>
  selector.includes(OF_ONE_SLIDE)
    ? undefined
    : {
        theme: element.closest('section').dataset.theme ?? 'default',
        selector: selector.replace(PREFIX, '').replace(SCALED, '$1').replace(WEIGHTLESS, '$1'),
        important,
      }

/** The rules with a colour, one for each selector: {selector, important, inherited, weight}. */
function* coloursIn(rules) {
  for (const rule of rules) {
    if (rule.media && !matchMedia(rule.conditionText).matches) continue
    if (rule.style?.color && rule.selectorText) yield* eachOf(rule)
    if (rule.cssRules) yield* coloursIn(rule.cssRules)
  }
}

function* eachOf({ selectorText, style }) {
  const important = style.getPropertyPriority('color') === 'important'
  const inherited = /^(?:inherit|currentcolor|unset)$/i.test(style.color)
  for (const selector of listed(selectorText)) yield { selector, important, inherited, weight: weightOf(selector) }
}

/** The specificity of a selector: identifiers; classes, attributes and pseudo-classes; elements. */
function weightOf(selector) {
  const plain = selector.replace(/:where\((?:[^()]|\([^()]*\))*\)/g, '').replace(/:(?:is|not|has)\(/g, '(')
  const count = (pattern) => (plain.match(pattern) ?? []).length
  return 10_000 * count(/#/g) + 100 * count(/\.[a-z_-]|\[|(?<!:):(?!:)/gi) + count(/(?:^|[\s>+~(,])[a-z]/gi)
}

/** The rule that comes first in the cascade; the later one of two equals. */
function stronger(first, rule) {
  if (!first || rule.important !== first.important) return !first || rule.important ? rule : first
  return rule.weight >= first.weight ? rule : first
}
