// A shared worker: one connection to the server for all pages and frames of a browser, as browsers open only
// six to one host. It passes messages on, and sends a new page the latest message of each topic.

const latest = new Map()
const pages = new Set()

const send = (message) => {
  latest.set(message.topic, message)
  for (const page of pages) page.postMessage(message)
}

const source = new EventSource('events')
source.onmessage = ({ data }) => send(JSON.parse(data))
source.onopen = () => send({ topic: 'connection', lost: false })
// A server that responds but does not know this address is a new one, with another address.
source.onerror = () => send({ topic: 'connection', lost: true, forever: source.readyState === EventSource.CLOSED })

self.onconnect = ({ ports: [page] }) => {
  pages.add(page)
  page.onmessage = () => pages.delete(page)
  for (const message of latest.values()) page.postMessage(message)
}
