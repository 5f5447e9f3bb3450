// The packages of Marp, each loaded when it is first needed.

import { createRequire } from 'node:module'
import { require } from './requests.mjs'

const CLI = '@marp-team/marp-cli'
const CORE = '@marp-team/marp-core'

/** Run marp-cli with these arguments. */
export const marpCli = (words) => require(CLI).marpCli(words)

/** Return a new Marp. */
export const newMarp = (options) => new (require(CORE).Marp)(options)

/** Load a package that Marp itself uses. */
export const requireFromCore = (name) => createRequire(require.resolve(CORE))(name)

export const loadMarp = () => [CLI, CORE].forEach((name) => require(name))
