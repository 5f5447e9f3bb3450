// Elements of a slide, as selectors.

export const FORMULAS = '.katex, mjx-container'

/** What holds a picture of its own. */
export const PICTURES = 'img, canvas, video, object, embed, iframe'

/** What is not of the slide: copies for screen readers, code, and marks of ours. */
export const UNSEEN = '.katex-mathml, mjx-assistive-mml, script, style, template, [data-deckwright-mark]'

/** What stands above code and is no part of it. */
export const CAPTIONS = '[data-deckwright-caption]'
