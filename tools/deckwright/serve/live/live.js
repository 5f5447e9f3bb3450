// Keeps a served page up to date: replaces changed slides, goes to one of them, shows diagnostics.

(() => {
  const { page, version } = document.currentScript.dataset
  const root = new URL('.', document.currentScript.src)
  // Marp's presenter view, and the frames in it and in the overview, have no space for messages.
  const isMain = window === window.top && !document.body.dataset.bespokeView
  const isDeck = page.startsWith('html/')
  // What is wrong with a deck or with the connection is said to its author; who follows a lecture is told otherwise.
  const isAuthors = !document.querySelector('script[data-deckwright-role="audience"]')
  const index = root.href.replace(/[^/]*\/$/, '')
  let current = version

  // --- the page ---------------------------------------------------------------------------------

  const parsed = (html) => new DOMParser().parseFromString(html, 'text/html').body.firstElementChild

  // Marp's script does this once, when the page is loaded: where the browser cannot, or may not, extend plain
  // elements, code and headings that are scaled become custom elements.
  const upgrade = (slide) => {
    for (const old of slide.querySelectorAll('[is^="marp-"]')) {
      const name = old.getAttribute('is')
      const fresh = document.createElement(name)
      const kind = customElements.get(name)
      if (!kind || !(fresh instanceof kind)) continue
      for (const { name, value } of old.attributes) fresh.setAttribute(name, value)
      fresh.append(...old.childNodes)
      old.replaceWith(fresh)
    }
    return slide
  }

  const replaceParts = ({ slides, styles, notes, states }) => {
    const old = document.querySelectorAll('svg[data-marpit-svg]')
    for (const [index, html] of Object.entries(slides)) {
      // The outer element stays, as Marp's script refers to it.
      const slide = upgrade(parsed(html))
      old[index].setAttribute('viewBox', slide.getAttribute('viewBox'))
      old[index].replaceChildren(...slide.childNodes)
    }
    const sheets = document.head.querySelectorAll('style')
    for (const [index, css] of Object.entries(styles)) sheets[index].textContent = css
    for (const [index, html] of Object.entries(notes)) {
      for (const note of document.querySelectorAll(`.bespoke-marp-note[data-index="${index}"]`)) note.innerHTML = html
    }
    if (states) document.querySelector('[data-deckwright-states]').replaceWith(parsed(states))
  }

  const address = (slide) => `#${slide}`

  /** The slide to show: the one in view if it changed, else the first that did. */
  const nearest = ({ shown }) => (shown.includes(Number(location.hash.slice(1)) || 1) ? undefined : shown[0])

  const go = (slide) => {
    if (isMain && slide && location.hash !== address(slide)) location.replace(address(slide))
  }

  // A page that another command has written meanwhile is newer than the server knows: once more would not help.
  const isReloadedFor = (version) => history.state?.deckwrightReloadedFor === version

  const reload = (slide, version) => {
    // Without an event: the old page may not have this slide.
    const state = { ...history.state, deckwrightReloadedFor: version }
    history.replaceState(state, '', isMain && slide ? address(slide) : undefined)
    location.reload()
  }

  const onSame = () => {
    if (history.state?.deckwrightReloadedFor) history.replaceState({ ...history.state, deckwrightReloadedFor: undefined }, '')
  }

  const drawsCharts = (kinds) => kinds.every((kind) => document.querySelector(`script[data-deckwright-library="${kind}"]`))

  /** On the page that waits: go to the deck or the index, or list the decks of a build that goes on. */
  const onWaiting = (pages) => {
    if (pages.length === 1 || pages.includes('index.html')) return location.replace(index)
    const link = (path) => make('a', '', path.replace(/^html\/|\.html$/g, ''))
    document.querySelector('nav').replaceChildren(
      ...pages.map((path) => Object.assign(link(path), { href: index + path.split('/').map(encodeURIComponent).join('/') })),
    )
  }

  const onPages = ({ versions, changes }) => {
    if (!page) return onWaiting(Object.keys(versions))
    const change = changes[page]
    onConnection({ gone: isDeck && !(page in versions) })
    if (versions[page] === current) return onSame()
    if (!(page in versions) || isReloadedFor(versions[page])) return
    const canSwap = change?.before === current && change.swap && drawsCharts(change.swap.charts)
    if (!canSwap) return reload(change?.before === current && nearest(change), versions[page])
    current = change.after
    replaceParts(change.swap)
    showMisfits()
    go(nearest(change))
  }

  // --- messages above the page ------------------------------------------------------------------

  const make = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text ?? '' })

  const host = make('div', 'deckwright-live')
  const shadow = host.attachShadow({ mode: 'open' })
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL('live.css', root).href })
  const bar = make('div', 'bar')
  const note = make('div', 'note')
  const badge = Object.assign(make('button', 'badge'), { type: 'button', title: 'Show them' })
  const panel = make('section', 'panel')
  for (const part of [bar, note, badge, panel]) part.hidden = true
  bar.setAttribute('role', 'status')
  panel.setAttribute('role', 'alert')
  panel.tabIndex = -1
  shadow.append(style, bar, note, badge, panel)

  const duration = (seconds) =>
    seconds < 9.95 ? `${seconds.toFixed(1)} s` : seconds < 60 ? `${Math.round(seconds)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`

  const counted = (things, name) => (things.length === 1 ? `1 ${name}` : `${things.length} ${name}s`)

  let dismissed = ''

  const excerpt = ({ line, before, marked, after }) => {
    const code = make('pre', 'excerpt', `${line} | ${before}`)
    code.append(make('mark', '', marked || ' '), after)
    return code
  }

  const diagnosticItem = ({ place, slug, message, hint, also, excerpt: source }) => {
    const item = make('li', 'diagnostic')
    const head = make('p', 'head')
    head.append(make('code', 'place', place), ' ', make('span', 'slug', `[${slug}]`))
    item.append(head, make('p', 'message', message))
    if (source) item.append(excerpt(source))
    if (hint) item.append(make('p', 'hint', `Hint: ${hint}`))
    if (also) item.append(make('p', 'hint', `Also: ${also}`))
    return item
  }

  const showPanel = (things, name, onClose) => {
    const list = make('ol', 'list')
    list.append(...things.map(diagnosticItem))
    const close = Object.assign(make('button', 'close', '×'), { type: 'button', title: 'Dismiss (Esc)' })
    close.setAttribute('aria-label', 'Dismiss')
    close.onclick = () => {
      panel.hidden = true
      onClose()
    }
    panel.className = `panel ${name}`
    panel.replaceChildren(close, make('h1', '', counted(things, name)), list)
    panel.hidden = false
  }

  // --- what does not fit ------------------------------------------------------------------------

  const now = { failed: false, running: false }
  let mark

  // An error stands in for what the slide will show, and so does a note while a script runs.
  const showMisfits = (change) => {
    Object.assign(now, change)
    mark?.(!now.failed && !now.running)
  }

  if (isMain && isDeck && isAuthors) {
    import(new URL('fit.mjs', root)).then(({ markMisfits }) => {
      mark = markMisfits(shadow)
      showMisfits()
    })
  }

  let warningsOpen = false

  const onDiagnostics = ({ errors, warnings }) => {
    const key = JSON.stringify(errors)
    badge.hidden = errors.length > 0 || warnings.length === 0
    badge.textContent = counted(warnings, 'warning')
    badge.onclick = () => {
      warningsOpen = true
      showPanel(warnings, 'warning', () => (warningsOpen = false))
      panel.focus()
    }
    panel.hidden = true
    showMisfits({ failed: errors.length > 0 })
    warningsOpen &&= warnings.length > 0
    if (errors.length > 0) key !== dismissed && showPanel(errors, 'error', () => (dismissed = key))
    else if (warningsOpen) badge.onclick()
  }

  let timer

  const onProgress = ({ running, done, steps, left }) => {
    clearInterval(timer)
    bar.hidden = running.length === 0
    showMisfits({ running: running.length > 0 })
    if (bar.hidden) return
    const received = performance.now()
    const show = () => {
      const past = (performance.now() - received) / 1000
      const lines = running.map(({ name, seconds, last }) => {
        const line = make('div', 'running', `${name}  ${duration(seconds + past)}${last == null ? '' : ` of ${duration(last)}`}`)
        line.style.setProperty('--part', last ? Math.min((seconds + past) / last, 1) : 0)
        return line
      })
      const rest = left > past + 1 ? `, ${duration(left - past)} left` : ''
      bar.replaceChildren(...lines, ...(steps > 1 ? [make('div', 'count', `${done} of ${steps} scripts${rest}`)] : []))
    }
    show()
    timer = setInterval(show, 250)
  }

  let state = {}

  const onConnection = (change) => {
    state = { ...state, ...change }
    note.hidden = !(isAuthors && (state.lost || state.gone))
    if (state.lost) {
      note.textContent = state.forever ? 'This server has ended; a new one has a new address.' : 'No connection: is `deckwright serve` running?'
      onProgress({ running: [] })
    } else {
      note.replaceChildren('This deck was removed or renamed. ', Object.assign(make('a', '', 'All decks'), { href: index }))
    }
  }

  if (isMain) {
    document.body.append(host)
    shadow.addEventListener('keydown', (event) => event.stopPropagation())
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || panel.hidden) return
        event.stopImmediatePropagation()
        panel.querySelector('.close').click()
      },
      true,
    )
  }

  // --- receiving messages -----------------------------------------------------------------------

  const topics = { pages: onPages, diagnostics: onDiagnostics, progress: onProgress, connection: onConnection }
  const latest = new Map()
  const listeners = new Set()

  const onMessage = (message) => {
    latest.set(message.topic, message)
    topics[message.topic]?.(message)
    for (const listener of listeners) listener(message)
  }

  // For scripts that are loaded after this one: they miss nothing.
  window.deckwrightListen = (listener) => {
    listeners.add(listener)
    for (const message of latest.values()) listener(message)
  }

  // Without a shared worker each page has a connection of its own. Browsers open six to one host, so that a page
  // out of sight has none: a seventh would never be loaded.
  const listen = () => {
    let source
    const connect = () => {
      source = new EventSource(new URL('events', root))
      source.onmessage = ({ data }) => onMessage(JSON.parse(data))
      source.onopen = () => onConnection({ lost: false })
      source.onerror = () => onConnection({ lost: true, forever: source.readyState === EventSource.CLOSED })
    }
    const follow = () => {
      source?.close()
      if (!document.hidden) connect()
    }
    document.addEventListener('visibilitychange', follow)
    follow()
  }

  // On a phone or a tablet that sleeps, the connection of a worker may be dead without knowing it.
  if (!('SharedWorker' in window) || matchMedia('(pointer: coarse)').matches) return listen()
  const worker = new SharedWorker(new URL('messages.js', root))
  worker.onerror = listen
  worker.port.onmessage = ({ data }) => onMessage(data)
  addEventListener('pagehide', () => worker.port.postMessage('bye'))
  // A page that comes back from the browser's history has missed messages.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
})()
