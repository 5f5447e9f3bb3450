"""Reports: everything that users read, as text, JSON, live progress or HTML pages.

`diagnostics_text`, `plan_text` and `summary_text` are for a terminal, with the shared `phrases` and the
source line of `excerpt`; `json_report` is report.json and events. `progress` and `board` show a running
build. `html_pages` has the pages of a build and of a check, from `index/` and `check/`; `junit` and `github`
are for CI servers.
"""
