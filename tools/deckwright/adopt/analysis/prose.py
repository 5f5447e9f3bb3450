"""Names of libraries in a deck's prose, such as `torch.matmul`, looked up in the libraries."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator, Mapping, Sequence

from deckwright.adopt.analysis.usual_imports import library_import
from deckwright.frozen import dataclass
from deckwright.model import Deck, Diagnostic, Location, Script
from deckwright.parse import parse_script
from deckwright.text.lines import Lines

_WORD = r"[A-Za-z_][A-Za-z0-9_]*"
_DOTTED = re.compile(
    rf"(?<![A-Za-z0-9_./@:\\-]){_WORD}(?:\.{_WORD})+(?![A-Za-z0-9_/@*<{{|…⋯-]|\\_|\.[\w.*<{{…]|\[\.|\([^()]*\)[/|])"
)
"""A whole dotted name in Latin letters: in `nn.Linear的使用`, it is `nn.Linear`.

What goes on in another way is short for several names, or for any: `plt.xlabel/ylabel()`, `np.rand*`.
"""
_SUFFIX = re.compile("py|ipynb|md|txt|html|css|js|json|csv|ya?ml|toml|png|jpg|svg|pdf|org|com|io|net|cn")
"""The end of the name of a file or a host."""

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
    """A dotted name in the prose, its location, and the line that imports its root."""

    name: str
    line: str
    location: Location


def find_mentions(deck: Deck, imports: Mapping[str, str], own: Container[str] = ()) -> Iterator[Mention]:
    """Yield the names in a deck's prose that begin with a module.

    `imports` are those of its code, and `own` the names that its code binds otherwise.
    """
    lines = Lines(deck.path, deck.text)
    done = 0
    for prose in deck.prose:
        for match in _DOTTED.finditer(prose.text):
            name = match[0]
            root, last = name.split(".")[0], name.rsplit(".", 1)[1]
            line = "" if root in own else imports.get(root) or library_import(root)
            at = deck.text.find(name, max(prose.start, done), prose.end)
            if line and not _SUFFIX.fullmatch(last) and at >= 0:
                done = at + len(name)
                yield Mention(name, line, lines.span(at, at + len(name)))


def look_up_script(deck: Deck, mentions: Sequence[Mention]) -> Script:
    """Return a script that looks all names up, and prints those that their libraries do not have."""
    names = dict.fromkeys((mention.name, mention.line) for mention in mentions)
    calls = "\n".join(f"look({name!r}, {line!r})" for name, line in names)
    imports = "".join(f"    {line}\n" for line in dict.fromkeys(line for _, line in names))
    # Imported once at the top, a module is not imported again for each name.
    ahead = f"try:\n{imports}except ImportError:\n    pass\n" if imports else ""
    return parse_script(deck.path, ahead + _LOOK.format(calls=calls))


def mention_diagnostics(deck: Deck, mentions: Sequence[Mention], printed: str) -> Iterator[Diagnostic]:
    """Warn of each name that its library does not have; `printed` is the output of the script."""
    lines = Lines(deck.path, deck.text)
    missing = {name: (message, close) for name, message, close in map(json.loads, printed.splitlines())}
    for mention in mentions:
        if mention.name in missing:
            message, close = missing[mention.name]
            hint = f"did you mean '{close[0]}'?" if close else ""
            yield lines.warning("wrong-name", message, mention.location, hint)
