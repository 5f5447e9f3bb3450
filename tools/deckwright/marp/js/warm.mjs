// Loads what rendering needs, and compiles it by rendering a small deck, unless a real one is there already.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { loadMarp } from './marp.mjs'
import { render } from './render.mjs'

const DECK = '# a\n\n$x$\n\n---\n\n```python\nprint(1)\n```\n'

/** `isAwaited` returns whether another request waits. */
export async function warm(scratch, isAwaited) {
  loadMarp()
  await setImmediate() // a request may have come meanwhile
  if (isAwaited()) return
  await mkdir(scratch, { recursive: true })
  const folder = await mkdtemp(join(scratch, 'warm-'))
  try {
    await writeFile(join(folder, 'warm.md'), DECK)
    await render(scratch, { source: join(folder, 'warm.md') })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
