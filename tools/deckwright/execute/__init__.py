"""The door to user code: jobs go in, a `Result` comes out for each, whatever its script does.

`workers` is the door itself and owns the warm server; `process` is one process in its group; `outcome`
reads what a run left. What runs inside the isolated process is `deckwright.child`.
"""
