// Unpacks the Chromium of @sparticuz/chromium, the shared libraries that it needs, and what draws WebGL without a
// GPU, into a folder. (The package itself unpacks to fixed names in the temporary folder, which all users share.)

import { createReadStream, createWriteStream } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'

const [packages, target] = process.argv.slice(2)
const tar = createRequire(join(packages, 'package.json'))('tar-fs')

const unpack = (name, sink) =>
  pipeline(
    createReadStream(join(packages, 'node_modules/@sparticuz/chromium/bin', name)),
    createBrotliDecompress({ chunkSize: 2 ** 21 }),
    sink,
  )

await Promise.all([
  unpack('chromium.br', createWriteStream(join(target, 'chromium'), { mode: 0o755 })),
  unpack('swiftshader.tar.br', tar.extract(target)),
  unpack('al2023.tar.br', tar.extract(join(target, 'al2023'))),
])
