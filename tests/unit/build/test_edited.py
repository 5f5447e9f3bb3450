"""After an edit of a deck, which decks are looked at; and that what is left is what a clean build leaves."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from deckwright.build import pipeline
from deckwright.build.entry import build_or_replay
from deckwright.errors import RenderError
from deckwright.model import Check, Job, Report, Request, Result
from deckwright.report.json_report import report_json
from support.fakes import House, house
from support.replays import replayed

ONE = """\
# One

Some words.

```python file=../snippets/a.py#part
```

```text output=../snippets/a.py
a
```

[two](two.md)
"""
TWO = "# Two\n\n```text output=../snippets/b.py\nb\n```\n\n![](../figures/f.svg)\n"
TEXTS = {
    "slides/one.md": ONE,
    "slides/two.md": TWO,
    "slides/three.md": "# Three\n\n```python exec\nx = 1\n```\n",
    "snippets/a.py": "# region part\nprint('a')\n# endregion part\n",
    "snippets/b.py": "print('b')\n",
    "snippets/c.py": "print('c')\n",
    "figures/f.svg": "<svg/>",
}
ALL = sorted(path for path in TEXTS if path.startswith("slides/"))
HTML = Request(formats=("html",))


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The decks that were composed, by path."""
    decks: list[str] = []
    compose = pipeline.compose

    def noting(*arguments: object) -> object:
        decks.append(arguments[0].path)  # type: ignore[attr-defined]
        return compose(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "compose", noting)
    return decks


def prints(job: Job) -> Result:
    return Result(job.id, "cpu", 0.1, reads=dict.fromkeys(["slides/two.md"] if "c.py" in job.id else []))


def made(root: Path, texts: Mapping[str, str], request: Request = HTML) -> tuple[House, Report]:
    home = house(root, texts)
    home.runner.results["snippets/c.py"] = prints
    return home, build_or_replay(home.context(request))


def edit(home: House, path: str, old: str, new: str) -> None:
    text = home.files.contents[path].decode()
    assert old in text
    home.files.contents[path] = text.replace(old, new).encode()


def told(report: Report) -> object:
    jobs = tuple(replace(job, ran=False, reason="") for job in report.jobs)
    return report_json(replace(report, seconds=0, jobs=jobs))


def again(home: House, composed: list[str], request: Request = HTML) -> Report:
    composed.clear()
    return build_or_replay(home.context(request))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("slides/one.md", "Some words.", "Other words.\n\nMore of them."),
        ("slides/one.md", "# One", "# First\n\n---\n\n# One"),
        ("slides/one.md", "\n\nSome words.", "\n\n<!-- Say this. -->"),
        ("slides/one.md", "[two](two.md)", "[the second](two.md)"),
        ("slides/two.md", "# Two", "# Zwei\n\n**new**"),
        ("slides/one.md", "```text output=../snippets/a.py\na", "```text output=../snippets/a.py\nb"),
    ],
)
def test_other_decks_are_not_looked_at(
    tmp_path: Path, composed: list[str], path: str, old: str, new: str
) -> None:
    home, _ = made(tmp_path / "here", TEXTS)
    edit(home, path, old, new)
    report = again(home, composed)
    assert composed == [path]
    clean, expected = made(tmp_path / "clean", {**TEXTS, path: home.files.contents[path].decode()})
    assert told(report) == told(expected)
    assert {
        name: data for name, data in home.built().items() if name not in ("report.json", "index.html")
    } == {name: data for name, data in clean.built().items() if name not in ("report.json", "index.html")}
    assert [job.job for job in report.jobs if job.ran] == []
    repeated = replayed(home.context(HTML))
    assert repeated is not None
    assert told(repeated) == told(expected)


@pytest.mark.parametrize(("formats", "browser"), [(("html",), False), (("html", "pdf"), True)])
def test_what_renders_starts_before_the_build_is_imported(
    tmp_path: Path, formats: tuple[str, ...], browser: bool
) -> None:
    request = Request(formats=formats)
    home, _ = made(tmp_path, TEXTS, request)
    home.renderer.started.clear()
    edit(home, "slides/one.md", "Some words.", "Other words.")
    build_or_replay(home.context(request))
    assert set(home.renderer.started) == {browser}


def test_several_edits_follow_each_other(tmp_path: Path, composed: list[str]) -> None:
    home, _ = made(tmp_path, TEXTS)
    for number, decks in enumerate(
        (["slides/one.md"], ["slides/one.md", "slides/two.md"], ["slides/two.md"])
    ):
        for path in decks:
            home.files.contents[path] += f"\nnumber {number}\n".encode()
        again(home, composed)
        assert composed == decks


QUOTING = "# Four\n\n```markdown file=two.md\n```\n"
WRONG = "# Four\n\n```text output=../snippets/b.py\nwrong\n```\n\n![](gone.png)\n"


@pytest.mark.parametrize(
    ("texts", "path", "old", "new", "request_"),
    [
        pytest.param({}, "slides/two.md", "b.py", "a.py", HTML, id="another-script"),
        pytest.param({}, "slides/two.md", "![](../figures/f.svg)", "", HTML, id="a-figure-less"),
        pytest.param({}, "slides/two.md", "# Two", "---\ntheme: gaia\n---\n\n# Two", HTML, id="front-matter"),
        pytest.param({}, "slides/one.md", "[two](two.md)", "[three](three.md)", HTML, id="another-link"),
        pytest.param({}, "slides/three.md", "x = 1", "x = 2", HTML, id="code-that-runs"),
        pytest.param({}, "slides/three.md", "```python exec", "```python", HTML, id="code-that-runs-no-more"),
        pytest.param({}, "snippets/b.py", "print", "print ", HTML, id="a-script"),
        pytest.param({}, "figures/f.svg", "<svg/>", "<svg></svg>", HTML, id="a-picture"),
        pytest.param(
            {"slides/four.md": QUOTING}, "slides/two.md", "# Two", "# Zwei", HTML, id="another-deck-quotes-it"
        ),
        pytest.param(
            {"slides/four.md": TWO.replace("b.py", "c.py")},
            "slides/two.md",
            "# Two",
            "# Zwei",
            HTML,
            id="a-script-has-read-it",
        ),
        pytest.param({"slides/two.md": WRONG}, "slides/two.md", "# Four", "# 4", HTML, id="a-finding-there"),
        pytest.param({}, "slides/two.md", "# Two", "# Zwei", replace(HTML, check=Check()), id="a-check"),
    ],
)
def test_all_decks_are_looked_at(
    tmp_path: Path,
    composed: list[str],
    texts: Mapping[str, str],
    path: str,
    old: str,
    new: str,
    request_: Request,
) -> None:
    every = {**TEXTS, **texts}
    home, _ = made(tmp_path / "here", every, request_)
    edit(home, path, old, new)
    report = again(home, composed, request_)
    assert set(composed) == {each for each in every if each.startswith("slides/")}
    _, expected = made(tmp_path / "clean", {**every, path: home.files.contents[path].decode()}, request_)
    assert told(report) == told(expected)


def test_what_the_other_decks_read_still_counts(tmp_path: Path, composed: list[str]) -> None:
    home, _ = made(tmp_path, TEXTS)
    edit(home, "slides/one.md", "Some", "Other")
    again(home, composed)
    edit(home, "snippets/b.py", "'b'", "'B'")
    report = again(home, composed)
    assert sorted(set(composed)) == ALL
    assert [job.job for job in report.jobs if job.ran] == ["snippets/b.py"]


def test_a_deck_that_was_edited_and_then_broken_is_named(tmp_path: Path, composed: list[str]) -> None:
    home, _ = made(tmp_path, TEXTS)
    edit(home, "slides/one.md", "Some words.", "```text output=../snippets/none.py\n```")
    report = again(home, composed)
    assert report.broken == ("slides/one.md",)
    assert not report.good


def test_an_edited_deck_that_cannot_be_rendered_is_broken(tmp_path: Path, composed: list[str]) -> None:
    home, _ = made(tmp_path, TEXTS)
    edit(home, "slides/one.md", "Some", "Other")
    home.renderer.error, home.renderer.failing = RenderError("no", ""), "slides/one.md"
    report = again(home, composed)
    assert composed == ["slides/one.md"]
    assert report.broken == ("slides/one.md",)
    assert [deck.path for deck in report.decks] == ["slides/three.md", "slides/two.md"]
    home.renderer.error = None
    assert [deck.path for deck in again(home, composed).decks] == ALL
