"""Sources that are parsed again only where their text has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import deckwright.build.parsed as parsed_module
from deckwright.build.parsed import ParsedSources
from deckwright.model import Deck, Dialect, Script
from deckwright.parse import parse_deck, parse_script, parse_text_file
from deckwright.store import Store

SOURCES = sorted(
    map(
        str,
        [
            *Path("slides").glob("*.md"),
            *Path("tests/decks").rglob("*.md"),
            *Path("snippets/02-feature-space").glob("*.py"),
        ],
    )
)
SCRIPT = "# %% [one]\nx = 1  # region: a\nprint(x)\n"
DECK = """# Title

{{../snippets/a.py:x.y[0]}}

```python file=../snippets/a.py#one highlight=1
```

![A picture](../figures/f.svg)

<!-- note -->
"""


class Calls:
    """What was parsed, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: list[str] = []
        for parse in (parse_deck, parse_script, parse_text_file):
            monkeypatch.setattr(parsed_module, parse.__name__, self._noting(parse))

    def _noting(self, parse: Callable[..., Deck | Script]) -> Callable[..., Deck | Script]:
        def noting(path: str, *rest: object) -> Deck | Script:
            self.paths.append(path)
            return parse(path, *rest)

        return noting

    def taken(self) -> list[str]:
        taken, self.paths = self.paths, []
        return taken


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    return Calls(monkeypatch)


def read(sources: ParsedSources, deck: str = DECK, script: str = SCRIPT) -> tuple[Deck, Script, Script]:
    return (
        sources.deck("slides/d.md", deck, Dialect()),
        sources.script("snippets/a.py", script),
        sources.text_file("snippets/a.toml", script),
    )


def test_the_same_text_is_parsed_once_here_and_in_later_builds(tmp_path: Path, calls: Calls) -> None:
    first = ParsedSources(Store(tmp_path))
    values = read(first)
    assert read(first) == values
    first.keep()
    assert calls.taken() == ["slides/d.md", "snippets/a.py", "snippets/a.toml"]
    assert read(ParsedSources(Store(tmp_path))) == values
    assert calls.taken() == []


@pytest.mark.parametrize(
    ("again", "parsed"),
    [
        pytest.param(lambda store: read(ParsedSources(store), DECK + "x"), ["slides/d.md"], id="deck"),
        pytest.param(
            lambda store: read(ParsedSources(store), script=""),
            ["snippets/a.py", "snippets/a.toml"],
            id="script",
        ),
        pytest.param(
            lambda store: read(ParsedSources(store, "other")),
            ["slides/d.md", "snippets/a.py", "snippets/a.toml"],
            id="another-version",
        ),
        pytest.param(
            lambda store: ParsedSources(store).deck("slides/d.md", DECK, Dialect(math=False)),
            ["slides/d.md"],
            id="dialect",
        ),
        pytest.param(
            lambda store: ParsedSources(store).text_file("snippets/a.py", SCRIPT),
            ["snippets/a.py"],
            id="as-text",
        ),
    ],
)
def test_what_has_changed_is_parsed_again(
    tmp_path: Path, calls: Calls, again: Callable[[Store], object], parsed: list[str]
) -> None:
    before = ParsedSources(Store(tmp_path))
    read(before)
    before.keep()
    calls.taken()
    again(Store(tmp_path))
    assert calls.taken() == parsed


@pytest.mark.parametrize("path", SOURCES)
def test_every_source_is_read_as_it_was_parsed(tmp_path: Path, path: str) -> None:
    text = Path(path).read_bytes().decode("utf-8", "replace")
    before, after = ParsedSources(Store(tmp_path)), ParsedSources(Store(tmp_path))
    if path.endswith(".md"):
        value: Deck | Script = before.deck(path, text, Dialect())
        before.keep()
        assert after.deck(path, text, Dialect()) == value
    else:
        value = before.script(path, text)
        before.keep()
        assert after.script(path, text) == value


def test_what_lies_outside_of_the_project_is_not_kept(tmp_path: Path) -> None:
    sources = ParsedSources(Store(tmp_path))
    read(sources)
    sources.keep(lambda path: path != "snippets/a.py")
    log = (tmp_path / "parsed.log").read_text()
    assert ["Deck" in log, log.count('["Script"')] == [True, 1]


def test_versions_do_not_pile_up_and_sources_that_went_leave(tmp_path: Path) -> None:
    sources = ParsedSources(Store(tmp_path))
    read(sources)
    sources.keep()
    sources = ParsedSources(Store(tmp_path))
    for version in range(120):
        sources.deck("slides/d.md", f"{DECK}{version}", Dialect())
        sources.keep(lambda path: path == "slides/d.md")
    log = (tmp_path / "parsed.log").read_text()
    assert len(list(filter(None, log.split("\n")))) < 60
    assert "x = 1" not in log


@pytest.mark.parametrize("damage", [b"", b"x" * 100, b"\n\n{}\n"])
def test_a_damaged_log_is_parsed_again(tmp_path: Path, calls: Calls, damage: bytes) -> None:
    sources = ParsedSources(Store(tmp_path))
    values = read(sources)
    sources.keep()
    calls.taken()
    (tmp_path / "parsed.log").write_bytes(damage)
    again = ParsedSources(Store(tmp_path))
    assert read(again) == values
    assert len(calls.taken()) == 3
