// Style sheets that Marp has made: a deck and its states have the same one, and so has a deck whose text was edited.

const MOST = 8
const made = new Map() // by all that they are made of, the one used last at the end

/** Let a Marp make each style sheet once. */
export function rememberStyleSheets(marp) {
  const { themeSet, options } = marp
  const pack = themeSet.pack.bind(themeSet)
  themeSet.pack = (theme, how) => {
    const themes = [...themeSet.themes()].map(({ name, css }) => [name, css])
    const key = JSON.stringify([theme, how, options, themes])
    const css = made.get(key) ?? pack(theme, how)
    made.delete(key)
    made.set(key, css)
    if (made.size > MOST) made.delete(made.keys().next().value)
    return css
  }
}
