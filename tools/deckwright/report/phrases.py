"""Phrases that several reports have: times, and numbers of things."""

from deckwright.text.counts import counted


def duration(seconds: float) -> str:
    """Return a time in words: "0.4 s", "12 s", "3 min 5 s", "1 h 2 min"."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if minutes else f"{rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def not_run_text(number: int) -> str:
    """Return how many code blocks do not run; empty for none."""
    return f"{counted(number, 'block not run', 'blocks not run')}, with a reason" if number else ""


def smoke_text(number: int) -> str:
    """Return how many scripts of a smoke run had small values; empty for none."""
    return f"smoke run: {counted(number, 'script')} with small values" if number else ""


def accepted_text(number: int) -> str:
    """Return how much authors accept; empty for nothing."""
    place = "its place" if number == 1 else "their places"
    return f"{counted(number, 'diagnostic')} accepted at {place}" if number else ""
