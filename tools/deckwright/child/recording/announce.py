"""What a process announces to the recorder of its system calls: why it makes the next one.

The kernel shows that a file is opened, but not that Python opens it to import it. So whoever knows announces
it, by a call that the recorder sees and that does nothing else: a look at a path that cannot exist.

Every Python process that a job starts imports this module: it imports only os.
"""

from __future__ import annotations

from os import access as _access  # the original, which raises no event of ours

PREFIX = "/dev/null/deckwright/"

IMPORT = "import"
"""The next file is opened for the code in it."""
SEARCH = "search"
"""The folder that is listed next is searched for modules, or is about to be removed."""
OURS = "ours"
"""The next look at a path is Deckwright's own."""
NOTHING = ""
"""The call only waits until the recorder has heard of it."""


def announce(purpose: str) -> None:
    """Announce what the next system call of this thread is for."""
    _access(PREFIX + purpose, 0)
