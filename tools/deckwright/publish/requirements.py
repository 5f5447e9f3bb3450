"""The packages that scripts need: as requirements.txt, and in a script's own block (PEP 723)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

_BLOCK = re.compile(r"(?m)^# /// script[ \t]*\n(?P<content>(?:#(?: .*)?\n)*?)# ///[ \t]*$")
_DEPENDENCIES = re.compile(r"(?m)^# dependencies\s*=")


def requirements_text(versions: Mapping[str, str]) -> str:
    """Return a requirements.txt; what a version says of its build (`+cpu`) others cannot install."""
    return "".join(f"{name}=={version.partition('+')[0]}\n" for name, version in sorted(versions.items()))


def with_dependencies(script: str, names: Iterable[str]) -> str:
    """Return a script whose block names what it needs; what the author wrote there stays."""
    block = _BLOCK.search(script)
    needed = sorted(names)
    if not needed or (block and _DEPENDENCIES.search(block["content"])):
        return script
    line = f"# dependencies = {json.dumps(needed)}\n"
    if block:
        start = block.start("content")
        return script[:start] + line + script[start:]
    first = re.match(r"(?:#!.*\n)?(?:#.*coding[:=].*\n)?", script)
    at = first.end() if first else 0
    return f"{script[:at]}# /// script\n{line}# ///\n{script[at:]}"
