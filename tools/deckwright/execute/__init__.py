"""User code in processes of its own: jobs go in, a `Result` comes out for each, whatever its script does.

`workers` runs jobs through the warm server. `scratch_folder` and `inputs` read what a run wrote, and
`results` makes a `Result` of it. `standalone` runs scripts without any of this, as a student does. What
runs inside the isolated process is `deckwright.child`.
"""
