"""Names of libraries in a deck's prose, such as `torch.matmul`: are they what the library calls them?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deckwright.adopt.analysis.usual_imports import line_for
from deckwright.model import Deck, Diagnostic, Location, Script, Severity
from deckwright.parse import parse_script
from deckwright.text.lines import Lines

_WORD = r"[A-Za-z_][A-Za-z0-9_]*"
_DOTTED = re.compile(rf"(?<![A-Za-z0-9_./@:\\-]){_WORD}(?:\.{_WORD})+(?![/@-]|\.\w)")
"""Latin letters only: `nn.Linear的使用` speaks of `nn.Linear`."""
_FILES = frozenset(
    [
        "py",
        "ipynb",
        "md",
        "txt",
        "html",
        "css",
        "js",
        "json",
        "csv",
        "yaml",
        "yml",
        "toml",
        "png",
        "jpg",
        "svg",
        "pdf",
        "org",
        "com",
        "io",
        "net",
        "cn",
    ]
)

_LOOK = """\
import importlib
import json
from difflib import get_close_matches


def look(name, line):
    space = {{}}
    try:
        exec(line, space)
    except ImportError:
        return
    root, *parts = name.split(".")
    here = space[root]
    for part in parts:
        try:
            here = getattr(here, part)
        except AttributeError as error:
            try:
                here = importlib.import_module(f"{{here.__name__}}.{{part}}")
            except (ImportError, AttributeError):
                print(json.dumps([name, str(error), get_close_matches(part, dir(here), 1)]))
                return


{calls}
"""


@dataclass(frozen=True, slots=True)
class Mention:
    """A dotted name in the prose, where it stands, and the line that imports its root."""

    name: str
    line: str
    location: Location


def read_mentions(deck: Deck, imported: Mapping[str, str]) -> tuple[Mention, ...]:
    """Return the names in a deck's prose that begin with a module; `imported` are those of its code."""
    return tuple(_mentions(deck, imported))


def look_script(deck: Deck, mentions: Sequence[Mention]) -> Script:
    """Return a script that looks all names up, and prints those that are not there."""
    asked = dict.fromkeys((mention.name, mention.line) for mention in mentions)
    calls = "\n".join(f"look({name!r}, {line!r})" for name, line in asked)
    imports = "".join(f"    {line}\n" for line in dict.fromkeys(line for _, line in asked))
    # What is imported for good need not be imported again for each name.
    ahead = f"try:\n{imports}except ImportError:\n    pass\n" if imports else ""
    return parse_script(deck.path, ahead + _LOOK.format(calls=calls))


def mention_diagnostics(deck: Deck, mentions: Sequence[Mention], printed: str) -> Iterator[Diagnostic]:
    """Yield each mention of a name that is not there; `printed` is what the script said."""
    lines = Lines(deck.path, deck.text)
    wrong = {name: (message, close) for name, message, close in map(json.loads, printed.splitlines())}
    for mention in mentions:
        if mention.name in wrong:
            message, close = wrong[mention.name]
            hint = f"did you mean '{close[0]}'?" if close else ""
            yield lines.diagnostic("wrong-name", message, mention.location, hint, Severity.WARNING)


def _mentions(deck: Deck, imported: Mapping[str, str]) -> Iterator[Mention]:
    lines = Lines(deck.path, deck.text)
    done = 0
    for prose in deck.prose:
        for match in _DOTTED.finditer(prose.text):
            name = match[0]
            root, last = name.split(".")[0], name.rsplit(".", 1)[1]
            bring = imported.get(root) or line_for(root)
            at = deck.text.find(name, max(prose.start, done), prose.end)
            if bring and last not in _FILES and at >= 0:
                done = at + len(name)
                yield Mention(name, bring, lines.span(at, at + len(name)))
