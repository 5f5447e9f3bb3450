// What the pages of a lecture have besides: the presenter's tools, and what the audience sees of them.

import { start as follow } from './audience.mjs'
import { start as present } from './presenter.mjs'
import { isWholeView, slideInView } from './slides.mjs'

/** Give the page of a deck what its role has. */
export function start(context) {
  if (slideInView() && isWholeView()) ({ presenter: present, audience: follow, remote: follow })[context.role]?.(context)
}
