// One connection to the server for all pages and frames of a browser: browsers open only six to one host.
// A shared worker. It passes news on, and greets a page that comes later with the latest of each topic.

const latest = new Map()
const pages = new Set()

const tell = (message) => {
  latest.set(message.topic, message)
  for (const page of pages) page.postMessage(message)
}

const source = new EventSource('news')
source.onmessage = ({ data }) => tell(JSON.parse(data))
source.onopen = () => tell({ topic: 'connection', lost: false })
// A server that is there but does not know us is another one: it has another address.
source.onerror = () => tell({ topic: 'connection', lost: true, forever: source.readyState === EventSource.CLOSED })

self.onconnect = ({ ports: [page] }) => {
  pages.add(page)
  page.onmessage = () => pages.delete(page)
  for (const message of latest.values()) page.postMessage(message)
}
