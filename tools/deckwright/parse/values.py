"""Values of attributes and options, converted; each function raises ValueError for any other value."""

from __future__ import annotations

from collections.abc import Callable


def one_of(*choices: str) -> Callable[[object], str]:
    """Return a function that accepts one of these texts."""

    def convert(value: object) -> str:
        if value not in choices:
            raise ValueError
        return str(value)

    return convert


def some_text(value: object) -> str:
    """Accept a text that is not empty."""
    if not isinstance(value, str) or not value:
        raise ValueError
    return value


def names_to_vary(text: str) -> tuple[str, ...]:
    """Accept names with commas between them, each once."""
    names = tuple(name.strip() for name in text.split(","))
    if not all(map(str.isidentifier, names)):
        raise ValueError
    return tuple(dict.fromkeys(names))
