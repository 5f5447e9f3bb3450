// Loads and compiles all that rendering needs, by rendering a small deck before the first real one.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { render } from './render.mjs'

const DECK = '# a\n\n$x$\n\n---\n\n```python\nprint(1)\n```\n'

export async function warm(marpCli, scratch) {
  await mkdir(scratch, { recursive: true })
  const folder = await mkdtemp(join(scratch, 'warm-'))
  try {
    await writeFile(join(folder, 'warm.md'), DECK)
    await render(marpCli, scratch, { source: join(folder, 'warm.md') })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
