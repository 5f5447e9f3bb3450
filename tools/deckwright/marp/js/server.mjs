// The process that runs Marp; its second argument is a folder for temporary files.

import { pathToFileURL } from 'node:url'
import { setFormulas } from './formulas.mjs'
import { render } from './render.mjs'
import { isAwaited, require, serve } from './requests.mjs'
import { warm } from './warm.mjs'

const SCRATCH = process.argv[3]
const CJK_EMPHASIS = 'markdown-it-cjk-friendly'
const addressOf = (name) => pathToFileURL(require.resolve(name)).href
const pluginsOf = ({ cjkEmphasis }) => (cjkEmphasis ? [addressOf(CJK_EMPHASIS)] : [])

serve({
  warm: () => warm(SCRATCH, () => isAwaited('render')),
  render: (params) => render(SCRATCH, { ...params, plugins: pluginsOf(params) }),
  formulas: setFormulas,
})
