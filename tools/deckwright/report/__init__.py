"""What users read: everything that a command found out, as words, JSON, live progress, or a page.

`format` has diagnostics, plans, summaries and report.json; `excerpt` the source line with its caret;
`progress` and `board` what is shown while a build runs; `page` the index page, from `index/`.
"""
