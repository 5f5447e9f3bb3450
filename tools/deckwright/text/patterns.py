"""Patterns of paths, as shells and marp-cli write them: `themes/**/*.css`."""

from __future__ import annotations

import re

_MAGIC = re.compile(r"[*?\[{]")
_PARTS = re.compile(r"\*\*/|\*+|\?|\[[^\]/]+\]|\{[^{}]*\}|.", re.DOTALL)


def is_pattern(path: str) -> bool:
    """Whether a path has wildcards."""
    return _MAGIC.search(path) is not None


def folder_of(pattern: str) -> str:
    """Return the folder of a pattern that has no wildcard in its name; `.` if it has none."""
    return _MAGIC.split(pattern, maxsplit=1)[0].rpartition("/")[0] or "."


def pattern_regex(pattern: str) -> re.Pattern[str]:
    """Return what matches the paths that a pattern means: `*` stays in its folder, `**/` goes into others."""
    return re.compile("".join(map(_regex, _PARTS.findall(pattern))) + r"\Z", re.DOTALL)


def _regex(part: str) -> str:
    if part == "**/":
        return "(?:.*/)?"
    if part.startswith("*"):
        return ".*" if part == "**" else "[^/]*"
    if part == "?":
        return "[^/]"
    if part.startswith("[") and len(part) > 1:
        return "[" + part[1:-1].replace("\\", r"\\").replace("!", "^", 1 if part[1] == "!" else 0) + "]"
    if part.startswith("{") and len(part) > 1:
        return "(?:" + "|".join(pattern_regex(word).pattern[:-2] for word in part[1:-1].split(",")) + ")"
    return re.escape(part)
