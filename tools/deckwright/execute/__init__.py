"""The door to user code: jobs go in, a `Result` comes out for each, whatever its script does.

`workers` is the door itself, `server` the other end of the warm server, `run` one job on its way, and
`follow` what it writes meanwhile; `preload` says what is imported ahead of it; `process` is all that
runs in one session; `outcome` and `imports` read what a run left. What runs inside the isolated
process is `deckwright.child`.
"""
