"""What runs inside the isolated process: the warm server, and the run of one job.

Nothing here is imported by the tool at build time except `task`; nothing here imports ours but
`model` and `syntax`. Written for any Python that a project uses (`execute.Workers(python=...)`),
so only the standard library is imported at module level.
"""
