// What-if controls: the audience sees the state of a slide that the presenter has chosen.
//
// The script of the controls (marp/js/page/states.mjs) says on a channel of the browser what is chosen, and shows what it
// hears there.

const channelOf = () => new BroadcastChannel(`deckwright states ${location.pathname}`)

/** Say to the server what is chosen in this browser. */
export function sayChoices({ say, page }) {
  channelOf().onmessage = ({ data: { ask, slide, values } }) => ask || say(`choice/${slide}`, { page, slide, values })
}

/** Show on the page what the presenter has chosen, while it follows; return what shows all of it again. */
export function followChoices({ listen, page }, isFollowing) {
  const channel = channelOf()
  const latest = new Map()
  const show = (choice) => channel.postMessage(choice)
  listen('choice', (message) => {
    if (message.page !== page) return
    const choice = { slide: message.slide, values: message.values }
    latest.set(choice.slide, choice)
    if (isFollowing()) show(choice)
  })
  return () => latest.forEach(show)
}
