"""The pages of a site: an index with a search, a page per lecture and one per script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from deckwright.frozen import dataclass
from deckwright.publish.published import PublishedLecture, PublishedScript, PublishedSlide
from deckwright.publish.search import search_script
from deckwright.publish.words import words_in
from deckwright.report.html_pages import page_style
from deckwright.text.templates import templates_of

_PAGES = Path(__file__).parent / "pages"

_Shown = tuple[PublishedLecture, PublishedSlide]


@dataclass(frozen=True, slots=True)
class Site:
    """A course as students see it."""

    title: str
    lectures: Sequence[PublishedLecture]
    base: str = ""
    """The address at which it is published, with a slash at its end; empty where it is not known."""
    source_of: Callable[[str], str] = lambda path: ""
    """Returns the address of a file of the project in the repository, or nothing."""
    releases: Sequence[str] = ()
    """The names of earlier releases, each in a folder of its own."""

    @property
    def language(self) -> str:
        return next((lecture.language for lecture in self.lectures if lecture.language), "")

    def files(self, minisearch: str) -> dict[str, bytes]:
        """Return the pages, by path below the site's folder; `minisearch` is the text of that library."""
        pages = {**self._index(), **dict(self._lectures()), **dict(self._scripts())}
        return {
            **{path: page.encode() for path, page in pages.items()},
            "style.css": (page_style() + (_PAGES / "style.css").read_text("utf-8") + _code_styles()).encode(),
            "search.js": search_script(self.lectures, minisearch).encode(),
        }

    def _page(self, template: str, path: str, **values: Any) -> str:
        common = {
            "path": path,
            "up": "../" * path.count("/"),
            "base": self.base,
            "course": self.title,
            "language": self.language,
            "words": words_in(self.language),
        }
        return (
            templates_of("deckwright.publish")
            .get_template(f"pages/{template}.html")
            .render(**common, **values)
        )

    def _index(self) -> dict[str, str]:
        return {
            "index.html": self._page(
                "index", "index.html", title=self.title, lectures=self.lectures, releases=self.releases
            )
        }

    def _lectures(self) -> Iterator[tuple[str, str]]:
        for before, lecture, after in zip([None, *self.lectures], self.lectures, [*self.lectures[1:], None]):
            path = f"lectures/{lecture.name}.html"
            neighbours = {"before": before, "after": after}
            page = self._page("lecture", path, title=lecture.title, lecture=lecture, **neighbours)
            yield path, page

    def _scripts(self) -> Iterator[tuple[str, str]]:
        """Yield one page per script, whichever lectures show it."""
        shown: dict[str, list[_Shown]] = {}
        scripts: dict[str, PublishedScript] = {}
        for lecture in self.lectures:
            for script in lecture.scripts:
                scripts.setdefault(script.path, script)
                shown.setdefault(script.path, []).extend((lecture, slide) for slide in script.slides)
        for path, script in scripts.items():
            values = {
                "script": script,
                "code": _highlighted(script.code),
                "shown": shown[path],
                "source": self.source_of(path),
            }
            yield script.page, self._page("script", script.page, title=script.name, **values)


def _highlighted(code: str) -> Any:
    from markupsafe import Markup
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return Markup(highlight(code, PythonLexer(), HtmlFormatter(nowrap=False, cssclass="highlight")))


def _code_styles() -> str:
    """Return the colours of code, for light and dark pages."""
    light, dark = (_styles_of(name) for name in ("default", "github-dark"))
    plain = ".highlight { background: none !important; }"
    return f"\n{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n{plain}\n"


def _styles_of(name: str) -> str:
    from pygments.formatters import HtmlFormatter

    return str(HtmlFormatter(style=name).get_style_defs(".highlight"))  # type: ignore[no-untyped-call]
