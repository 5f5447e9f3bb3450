// A Marp plug-in: names of the scopes of `<style scoped>` that are the same in every build.
//
// Marp chooses a random name for a slide that has none, so each slide that needs one gets it before.

import { createHash } from 'node:crypto'

const scopeOf = (kind, slide) => createHash('sha256').update(`${kind} ${slide}`).digest('hex').slice(0, 8)

/** A plug-in for slides of a kind: those of different kinds can be on one page. */
export const scopesPlugin = (kind) => (md) => {
  md.core.ruler.before('marpit_style_assign', 'deckwright_scopes', ({ inlineMode, tokens }) => {
    if (inlineMode) return
    let slide
    for (const token of tokens) {
      if (token.meta?.marpitSlideElement === 1) slide = token
      if (token.type !== 'marpit_style' || !token.meta?.marpitStyleScoped || slide?.meta.marpitStyleScoped) continue
      const key = scopeOf(kind, slide.meta.marpitSlide)
      slide.meta.marpitStyleScoped = { key }
      slide.attrSet(`data-marpit-scope-${key}`, '')
    }
  })
}
