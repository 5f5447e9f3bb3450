"""Numbers of things in words."""

from __future__ import annotations


def counted(number: int, noun: str, several: str = "") -> str:
    """Return "1 slide", "2 slides"."""
    return f"{number} {noun}" if number == 1 else f"{number} {several or f'{noun}s'}"
