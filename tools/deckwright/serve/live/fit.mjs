// Marks on a served page what does not fit on the slide in view, with the measure of a build and of `check`.

import { measureFit } from './page/measure_fit.mjs'

const SLIDES = 'svg[data-marpit-svg]'
/** What appears step by step takes its place from the start. */
const STEPS = '[data-bespoke-marp-fragment]{visibility:visible!important}'

/** Show marks in a shadow root; return a function that brings them up to date, or removes them. */
export function markMisfits(shadow) {
  const layer = shadow.appendChild(Object.assign(document.createElement('div'), { className: 'misfits' }))
  let [isShown, frame] = [false, 0]
  const update = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => layer.replaceChildren(...(isShown ? marksOf(measured()) : [])))
  }
  // Marp's script marks the slide in view by a class, and changes the address without an event.
  const watched = new MutationObserver(update)
  for (const slide of document.querySelectorAll(SLIDES)) watched.observe(slide, { attributeFilter: ['class'] })
  addEventListener('resize', update)
  addEventListener('load', update)
  document.fonts.addEventListener('loadingdone', update)
  return (isWanted) => {
    isShown = isWanted
    update()
  }
}

/** What does not fit on the slide in view; on all of them where the page shows them all. */
function measured() {
  const isPresented = document.querySelector(`${SLIDES}.bespoke-marp-slide`) !== null
  const isInView = ({ svg }) => !isPresented || svg.matches('.bespoke-marp-active')
  const style = document.head.appendChild(Object.assign(document.createElement('style'), { textContent: STEPS }))
  try {
    return measureFit(isInView)
  } finally {
    style.remove()
  }
}

function marksOf(misfits) {
  if (!misfits.length) return []
  const note = Object.assign(document.createElement('button'), { className: 'misfit', type: 'button', title: 'Hide' })
  note.append(...misfits.map(({ message }) => Object.assign(document.createElement('span'), { textContent: message })))
  note.onclick = () => note.parentElement.replaceChildren()
  return [...misfits.flatMap(framesOf), note]
}

/** A frame around the part of an element that is on its slide. */
function framesOf({ slide, boxes }) {
  const svg = document.querySelectorAll(SLIDES)[slide - 1]
  const { a: scale, e, f } = svg.getScreenCTM()
  const { width, height } = svg.viewBox.baseVal
  return boxes.map((box) => {
    const [left, right] = [box.left, box.right].map((x) => Math.min(Math.max(x, 0), width) * scale + e)
    const [top, bottom] = [box.top, box.bottom].map((y) => Math.min(Math.max(y, 0), height) * scale + f)
    const frame = Object.assign(document.createElement('div'), { className: 'frame' })
    Object.assign(frame.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` })
    return frame
  })
}
