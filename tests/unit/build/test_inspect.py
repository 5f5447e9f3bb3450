"""A check builds, looks at what a build does not look at, and remembers what it found."""

from dataclasses import replace
from pathlib import Path

import pytest

from deckwright.build.baseline import baseline_file, baseline_of
from deckwright.build.pipeline import build
from deckwright.errors import ConfigError, RenderError
from deckwright.model import (
    Artifact,
    Check,
    FailureKind,
    Job,
    Report,
    Request,
    Result,
    SlideDiagnostic,
    SlideSlug,
    StandaloneRun,
)
from support.fakes import House, house
from support.replays import replayed

DECK = """\
# A

```text output=../snippets/a.py
snippets/a.py
```

---

# B

![f](../figures/f.svg)
"""
TEXTS = {
    "slides/d.md": DECK,
    "snippets/a.py": "print(1)\n",
    "figures/f.py": "draw()\n",
    "figures/f.svg": "<svg/>",
}


def drawn(job: Job) -> Result:
    pictures = tuple(Artifact(f"{figure.name}.{figure.suffix}", b"<svg/>") for figure in job.figures)
    return Result(job.id, "cpu", 0.1, artifacts=pictures)


FULL = SlideDiagnostic(SlideSlug.OVERFLOW, 2, 0, "88 pixels are cut off", "", 88.0)


@pytest.fixture
def home(tmp_path: Path) -> House:
    home = house(tmp_path, TEXTS)
    home.runner.results["figures/f.py"] = drawn
    return home


def check(home: House, **how: bool) -> Report:
    request = Request(check=Check(**how))  # type: ignore[arg-type]
    repeated = replayed(home.context(request))
    return repeated or build(home.context(request))


def slugs(report: Report) -> list[str]:
    return [wrong.slug for wrong in report.diagnostics]


def test_a_good_course_is_proved_case_by_case(home: House) -> None:
    report = check(home)
    assert report.good
    assert [case.name for case in report.cases] == ["a.py:output", "f.svg", "slide", "slide"]
    assert "4 cases" in home.built()["check/index.html"].decode()


def test_a_second_check_looks_at_nothing(home: House) -> None:
    first = check(home)
    second = check(home)
    assert len(home.renderer.measured) == 1
    assert (second.cases, second.diagnostics) == (first.cases, first.diagnostics)


def test_another_least_size_of_text_measures_again(home: House) -> None:
    check(home)
    home.settings = replace(home.settings, least_text=20)
    check(home)
    assert [request.least_text for request in home.renderer.measured] == [16, 20]


def test_a_change_of_another_deck_measures_only_that(home: House) -> None:
    check(home)
    home.files.contents["slides/e.md"] = b"# E\n"
    check(home)
    assert [request.path for request in home.renderer.measured] == ["slides/d.md", "slides/e.md"]


def test_what_was_clean_is_remembered_until_the_tools_change(home: House) -> None:
    check(home)
    home.files.contents["slides/d.md"] += b"\nmore\n"
    check(home)
    first, second = home.renderer.clean
    assert (first, len(second)) == (frozenset(), 1)
    home.versions["marp"] = "2"
    check(home)
    build(home.context(Request(force="*", check=Check())))
    assert home.renderer.clean[2:] == [frozenset(), frozenset()]


def test_flaws_have_pictures_and_stand_on_the_page(home: House) -> None:
    home.renderer.slide_diagnostics = (FULL,)
    report = check(home)
    assert slugs(report) == ["overflow"]
    assert not report.good
    page = home.built()["check/index.html"].decode()
    assert 'src="../check/d/2.png"' in page
    (home.project.build / "check/d/2.png").unlink()
    check(home)
    assert len(home.renderer.measured) == 2


def test_what_was_not_measured_is_marked_on_a_picture_of_its_slide(home: House) -> None:
    text = "---\ntheme: none\n---\n\n# A\n\n---\n\n# B\n\n```python {1|2}\nx\ny\n```\n\n---\n\n"
    text += "# C\n\n![](a.png)\n"
    home.files.contents = {"slides/d.md": text.encode()}
    report = check(home)
    # What is wrong in the front matter is on no slide, and the second slide has two steps.
    (places,) = home.renderer.marked
    assert {(place.kind, place.slide) for place in places} == {
        ("missing-file", 4),
        ("unverified-code", 2),
        ("missing-alt", 4),
    }
    assert {each.slug: each.picture for each in report.diagnostics} == {
        "missing-theme": "",
        "missing-file": "check/d/places/4.png",
        "unverified-code": "check/d/places/2.png",
        "missing-alt": "check/d/places/4.png",
    }
    assert 'src="../check/d/places/2.png"' in home.built()["check/index.html"].decode()
    check(home)
    assert len(home.renderer.marked) == 1
    (home.project.build / "check/d/places/2.png").unlink()
    check(home)
    assert len(home.renderer.marked) == 2


def test_a_build_after_a_check_tells_what_a_build_tells(home: House) -> None:
    home.renderer.slide_diagnostics = (FULL,)
    check(home)
    report = build(home.context(Request()))
    assert (slugs(report), report.cases) == ([], ())


def test_figures_are_compared_only_where_they_differ(home: House) -> None:
    check(home)
    assert home.renderer.compared == []
    home.files.contents["figures/f.svg"] = b"<svg>old</svg>"
    assert slugs(check(home)) == ["drifted"]
    assert slugs(check(home)) == ["drifted"]
    assert len(home.renderer.compared) == 1
    assert home.built()["check/figures/f/difference.png"] == b"<svg>old</svg><svg/>"


def test_scripts_run_alone_when_asked_and_once(home: House) -> None:
    check(home)
    assert home.ran_standalone == []
    home.went_standalone["snippets/a.py"] = StandaloneRun("", "NameError: x\n", 1, 0.1)
    assert slugs(check(home, standalone=True)) == ["not-alone"]
    home.files.contents["slides/d.md"] += b"\nmore\n"
    assert slugs(check(home, standalone=True)) == ["not-alone"]
    assert sorted(home.ran_standalone) == ["figures/f.py", "snippets/a.py"]


def test_a_baseline_lets_known_faults_pass(home: House) -> None:
    home.renderer.slide_diagnostics = (FULL,)
    found = check(home, baseline=False).diagnostics
    home.files.contents["deckwright-baseline.json"] = baseline_file(baseline_of(found))
    report = check(home)
    assert (report.good, report.known, slugs(report)) == (True, 1, [])
    clipped = SlideDiagnostic(SlideSlug.CLIPPED, 1, 0, "its code is cut", "", 9.0)
    home.renderer.slide_diagnostics = (FULL, clipped)
    home.files.contents["slides/d.md"] += b"\nmore\n"
    assert slugs(check(home)) == ["clipped"]


def test_with_force_alone_nothing_that_is_remembered_counts(home: House) -> None:
    home.files.contents["slides/e.md"] = b"![loop](../figures/loop.svg)\n"
    home.files.contents |= {"figures/loop.mmd": b"graph TD\n a-->b\n", "figures/f.svg": b"<svg>old</svg>"}
    home.renderer.slide_diagnostics = (FULL,)
    for request, made in (
        (Request(check=Check(standalone=True)), True),
        (Request(check=Check(standalone=True)), False),
        (Request(force="*", check=Check(standalone=True)), True),
        (Request(force="none*", check=Check(standalone=True)), None),
    ):
        renderer = home.renderer
        lists = [home.runner.ran, home.ran_standalone, renderer.rendered, renderer.drawn]
        lists += [renderer.measured, renderer.compared]
        for each in lists:
            each.clear()
        if made is None:
            with pytest.raises(ConfigError):
                build(home.context(request))
        else:
            before = home.built()
            build(home.context(request))
            assert [bool(each) for each in lists] == [made] * len(lists)
            assert not before or home.built().keys() == before.keys()
            assert len(renderer.rendered) == len(renderer.measured)  # each deck once


def test_force_alone_needs_no_script(home: House) -> None:
    for path in ("snippets/a.py", "figures/f.py"):
        del home.files.contents[path]
    home.files.contents["slides/d.md"] = b"# A\n"
    assert build(home.context(Request())).good
    home.renderer.rendered.clear()
    assert build(home.context(Request(force="*"))).good
    assert len(home.renderer.rendered) == 1


@pytest.mark.parametrize(
    ("run", "remembered"),
    [
        (StandaloneRun("", "ValueError: no\n", 1, 0.1), True),
        (StandaloneRun("", "ConnectionResetError: [Errno 104] reset\n", 1, 0.1), False),
        (StandaloneRun("", "", -9, 0.1, FailureKind.TIMEOUT), False),
        (StandaloneRun("", "", -9, 0.1), False),
    ],
)
def test_a_failure_alone_with_a_cause_outside_is_looked_at_again(
    home: House, run: StandaloneRun, remembered: bool
) -> None:
    home.went_standalone["snippets/a.py"] = run
    assert "not-alone" in slugs(check(home, standalone=True))
    home.ran_standalone.clear()
    home.went_standalone.clear()
    assert ("not-alone" in slugs(check(home, standalone=True))) is remembered
    assert home.ran_standalone == ([] if remembered else ["snippets/a.py"])


def test_a_browser_that_failed_at_a_picture_is_tried_again(home: House) -> None:
    home.files.contents["slides/d.md"] = DECK.replace("snippets/a.py\n```", "other\n```").encode()
    home.renderer.unmarked = RenderError("the browser was killed", "")
    assert not any(each.picture for each in check(home).diagnostics)
    home.renderer.unmarked = None
    assert all(each.picture for each in check(home).diagnostics)
