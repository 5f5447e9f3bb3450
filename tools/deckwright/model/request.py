"""What a command asks for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """How strictly to check what was built."""

    standalone: bool = False
    """Run every script as a student does, too."""
    allowed: tuple[str, ...] = ()
    """Slugs of what is only warned of."""
    baseline: bool = True
    """Let pass what the baseline knows."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a command asks a build for."""

    decks: tuple[str, ...] = ()
    """As they were named; empty for all."""
    formats: tuple[str, ...] = ()
    """What to make of each deck; empty for what the settings say."""
    notes: bool = False
    """Put speaker notes where a format has a place for them."""
    scale: float = 0.0
    """How large pictures of slides are, in pixels per CSS pixel; 0 for what the settings say."""
    force: str = ""
    """Scripts that run whatever is known of them, as a pattern or a deck; empty for none."""
    only: str = ""
    """The only scripts that may run, as a pattern or a deck; empty for all."""
    early_seconds: float | None = None
    """Make pages before scripts run that take so long, with accepted results in place of theirs."""
    check: Check | None = None
    """How to check what was built; None for not at all."""
