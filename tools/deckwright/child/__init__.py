"""What runs inside the isolated process: the warm server, and the run of one job.

`execute` imports of it what both sides must know: `task` and `journal` (what passes between them), `inputs`
(what the notes say), `threads`. Nothing here imports ours but `model` and `syntax`, and only the standard
library is imported at module level.
"""
