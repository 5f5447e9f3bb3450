"""The port to Marp, Node and the browser: from an expanded deck to its page, PDF and pictures.

`renderer` starts Marp and the browser, `rendering` is one deck in them. `node` is the process behind them,
with its code in `js/`. `page_links`, `ansi_style`, `embed` and `subset` complete Marp's pages; `pictures`
shows what checks find. `packages`, `browsers` and `fonts` find the tools or install them into the user's
cache; `toolchain` lists them for `doctor`, and `version` has their versions.
"""
