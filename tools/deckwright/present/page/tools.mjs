// What the pages of a lecture have besides: the presenter's tools, and what the audience sees of them.

import { start as follow } from './audience.mjs'
import { start as present } from './presenter.mjs'
import { isWholeView } from './slides.mjs'

/** Give a page what its role has. */
export function start(context) {
  if (isWholeView()) ({ presenter: present, audience: follow, remote: follow })[context.role]?.(context)
}
