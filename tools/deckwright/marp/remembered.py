"""A cache with a size for functions that return texts: a live server reads thousands of versions of one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

P = ParamSpec("P")


def remembered_within(most_characters: int) -> Callable[[Callable[P, str]], Callable[P, str]]:
    """Return a decorator: a function remembers the texts that were used last, up to so many characters."""

    def decorate(function: Callable[P, str]) -> Callable[P, str]:
        texts: dict[tuple[object, ...], str] = {}
        lock, held = threading.Lock(), 0

        @wraps(function)
        def remembering(*arguments: P.args, **named: P.kwargs) -> str:
            nonlocal held
            key = (*arguments, *named.items())
            with lock:
                if key in texts:
                    texts[key] = text = texts.pop(key)  # as the last one
                    return text
            text = function(*arguments, **named)
            with lock:
                held += len(text) - len(texts.pop(key, ""))
                texts[key] = text
                while held > most_characters:
                    held -= len(texts.pop(next(iter(texts))))
            return text

        return remembering

    return decorate
