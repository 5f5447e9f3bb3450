// The modules that run in the page, which are served like the page.

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('./page/', import.meta.url))

/** Return them below `address`: {address: [path, type]}. */
export async function modules(address) {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.mjs'))
  return Object.fromEntries(names.map((name) => [`${address}page/${name}`, [join(FOLDER, name), 'text/javascript']]))
}
