// Highlighting with the few languages that lectures show. For its first fence, Marp loads 192 of them, which takes as
// long as all else that it does for a deck.
//
// A fence in another language makes Marp load them all, as always.

import { requireFromCore } from './marp.mjs'

/** The names of each language, none of which is another one's; and nothing is highlighted inside of it as a third. */
const NAMES = { python: ['python', 'py'], plaintext: ['plaintext', 'text', 'txt'], bash: ['bash', 'sh'], json: ['json'] }

/** What scripts raised: a name of our own, which Marp does not highlight. */
const TRACEBACK = 'pytb'

/** A highlighter for these languages. */
function fewLanguages() {
  const few = requireFromCore('highlight.js/lib/core').newInstance()
  for (const [name, names] of Object.entries(NAMES)) {
    few.registerLanguage(name, requireFromCore(`highlight.js/lib/languages/${name}`))
    few.registerAliases(names, { languageName: name })
  }
  return few
}

let few

/** Let a Marp load its languages only for fences that need them. */
export function loadFewLanguages(marp) {
  few ??= fewLanguages()
  const highlighter = marp.highlighter.bind(marp)
  marp.highlighter = (code, language, attributes) => {
    if (language === TRACEBACK) return ''
    if (!few.getLanguage(language)) return highlighter(code, language, attributes)
    return few.highlight(code, { language, ignoreIllegals: true }).value
  }
}
