async (root, code) => {
  // What a page tries that is not the presenter's: to run code at `root`, and to read the presenter's page.
  const address = `${root}/.present/stage/run`
  const body = JSON.stringify({ block: 'snippets/a.py#squares', code })
  const answers = []
  const attempt = async (options) => {
    try {
      const response = await fetch(address, { method: 'POST', body, ...options })
      answers.push(response.type === 'opaque' ? 'opaque' : response.status)
    } catch {
      answers.push('refused')
    }
  }
  const make = (name, properties) => Object.assign(document.createElement(name), properties)
  const keys = [...document.querySelectorAll('script[data-key]')].map((each) => each.dataset.key)

  await attempt({})
  await attempt({ mode: 'no-cors', credentials: 'include' })
  await attempt({ mode: 'no-cors', credentials: 'include', headers: { 'content-type': 'text/plain' } })
  for (const key of ['guess', '', ...keys]) {
    await attempt({ credentials: 'include', headers: { 'x-deckwright-key': key } })
  }
  navigator.sendBeacon(address, body)
  const frame = make('iframe', { name: 'target', src: `${root}/html/deck.html` })
  document.body.append(frame)
  await new Promise((done) => setTimeout(done, 700))
  let seen = ''
  try {
    seen += frame.contentDocument?.documentElement?.outerHTML ?? ''
  } catch {}
  try {
    seen += await fetch(`${root}/html/deck.html`, { credentials: 'include' }).then((response) => response.text())
  } catch {}
  const form = make('form', { method: 'post', target: 'target', enctype: 'text/plain', action: address })
  form.append(make('input', { name: body, value: '' }))
  document.body.append(form)
  form.submit()
  await new Promise((done) => setTimeout(done, 500))
  return { answers, isPresenters: seen.includes('data-deckwright-role="presenter"') }
}
