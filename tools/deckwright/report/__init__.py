"""What users read: everything that a command found out, as words, JSON, live progress, or a page.

`diagnostics`, `plan` and `summary` are text for a terminal, with `words` that all share, and `excerpt` the
source line with its caret; `data` is report.json and events. `progress` and `board` are what is shown while a
build runs; `page` the pages of a build and of a check, from `index/` and `check/`; `junit` and `github` what
CI servers read.
"""
