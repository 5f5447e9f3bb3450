// What a page of a lecture has besides: the tools, and (for the presenter) code that runs on stage.

import { start as startTools } from './tools.mjs'

const { deckwrightRole: role, key } = document.querySelector('script[data-deckwright-role]').dataset

/** Post to a path below `/.present/`; returns the response. */
const post = (path, content = {}) =>
  fetch(`/.present/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-deckwright-key': key },
    body: JSON.stringify(content),
  })

const waiting = new Map() // the last message of each topic that is not sent yet
let sending

/** Send messages one after another: none overtakes another one. */
async function sendAll() {
  for (const [topic, content] of waiting) {
    waiting.delete(topic)
    await post(`say/${topic}`, content).catch(() => {}) // without a server nobody listens
  }
  sending = undefined
}

/** Say something about a topic to all pages that may read it. */
function say(topic, content) {
  waiting.delete(topic) // at the end: messages of other topics came before
  waiting.set(topic, content)
  sending ??= sendAll()
  return sending
}

/** Call a function with the latest message of a topic, and those to come; of a topic such as `stage/3` too. */
const listen = (topic, action) =>
  window.deckwrightListen((message) => {
    if (message.topic === topic || message.topic.startsWith(`${topic}/`)) action(message)
  })

export const context = {
  role,
  post,
  listen,
  say,
  /** The page's path, as messages name it. */
  page: decodeURIComponent(location.pathname).slice(1),
  /** `presenter` or `next` in the presenter view and its frames, `overview`; else empty. */
  view: document.body.dataset.bespokeView ?? '',
}

startTools(context)
if (role === 'presenter') import('./stage.mjs').then(({ start }) => start(context))
