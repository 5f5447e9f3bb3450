// The list of all keys.

import { make, openDialog } from './elements.mjs'

const MARP = [
  ['→ ↓ Space PageDown', 'next'],
  ['← ↑ PageUp', 'previous'],
  ['Home End', 'start'],
  ['f', 'fullscreen'],
  ['p', 'presenter'],
]
const STAGE = [
  ['r', 'run'],
  ['e', 'edit'],
  ['s', 'stop'],
]

/** Show the keys of Marp, of the stage and of the tools. */
export function openHelp(root, words, tools) {
  const withKey = tools.filter(({ key }) => key)
  const keysOf = (isPens) => withKey.filter(({ isOfPen }) => Boolean(isOfPen) === isPens).map(({ key, name }) => [key, name])
  const row = ([keys, name]) => {
    const names = keys.split(' ').map((key) => make('kbd', { textContent: key }))
    return make('div', {}, make('dt', {}, ...names), make('dd', { textContent: words[name] }))
  }
  const list = [...MARP, ...STAGE, ...keysOf(false), ['Esc', 'leave']]
  openDialog(root, 'help', words, make('h2', { textContent: words.help }), make('dl', {}, ...list.map(row)),
    make('h3', { textContent: words.penKeys }), make('dl', {}, ...keysOf(true).map(row)))
}
