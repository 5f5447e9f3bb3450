"""The formats in which a build writes decks, one per module."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from deckwright.errors import ConfigError, ToolMissing
from deckwright.formats.format import DeckRendering, Format, Lecture, Made
from deckwright.formats.handout import HANDOUT
from deckwright.formats.html import HTML, page_path
from deckwright.formats.notebook import NOTEBOOK
from deckwright.formats.notes import NOTES
from deckwright.formats.pdf import PDF
from deckwright.formats.png import COVER, PNG
from deckwright.formats.pptx import PPTX
from deckwright.text.suggest import did_you_mean_key

__all__ = [
    "COVER",
    "FORMATS",
    "PNG",
    "SERVED",
    "DeckRendering",
    "Format",
    "Lecture",
    "Made",
    "chosen_formats",
    "page_path",
    "require",
]

FORMATS = (HTML, PDF, PNG, PPTX, NOTES, HANDOUT, NOTEBOOK)
"""All that can be asked for, in the order in which they are made."""

SERVED = HTML
"""What the live server shows."""

_DEFAULT = (HTML, PDF)


def chosen_formats(names: Sequence[str]) -> tuple[Format, ...]:
    """Return the formats of these names, or those that are made unless others are asked for.

    Raises ConfigError if there is no format of a name, and ToolMissing if a package is missing for one.
    """
    known = {format.name: format for format in FORMATS}
    for name in names:
        if name not in known:
            raise ConfigError(f"no format '{name}'", did_you_mean_key(name, known))
    chosen = tuple(format for format in FORMATS if format.name in names) or _DEFAULT
    for format in chosen:
        require(format)
    return chosen


def require(format: Format) -> None:
    """Raise ToolMissing if a package is missing that a format needs."""
    if missing := [name for name in format.packages if find_spec(name) is None]:
        message = f"the format '{format.name}' needs {' and '.join(missing)}"
        raise ToolMissing(message, f"pip install 'deckwright[{format.name}]'")
