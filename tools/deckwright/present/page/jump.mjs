// Going to a slide by its number or by a text on it.

import { make, openDialog } from './elements.mjs'
import { filled } from './words.mjs'
import { firstSteps, go, numberOf, slides, titleOf } from './slides.mjs'

const MOST = 8
const AROUND = 30 // characters on each side of what was found

const plain = (text) => text.replace(/\s+/g, ' ').trim()

/** The slides that a query finds: the one of this number first, then those with it in the title, then in the text. */
export function findSlides(query, list = listed()) {
  const wanted = plain(query).toLowerCase()
  if (!wanted) return []
  const rank = ({ number, title, text }) => {
    if (String(number) === wanted) return 0
    if (title.toLowerCase().includes(wanted)) return 1
    return text.toLowerCase().includes(wanted) ? 2 : 3
  }
  const ranked = list.map((slide) => ({ ...slide, rank: rank(slide) })).filter((slide) => slide.rank < 3)
  return ranked.sort((one, other) => one.rank - other.rank || one.index - other.index).slice(0, MOST)
}

function listed() {
  const firsts = firstSteps()
  const all = slides().map((slide, index) => ({ index, number: numberOf(slide, index), title: titleOf(slide), text: plain(slide.textContent) }))
  return all.filter(({ index }) => firsts[index] === index)
}

/** The part of a text in which something was found. */
function excerpt({ text, title }, query) {
  const at = text.toLowerCase().indexOf(plain(query).toLowerCase(), title.length)
  if (at < 0) return ''
  return `${at > AROUND ? '… ' : ''}${text.slice(Math.max(0, at - AROUND), at + query.length + AROUND)} …`
}

/** Show a field in which somebody types where to go. */
export function openJump(root, words) {
  const field = make('input', { type: 'text', placeholder: words.jumpTo, autocomplete: 'off', role: 'combobox', 'aria-expanded': 'true' })
  const list = make('ol', { role: 'listbox', id: 'found' })
  field.setAttribute('aria-label', words.jumpTo)
  field.setAttribute('aria-controls', 'found')
  const dialog = openDialog(root, 'jump', words, field, list)
  let found = []
  let chosen = 0
  const leave = (slide) => {
    dialog.close()
    if (slide) go({ slide: slide.index })
  }
  const show = () => {
    const items = found.map((slide, index) => {
      const item = make('li', { role: 'option', id: `found-${index}` })
      item.append(make('b', { textContent: slide.number }), make('span', { textContent: slide.title || filled(words.slide, slide.number) }))
      if (slide.rank === 2) item.append(make('small', { textContent: excerpt(slide, field.value) }))
      item.setAttribute('aria-selected', String(index === chosen))
      item.onclick = () => leave(slide)
      return item
    })
    list.replaceChildren(...(items.length || !field.value.trim() ? items : [make('li', { className: 'nothing', textContent: words.nothing })]))
    field.setAttribute('aria-activedescendant', items.length ? `found-${chosen}` : '')
  }
  const keys = {
    ArrowDown: () => (chosen = Math.min(chosen + 1, found.length - 1)),
    ArrowUp: () => (chosen = Math.max(chosen - 1, 0)),
    Enter: () => leave(found[chosen]),
  }
  field.oninput = () => {
    found = findSlides(field.value)
    chosen = 0
    show()
  }
  field.onkeydown = (event) => {
    if (!keys[event.key] || event.isComposing) return
    event.preventDefault()
    keys[event.key]()
    show()
  }
  field.focus()
}
