// How a warm process answers: one JSON request per line from stdin, one JSON answer per line to stdout.
//
// Requests {id, method, params}; answers {id, result} or {id, error}. They are answered in order, one at a time.

import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

/** The folder of the packages in the user's cache, which each process is given first, and what loads them. */
export const PACKAGES = process.argv[2]
export const require = createRequire(`${PACKAGES}/package.json`)

const waiting = [] // requests, the oldest first

/** Whether a request for this method waits. */
export const isAwaited = (method) => waiting.some((request) => request.method === method)

/** Answer requests by `methods` until stdin ends or a signal comes; then the process ends after `close`. */
export function serve(methods, close = () => {}) {
  // stdout is for our answers; all other output goes to stderr.
  console.log = console.info = console.debug = (...words) => console.error(...words)
  const end = async () => {
    await close()
    process.exit(0)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  let queue = Promise.resolve()
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      waiting.push(JSON.parse(line))
      queue = queue.then(() => answer(methods, waiting.shift()))
    })
    .on('close', () => void end())
}

const write = (value) => process.stdout.write(`${JSON.stringify(value)}\n`)

async function answer(methods, { id, method, params }) {
  try {
    write({ id, result: (await methods[method](params)) ?? null })
  } catch (error) {
    write({ id, error: String(error?.message ?? error) })
  }
}
