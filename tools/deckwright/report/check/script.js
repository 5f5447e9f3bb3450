// The buttons show one kind of diagnostic alone. A link to a diagnostic that is not shown shows all.
const buttons = [...document.querySelectorAll('.kinds button')]
const items = [...document.querySelectorAll('[data-kind]:not(button)')]

const show = (kind) => {
  for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.kind === kind))
  for (const item of items) item.hidden = kind !== '' && item.dataset.kind !== kind
  for (const part of document.querySelectorAll('.deck-section')) {
    part.hidden = kind !== '' && !part.querySelector('[data-kind]:not([hidden])')
    for (const title of part.querySelectorAll('h3')) title.hidden = !['', 'accepted'].includes(kind)
  }
}

const atAddress = () => {
  const item = document.getElementById(location.hash.slice(1))
  if (!item?.hidden) return
  show('')
  item.scrollIntoView()
}

for (const button of buttons) button.addEventListener('click', () => show(button.dataset.kind))
addEventListener('hashchange', atAddress)
