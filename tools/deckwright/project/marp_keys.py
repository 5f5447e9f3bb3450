"""The settings of marp-cli: what each may be, and how what it asks for is done here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deckwright.project import kinds
from deckwright.project.kinds import Kind

PAGE: Mapping[str, Kind] = {
    "author": kinds.TEXT,
    "bespoke": kinds.TABLE,
    "description": kinds.TEXT,
    "html": kinds.HTML,
    "keywords": kinds.TEXTS,
    "lang": kinds.TEXT,
    "ogImage": kinds.TEXT,
    "options": kinds.TABLE,
    "template": kinds.one_of("bespoke", "bare"),
    "theme": kinds.TEXT,
    "title": kinds.TEXT,
    "url": kinds.TEXT,
}
"""Those that shape a page, in the spelling of marp-cli, which is given them."""

BUILD: Mapping[str, Kind] = {
    "browserTimeout": kinds.SECONDS,
    "imageScale": kinds.SCALE,
    "images": kinds.one_of("png"),
    "inputDir": kinds.TEXT,
    "pdfNotes": kinds.SWITCH,
    "pptxEditable": kinds.SWITCH,
    "themeSet": kinds.TEXTS,
}
"""Those that say what is built."""

INNER: Mapping[str, Mapping[str, Kind]] = {
    "bespoke": {"osc": kinds.SWITCH, "progress": kinds.SWITCH, "transition": kinds.SWITCH},
    "options": {
        "anchor": kinds.SWITCH,
        "cssContainerQuery": kinds.DATA,
        "cssNesting": kinds.SWITCH,
        "emoji": kinds.TABLE,
        "headingDivider": kinds.DATA,
        "inlineSVG": kinds.DATA,
        "lang": kinds.TEXT,
        "looseYAML": kinds.DATA,
        "markdown": kinds.DATA,
        "math": kinds.DATA,
        "minifyCSS": kinds.SWITCH,
        "printable": kinds.SWITCH,
        "script": kinds.DATA,
        "slug": kinds.DATA,
    },
}

AS_IT_IS = (
    *("allowLocalFiles", "parallel", "pdf", "pdfOutlines", "jpegQuality"),
    *("browserProtocol", "options.container", "options.slideContainer"),
)
"""What they ask for is so without them, or nothing shows it."""

_BROWSER = "set the variable DECKWRIGHT_BROWSER to the program"
_ON_SAVE = "to build on every save: deckwright serve"
_OUTPUT = "the pages are in build/; `deckwright build -o PATH` copies them"
ELSEWHERE: Mapping[str, str] = {
    "baseUrl": "addresses are relative to the deck, and pages contain the files that they show",
    "browser": _BROWSER,
    "browserPath": _BROWSER,
    "engine": "an engine is code of the project, which Deckwright does not run",
    "image": "write images: png; a build with PDF also puts the first slide into build/pictures/",
    "notes": "`deckwright build --notes` puts the notes into the PDF",
    "options.html": "write html beside options, not in it: marp-cli ignores it there, too",
    "output": _OUTPUT,
    "outputDir": _OUTPUT,
    "pptx": "`deckwright build --pptx` makes a PPTX; the setting `formats` makes one in each build",
    "preview": _ON_SAVE,
    "server": _ON_SAVE,
    "watch": _ON_SAVE,
}
"""Those that have no effect here, with a hint."""


def snake_case(key: str) -> str:
    return re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", key)


def camel_case(option: str) -> str:
    """Return the setting that an option of marp-cli gives: `--pptx-editable` is pptxEditable."""
    return re.sub("-(.)", lambda match: match[1].upper(), option.removeprefix("--"))


FROM_FILE = {**PAGE, **BUILD}
FROM_TABLE = {**{snake_case(key): kind for key, kind in FROM_FILE.items()}, "cjk_emphasis": kinds.SWITCH}
