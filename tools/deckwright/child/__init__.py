"""What runs inside the isolated process: the warm server, and the run of one job; and the recorder above it.

`recording` logs what a job reads; `display` gives what a job displays the forms that a slide can show.

`execute` imports from here what both sides must know: the `task`, the `journal`, the entries of
`recording.read_log`, the thread variables of `libraries`, and whether the kernel can record
(`recording.seccomp`). Nothing here imports ours but `model` and `text`, and only the standard library is
imported at module level.
"""
