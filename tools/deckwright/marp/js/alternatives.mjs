// Alternative texts of pictures, whole: markdown-it leaves out each character that is escaped in them.

// What composing escapes there; everything else comes out as marp-cli renders it.
const OURS = /^&#x0000[0-9a-f]{2};$/

const asText = (token) =>
  token.type === 'text_special' && OURS.test(token.markup) ? Object.assign(Object.create(token), { type: 'text' }) : token

/** A plug-in for markdown-it. */
export default function alternativesPlugin(md) {
  const { renderer } = md
  const original = renderer.renderInlineAsText
  renderer.renderInlineAsText = function (tokens, ...rest) {
    return original.call(this, tokens.map(asText), ...rest)
  }
}
