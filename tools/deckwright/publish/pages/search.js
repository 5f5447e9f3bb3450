// Searches the slides of a published course. The site's search.js is MiniSearch, then `const SLIDES = [...]`, then this.
// Everything is in one script, because a page that is opened as a file may load no data.

const SHOWN = 30
const AROUND = 60

/** Words of other scripts as they are; of Chinese and Japanese, where no space divides words, every two letters. */
function tokens(text) {
  const found = []
  for (const [run] of text.toLowerCase().matchAll(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[\p{L}\p{N}_]+/gu)) {
    if (!/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(run)) found.push(run)
    else if (run.length === 1) found.push(run)
    else for (let at = 0; at + 1 < run.length; at += 1) found.push(run.slice(at, at + 2))
  }
  return found
}

let index
function indexed() {
  if (index) return index
  index = new MiniSearch({ fields: ['title', 'text'], tokenize: tokens, processTerm: (term) => term })
  index.addAll(SLIDES.map((slide, id) => ({ ...slide, id })))
  return index
}

const input = document.querySelector('#words')
const hits = document.querySelector('#hits')

/** A part of a text around the first of some words, with all of them marked. */
function excerpt(text, words) {
  const at = Math.min(...words.map((word) => text.toLowerCase().indexOf(word)).filter((place) => place >= 0), text.length)
  const start = Math.max(0, (at === text.length ? 0 : at) - AROUND)
  return marked(`${start ? '…' : ''}${text.slice(start, start + 3 * AROUND)}`, words)
}

function marked(text, words) {
  const part = document.createDocumentFragment()
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  for (const piece of text.split(new RegExp(`(${escaped.join('|')})`, 'giu'))) {
    const isWord = words.includes(piece.toLowerCase())
    const node = isWord ? document.createElement('mark') : document.createTextNode(piece)
    if (isWord) node.textContent = piece
    part.append(node)
  }
  return part
}

function hit({ id }, words) {
  const { lecture, title, text, address, number } = SLIDES[id]
  const item = document.createElement('li')
  const link = document.createElement('a')
  link.href = address
  link.append(marked(title || hits.dataset.slide.replace('{}', number), words))
  const place = document.createElement('small')
  place.textContent = ` ${lecture} · ${number}`
  const line = document.createElement('p')
  line.append(excerpt(text, words))
  item.append(link, place, line)
  return item
}

function show() {
  const words = [...new Set(input.value.toLowerCase().split(/\s+/).filter(Boolean))]
  hits.replaceChildren()
  if (!words.length) return
  const found = indexed().search(input.value, { combineWith: 'AND', prefix: (term) => term.length > 2 || /^[a-z]/.test(term), boost: { title: 3 } })
  hits.append(...found.slice(0, SHOWN).map((each) => hit(each, words)))
  if (!found.length) {
    const none = document.createElement('li')
    none.textContent = hits.dataset.nothing
    hits.append(none)
  }
}

input.addEventListener('input', show)
input.form.addEventListener('submit', (event) => event.preventDefault())
if (location.hash.startsWith('#q=')) {
  input.value = decodeURIComponent(location.hash.slice(3))
  show()
}
