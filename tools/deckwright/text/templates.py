"""The templates of our pages, which show what authors wrote as text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def templates_of(package: str) -> Environment:
    """Return the templates in the folder of a package; the filter `link` makes an address of a path."""
    # Jinja2 takes long to import, so only what writes a page does it.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader(package, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["link"] = _link
    return templates


def _link(path: str) -> str:
    return quote(path, errors="surrogateescape")
