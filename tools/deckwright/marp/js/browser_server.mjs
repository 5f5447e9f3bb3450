// The process that drives the browser, beside the one that runs Marp: neither waits for the other.
//
// Opening the browser goes on in the background.

import { chart, closeStudio, rooms } from './charts.mjs'
import { compare } from './compare.mjs'
import { draw } from './draw.mjs'
import { mark, measure } from './measure.mjs'
import { brokenPictures } from './pictures.mjs'
import * as printer from './printer.mjs'
import { PACKAGES, require, serve } from './requests.mjs'
import { printSheets } from './sheets.mjs'

const methods = {
  open: (params) => void printer.open(require('puppeteer-core').default, params),
  show: printer.showDeck,
  hide: printer.hideDeck,
  print: printer.print,
  pictures: printer.pictures,
  contents: printer.contents,
  blocks: printer.blocks,
  sheets: printSheets,
  measure: (params) => measure(params, require.resolve('axe-core/axe.min.js')),
  mark,
  brokenPictures,
  compare,
  rooms,
  chart,
  closeStudio,
  draw: (params) => draw(params, PACKAGES),
}

serve(methods, printer.close)
