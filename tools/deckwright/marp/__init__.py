"""The door to Marp, Node and the browser: an expanded deck goes in, its page, PDF and picture come out.

`renderer` is the door itself; `node` the process behind it (its own code is in `js/`); `links`, `colours`,
`embed`, `subset` and `pdf` finish what Marp made; `measure` and `compare` say what the browser saw of slides
and figures; `packages`, `browsers` and `fonts` find or fetch what it needs, once, into the user's cache;
`toolchain` says what was found.
"""
