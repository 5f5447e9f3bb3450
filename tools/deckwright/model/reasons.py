"""Reasons why scripts run or do not, in words; `plan.reasons` has those that name what changed."""

from __future__ import annotations

NEVER_RAN = "it never ran"
FORCED = "you asked for it"
NOT_SELECTED = "it was not asked for"
RUNS_NOW = "it runs now"
DID_NOT_RUN = "it did not run"
LEFT_OUT = "it was left out"
NOT_IN_SMOKE = "a smoke run leaves it out"
DAMAGED = "its result is damaged"
OWN_TEXT = "its text changed, and it looks at its text or at line numbers in it"
NOTHING_RAN = "nothing ran: the sources have errors"
DECK_IS_BROKEN = "its deck has errors, so nothing on it is proved"
BY_HOOKS = "what it read was recorded without the kernel, which may have missed some of it"
SHARED = "taken from the shared store"


def may_lie_outside(cause: str) -> str:
    """Return why a script that failed runs again."""
    return f"it failed for a reason that may lie outside of the script: {cause}"


def waits_for_save(cause: str) -> str:
    """Return why such a script does not run again while decks are served."""
    return f"{may_lie_outside(cause)}; it takes long: save it to run it again"


def unchanged(failed: bool) -> str:
    """Return why a script does not run again."""
    return "it failed, and nothing changed" if failed else "nothing changed"
