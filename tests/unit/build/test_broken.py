"""One bad deck among others: these are built, and it is an error with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deckwright.build.clean import remove_unneeded
from deckwright.build.entry import build_or_replay
from deckwright.build.pipeline import build, plan_decks, sync
from deckwright.errors import RenderError, RenderTimeout
from deckwright.model import CaseState, Check, Report, Request
from support.fakes import House, house

GOOD = "# Good\n\n```text output=../snippets/good.py\n```\n"
BAD = {
    "front matter": ("---\ntitle: [a\n---\n\n# Bad\n", ("front-matter", "slides/bad.md", 2)),
    "a script that is not there": (
        "# Bad\n\n```python file=../snippets/no.py\n```\n",
        ("missing-script", "", 3),
    ),
    "an attribute": (
        "# Bad\n\n```text output=../snippets/good.py lins=3\n```\n",
        ("unknown-attribute", "", 3),
    ),
    "its program": ("# Bad\n\n```python exec\ndef\n```\n", ("syntax-error", "", 4)),
    "a script with an error": (
        "# Bad\n\n```text output=../snippets/wrong.py\n```\n",
        ("syntax-error", "snippets/wrong.py", 1),
    ),
    "the encoding": (b"# Bad\n\n\xff\n", ("undecodable", "", 3)),
}


@pytest.fixture
def home(tmp_path: Path) -> House:
    return house(
        tmp_path,
        {
            "slides/a.md": GOOD,
            "slides/bad.md": "# Bad\n\n```text output=../snippets/bad.py\n```\n",
            "slides/c.md": GOOD,
            "snippets/good.py": "print(1)\n",
            "snippets/bad.py": "print(2)\n",
            "snippets/wrong.py": "def\n",
        },
    )


def errors(report: Report) -> list[tuple[str, str, int]]:
    return [
        (each.slug, each.location.path, each.location.line)
        for each in report.diagnostics
        if each.severity == "error"
    ]


@pytest.mark.parametrize("kind", BAD)
def test_the_others_are_built(home: House, kind: str) -> None:
    text, (slug, path, line) = BAD[kind]
    home.files.contents["slides/bad.md"] = text if isinstance(text, bytes) else text.encode()
    for act in (build, build_or_replay):
        report = act(home.context(Request(formats=("html",))))
        assert [deck.path for deck in report.decks] == ["slides/a.md", "slides/c.md"]
        assert errors(report) == [(slug, path or "slides/bad.md", line)]
        assert report.broken == ("slides/bad.md",)
    assert home.runner.ran == ["snippets/good.py"]
    assert {"html/a.html", "html/c.html"} <= home.built().keys()


@pytest.mark.parametrize("kind", BAD)
def test_nothing_of_a_bad_deck_is_proved(home: House, kind: str) -> None:
    text, _ = BAD[kind]
    home.files.contents["slides/bad.md"] = text if isinstance(text, bytes) else text.encode()
    report = build(home.context(Request(formats=("html",), check=Check())))
    proved = [case for case in report.cases if case.state is CaseState.PROVED]
    assert report.proved == len(proved)
    assert {case.deck for case in proved} == {"slides/a.md", "slides/c.md"}
    left = {case.state for case in report.cases if case.deck == "slides/bad.md"}
    assert CaseState.FAILED in left <= {CaseState.FAILED, CaseState.SKIPPED}
    assert [request.path for request in home.renderer.measured] == ["slides/a.md", "slides/c.md"]


def test_what_cannot_be_read_is_an_error_of_its_deck(home: House) -> None:
    home.files.forbidden = {"slides/bad.md", "snippets/wrong.py"}
    report = build(home.context(Request(formats=("html",))))
    assert errors(report) == [("unreadable-file", "slides/bad.md", 1)]
    assert len(report.decks) == 2


def test_the_last_pages_of_a_bad_deck_stay(home: House) -> None:
    build(home.context(Request(formats=("html",))))
    before = home.built()["html/bad.html"]
    home.files.contents["slides/bad.md"] = b"---\na: [\n---\n"
    build(home.context(Request(formats=("html",))))
    assert home.built()["html/bad.html"] == before


def test_plan_and_sync_leave_it_out(home: House) -> None:
    home.files.contents["slides/bad.md"] = b"---\na: [\n---\n"
    plan, diagnostics = plan_decks(home.context())
    assert plan
    assert [step.job.id for step in plan.steps] == ["snippets/good.py"]
    assert [each.slug for each in diagnostics] == ["front-matter"]
    report, changes = sync(home.context())
    assert sorted(changes) == ["slides/a.md", "slides/c.md"]
    assert errors(report) == [("front-matter", "slides/bad.md", 2)]


def test_clean_keeps_what_a_bad_deck_may_need(home: House) -> None:
    build(home.context(Request(formats=("html",))))
    home.files.contents["slides/bad.md"] = b"---\na: [\n---\n"
    (home.root / "slides").mkdir()
    for deck in ("a", "bad", "c"):
        (home.root / f"slides/{deck}.md").touch()
    freed, diagnostics = remove_unneeded(home.context())
    assert (freed, [each.slug for each in diagnostics]) == (0, ["front-matter"])


@pytest.mark.parametrize(
    "error", [RenderTimeout("too slow", "more seconds"), RenderError("it fails", "correct it")]
)
def test_a_deck_on_which_marp_fails(home: House, error: RenderError) -> None:
    home.renderer.error, home.renderer.failing = error, "slides/bad.md"
    report = build_or_replay(home.context(Request(formats=("html",))))
    assert [deck.path for deck in report.decks] == ["slides/a.md", "slides/c.md"]
    assert errors(report) == [(error.slug, "slides/bad.md", 1)]
    home.renderer.error = None  # it may lie at the machine: it is not remembered
    assert build_or_replay(home.context(Request(formats=("html",)))).good


def test_a_deck_that_cannot_be_measured_is_not_proved(home: House) -> None:
    home.renderer.unmeasured, home.renderer.failing = (
        RenderTimeout("too slow", "more seconds"),
        "slides/bad.md",
    )
    report = build(home.context(Request(formats=("html",), check=Check())))
    assert len(report.decks) == 3
    assert errors(report) == [("render-timeout", "slides/bad.md", 1)]
    assert [case.deck for case in report.cases if case.state is not CaseState.PROVED] == ["slides/bad.md"] * 2
    assert {case.deck for case in report.cases if case.state is CaseState.PROVED} == {
        "slides/a.md",
        "slides/c.md",
    }


def test_diagrams_on_which_the_browser_fails(home: House) -> None:
    home.files.contents |= {
        "slides/bad.md": b"# Diagram\n\n![a loop](../figures/loop.svg)\n",
        "figures/loop.mmd": b"graph TD\n",
    }
    home.renderer.undrawn = RenderTimeout("too slow", "more seconds")
    report = build_or_replay(home.context(Request(formats=("html",))))
    assert errors(report) == [("render-timeout", "figures/loop.mmd", 1)]
    assert len(report.decks) == 3
    home.renderer.undrawn = None
    assert build_or_replay(home.context(Request(formats=("html",)))).good


def _undecodable(home: House) -> None:
    home.files.contents = {"slides/bad.md": b"\xff"}


def _erroneous(home: House) -> None:
    home.files.contents = {"slides/bad.md": b"---\na: [\n---\n"}


@pytest.mark.parametrize("spoil", [_undecodable, _erroneous])
def test_where_all_are_bad_nothing_runs(home: House, spoil: Callable[[House], None]) -> None:
    spoil(home)
    report = build(home.context(Request(check=Check())))
    assert report.stopped
    assert (report.proved, report.broken, home.runner.ran) == (0, ("slides/bad.md",), [])
    assert plan_decks(home.context())[0] is None
