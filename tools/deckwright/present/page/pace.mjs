// The clock of a lecture, and how far it is ahead of its plan or behind it.

/** The time that has gone by, in seconds, by a clock that may be paused; `now` is that of the server. */
export const elapsed = ({ passed, since }, now) => passed + (since === null ? 0 : Math.max(0, now - since) / 1000)

/** A clock that has not begun. */
export const STOPPED = { passed: 0, since: null }

export const paused = (clock, now) => ({ passed: elapsed(clock, now), since: null })
export const resumed = (clock, now) => ({ passed: clock.passed, since: now })

/** When a slide should begin and end, in seconds, by the minutes that are noted on the slides. */
export function planOf(outline, index) {
  const isFirst = (each, at) => outline[at - 1]?.number !== each.number
  const number = outline[index]?.number ?? 0
  const seconds = (slides) => 60 * slides.reduce((sum, { minutes }) => sum + minutes, 0)
  const once = outline.filter(isFirst)
  const start = seconds(once.filter((each) => each.number < number))
  return { start, end: start + seconds(once.filter((each) => each.number === number)), all: seconds(once) }
}

/** By how many whole minutes a lecture is ahead (above 0) or behind (below 0). */
export function aheadBy({ start, end }, passed) {
  const seconds = passed < start ? start - passed : passed > end ? end - passed : 0
  return Math.trunc(Math.round(seconds) / 60)
}

const two = (number) => String(number).padStart(2, '0')

/** Write a time as `1:02:03` or `2:03`. */
export function timeText(seconds) {
  const whole = Math.floor(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

/** Say how a lecture is doing; empty where no slide says how long it takes. */
export function paceText(plan, passed, words) {
  if (!plan.all) return ''
  const ahead = aheadBy(plan, passed)
  return ahead === 0 ? words.onTime : (ahead > 0 ? words.ahead : words.behind).replace('{}', Math.abs(ahead))
}
