// The black screen: in the presenter view, a note that the others are black.

import { make } from './elements.mjs'
import { isPresenterView } from './slides.mjs'

export class Black {
  isOn = false

  constructor(root, words, send) {
    this.send = send
    this.element = make('div', { className: isPresenterView() ? 'black-note' : 'black', hidden: true, role: 'status' })
    this.text = isPresenterView() ? words.isBlack : ''
    this.element.onclick = () => this.use(false)
    root.append(this.element)
  }

  /** Make the screens black or not, and report that. */
  use(isOn) {
    this.show(isOn)
    this.send(isOn)
  }

  show(isOn) {
    this.isOn = isOn
    this.element.hidden = !isOn
    this.element.textContent = isOn ? this.text : ''
  }
}
