// The slides of the page as Marp's script shows them: which is in view, and how to go to another.

const SLIDES = 'svg[data-marpit-svg]'
const ACTIVE = 'bespoke-marp-active'
const HEADING = 'h1, h2, h3, h4, h5, h6'

/** All slides, in order; a slide with highlight steps is there once per step. */
export const slides = () => [...document.querySelectorAll(SLIDES)]

export const slideInView = () => document.querySelector(`${SLIDES}.${ACTIVE}`) ?? document.querySelector(SLIDES)

/** Where the page is: the index of the slide, and how many parts of it that come one by one are there. */
export function place() {
  const slide = slideInView()
  return { slide: slides().indexOf(slide), step: slide.querySelectorAll('[data-bespoke-marp-fragment="active"]').length }
}

export const isSamePlace = (one, other) => one?.slide === other?.slide && one?.step === other?.step

/** Go to a place. Marp's script reads it from the page's address. */
export function go({ slide, step = 0 }) {
  const address = new URL(location)
  address.hash = String(slide + 1)
  if (step) address.searchParams.set('f', String(step))
  else address.searchParams.delete('f')
  history.replaceState(history.state, '', address)
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }))
}

/** Press a key of Marp's script. */
export const press = (key) => slideInView().parentElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))

/** Call with the place whenever it has changed. */
export function onPlace(call) {
  let last = place()
  const look = () => {
    const now = place()
    if (isSamePlace(now, last)) return
    last = now
    call(now)
  }
  const options = { subtree: true, attributes: true, attributeFilter: ['class', 'data-bespoke-marp-fragment'] }
  new MutationObserver(look).observe(slideInView().parentElement, options)
}

/** Whether a slide is a further highlight step of the one before it. */
function isStep(slide, before) {
  const kind = slide.querySelector('section[id]')?.dataset.paginate
  if (!before || !['hold', 'skip'].includes(kind)) return false
  return slide.querySelector(HEADING)?.textContent === before.querySelector(HEADING)?.textContent
}

/** The index of the first step of the slide to which a slide belongs, for each slide. */
export function firstSteps() {
  const all = slides()
  return all.reduce((firsts, slide, index) => [...firsts, isStep(slide, all[index - 1]) ? firsts[index - 1] : index], [])
}

/** The number that is printed on a slide, or else that of its place. */
export const numberOf = (slide, index) => Number(slide.querySelector('section[data-marpit-pagination]')?.dataset.marpitPagination ?? index + 1)

export const titleOf = (slide) => slide.querySelector(HEADING)?.textContent.trim() ?? ''

/** Whether the page is a whole view, and not one of the frames in Marp's presenter view or overview. */
export const isWholeView = () => ['', 'presenter'].includes(document.body.dataset.bespokeView ?? '')

export const isPresenterView = () => document.body.dataset.bespokeView === 'presenter'

/** The part of the window that a slide takes where it is not enlarged. */
export function areaOf(slide) {
  const { transform } = slide.style
  slide.style.transform = ''
  const { left, top, width, height } = slide.getBoundingClientRect()
  slide.style.transform = transform
  const { width: w, height: h } = slide.viewBox.baseVal
  const scale = Math.min(width / w, height / h)
  return { left: left + (width - w * scale) / 2, top: top + (height - h * scale) / 2, width: w * scale, height: h * scale }
}
