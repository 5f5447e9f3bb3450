// A Marp plug-in: above code, the name of its script, which leads to the file and to a notebook of it.
//
// The caption is a part of the code, so that no theme takes it for a paragraph of the slide, and it is as legible as the code.

const ATTRIBUTE = 'data-deckwright-caption'

/** The caption {text, address, colab} as HTML. */
function captionOf({ text, address, colab }, escaped) {
  const link = (to, label, more = '') => `<a href="${escaped(to)}"${more}>${label}</a>`
  const name = address ? link(address, escaped(text)) : escaped(text)
  const notebook = colab && ` · ${link(colab, 'Colab', ` aria-label="Colab: ${escaped(text)}"`)}`
  return `<span ${ATTRIBUTE}>${name}${notebook}</span>`
}

/** A plug-in that puts captions above fences, by the line in which each opens. */
export const captionsPlugin = (captions) => (md) => {
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const html = fence(tokens, index, ...rest)
    const caption = captions[tokens[index].map[0] + 1]
    return caption ? html.replace(/<code\b[^>]*>/, (start) => start + captionOf(caption, md.utils.escapeHtml)) : html
  }
}

// As specific as what themes say of links and code, and later.
const CAPTION = `div#\\:\\$p > svg > foreignObject > section code > span[${ATTRIBUTE}]`
const STYLE =
  `${CAPTION}{display:block;margin:0 0 .3em;color:var(--deckwright-caption,color-mix(in srgb,currentColor 75%,transparent))}` +
  `${CAPTION} > a{color:inherit;text-decoration:underline 1px;text-underline-offset:.2em}`

/** The style that a page with captions needs in addition to its theme's. */
export const captionStyle = ({ html }) => (html.includes(`<span ${ATTRIBUTE}>`) ? STYLE : '')
