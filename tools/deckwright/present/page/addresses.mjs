// Addresses for phones, as text and as a picture for their cameras. They are computed when they are shown, as a
// computer that changes its network gets another one.

import { make, openDialog } from './elements.mjs'

const ask = async () => (await fetch('/.present/addresses')).json()

function shown({ address, picture, missing }, hint) {
  const code = picture ? make('img', { src: picture, alt: address }) : make('p', { textContent: missing })
  return [code, make('p', { className: 'address', textContent: address }), ...hint.map((text) => make('p', { className: 'hint-text', textContent: text }))]
}

/** The address for the audience, as large as the slide, on all screens of the presenter. */
export class Invitation {
  isOn = false

  constructor(root, layer, words, send) {
    this.words = words
    this.send = send
    this.element = make('div', { className: 'invitation', hidden: true, role: 'status' })
    this.element.onclick = () => this.use(false)
    layer.frame.append(this.element)
  }

  /** Show or hide it, and say that. */
  use(isOn) {
    this.show(isOn)
    this.send(isOn)
  }

  async show(isOn) {
    this.isOn = isOn
    this.element.hidden = !isOn
    if (!isOn) return
    const { audience, isOffline } = await ask()
    const hint = isOffline ? [this.words.offline] : []
    this.element.replaceChildren(...(audience ? shown(audience, hint) : [make('p', { textContent: this.words.noAudience })]))
  }
}

/** Show the address of the remote control, in this window alone. */
export async function openRemote(root, words) {
  const { remote, isOffline } = await ask()
  const hint = isOffline ? [words.offline] : [words.remoteHint]
  openDialog(root, 'remote', words, make('h2', { textContent: words.remote }), ...(remote ? shown(remote, hint) : [make('p', { textContent: words.noAudience })]))
}
