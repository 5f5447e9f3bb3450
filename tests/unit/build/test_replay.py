"""Which builds are repeated from memory instead of made again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from deckwright.build.pipeline import build, sync
from deckwright.model import (
    ErrorKind,
    Failure,
    FailureKind,
    FormatOptions,
    Job,
    PageDiagnostic,
    Report,
    Request,
    Result,
)
from deckwright.project.settings import Settings
from deckwright.report.json_report import report_json
from support.fakes import House, house
from support.replays import replayed

DECK = "# A\n\n```text output=../snippets/a.py\n```\n\n![](../figures/f.svg) [data](../data.csv)\n"
TEXTS = {
    "slides/d.md": DECK,
    "slides/themes/t.css": "/* @theme t */",
    "snippets/a.py": "print(1)\n",
    "snippets/helper.py": "size = 1\n",
    "snippets/other.py": "print(2)\n",
    "figures/f.svg": "<svg/>",
    "data.csv": "1,2\n",
}
NO_PDF = Request(formats=("html",))


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A project that has been built."""
    home = house(tmp_path, TEXTS)
    home.runner.results["snippets/a.py"] = reading
    make(home)
    return home


def reading(job: Job) -> Result:
    return Result(job.id, "cpu", 0.1, reads=dict.fromkeys(["snippets/helper.py", "data/maybe.csv"]))


def make(home: House, request: Request = Request()) -> Report:  # noqa: B008 (it is frozen)
    return build(home.context(request))


def repeat(home: House, request: Request = Request()) -> Report | None:  # noqa: B008
    return replayed(home.context(request))


def test_nothing_is_recalled_before_the_first_build(tmp_path: Path) -> None:
    assert repeat(house(tmp_path, TEXTS)) is None


def test_what_is_recalled_is_what_a_second_build_tells(home: House) -> None:
    recalled, again = repeat(home), make(home)
    assert recalled is not None
    assert report_json(replace(recalled, seconds=0)) == report_json(replace(again, seconds=0))
    assert [(job.ran, job.reason) for job in recalled.jobs] == [(False, "nothing changed")]


def fails(kind: FailureKind, *errors: ErrorKind) -> Callable[[Job], Result]:
    failure = Failure(kind, "no", 0, errors=errors)
    return lambda job: Result(job.id, "cpu", 0.1, failure=failure)


@pytest.mark.parametrize(
    "result",
    [
        fails(FailureKind.OUTPUT),
        fails(FailureKind.EXITED),
        fails(FailureKind.RAISED, ErrorKind(("AssertionError", "Exception"))),
    ],
)
def test_a_failed_run_is_recalled_as_failed(tmp_path: Path, result: Callable[[Job], Result]) -> None:
    home = house(tmp_path, TEXTS)
    home.runner.results["snippets/a.py"] = result
    assert not make(home).good
    recalled = repeat(home)
    assert recalled is not None
    assert not recalled.good
    assert [(job.status, job.reason) for job in recalled.jobs] == [
        ("failed", "it failed, and nothing changed")
    ]


@pytest.mark.parametrize(
    "result",
    [
        fails(FailureKind.TIMEOUT),
        fails(FailureKind.KILLED),
        fails(FailureKind.RAISED, ErrorKind(("ConnectionRefusedError", "ConnectionError", "OSError"))),
    ],
)
def test_a_build_with_a_failure_from_outside_is_not_recalled(
    tmp_path: Path, result: Callable[[Job], Result]
) -> None:
    home = house(tmp_path, TEXTS)
    home.runner.results["snippets/a.py"] = result
    assert not make(home).good
    assert repeat(home) is None
    home.runner.results.pop("snippets/a.py")
    assert make(home).good
    assert repeat(home) is not None


@pytest.mark.parametrize("slug", ["web-font-not-fetched", "font-not-fetched", "chart-interrupted"])
def test_a_build_without_network_is_not_the_last_word(home: House, slug: str) -> None:
    home.renderer.diagnostics = (PageDiagnostic(slug, "there is no network"),)
    home.files.contents["slides/d.md"] += b"more\n"
    assert slug in {each.slug for each in make(home).diagnostics}
    assert repeat(home) is None
    home.renderer.diagnostics = ()
    assert slug not in {each.slug for each in make(home).diagnostics}
    assert repeat(home) is not None


@pytest.mark.parametrize("path", [*TEXTS, "data/maybe.csv", "slides/new.md", "snippets/new.py"])
def test_a_source_that_changed_came_or_went(home: House, path: str) -> None:
    before = home.files.contents.get(path)
    home.files.contents[path] = b"# another\n"
    assert repeat(home) is None
    if before is None:
        del home.files.contents[path]
    else:
        home.files.contents[path] = before
    assert repeat(home) is not None  # what is as it was needs no build
    if before is not None:
        del home.files.contents[path]
        assert repeat(home) is None


def test_what_nobody_asked_for_does_not_count(home: House) -> None:
    home.files.contents |= {"README.md": b"#", "snippets/data.txt": b"1"}
    assert repeat(home) is not None


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes() + b" "),
        lambda path: path.write_bytes(b""),
    ],
)
@pytest.mark.parametrize(
    "path", ["html/d.html", "pdf/d.pdf", "slides/d.md", "figures/f.svg", "report.json", "index.html"]
)
def test_what_was_left_is_as_it_was_left(home: House, path: str, damage: Callable[[Path], object]) -> None:
    damage(home.root / "build" / path)
    assert repeat(home) is None
    make(home)
    assert repeat(home) is not None


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"{}")])
def test_what_it_wrote_down_may_be_damaged(home: House, damage: Callable[[Path], object]) -> None:
    (path,) = (home.root / "build/.store/builds").iterdir()
    damage(path)
    assert repeat(home) is None


def test_another_commit_makes_another_hand_out(home: House) -> None:
    paper, log = Request(formats=("handout",)), ".git/logs/HEAD"
    home.last_commit = "2026-03-01"
    make(home, paper)
    assert repeat(home, paper) is not None
    before = home.built()["handout/d.pdf"]
    home.files.contents[log] = b"another commit\n"
    home.last_commit = "2026-03-02"
    assert repeat(home, paper) is None
    make(home, paper)
    assert home.built()["handout/d.pdf"] != before


def test_other_conditions(home: House) -> None:
    home.devices["any"] = "cuda:0"
    assert repeat(home) is None


def test_other_settings(home: House) -> None:
    other = replace(home.project, settings=Settings(device="cpu"))
    assert replayed(replace(home.context(), project=other)) is None


@pytest.mark.parametrize(
    "other", [Request(formats=("html",)), Request(options=FormatOptions(notes=True)), Request(force="*")]
)
def test_another_request(home: House, other: Request) -> None:
    assert repeat(home, other) is None


def test_of_two_requests_the_last_one_stands(home: House) -> None:
    make(home, NO_PDF)
    assert repeat(home, NO_PDF) is not None
    assert repeat(home) is None


@pytest.mark.parametrize("request_", [Request(force="*"), Request(only=("a.py",))])
def test_force_and_only_are_never_recalled(home: House, request_: Request) -> None:
    make(home, request_)
    assert repeat(home, request_) is None


def test_only_sees_what_sync_ran_meanwhile(home: House) -> None:
    home.files.contents["slides/d.md"] = DECK.encode() + b"\n```text output=../snippets/other.py\n```\n"
    only = Request(only=("a.py",))
    assert [job.status for job in make(home, only).jobs if job.job == "snippets/other.py"] == ["skipped"]
    sync(home.context(Request()))
    assert repeat(home, only) is None
    assert [job.status for job in make(home, only).jobs] == ["ok", "ok"]


def test_a_deck_is_not_mistaken_for_one_of_the_same_name(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("slides/d.md", "slides/part/d.md"):
        home.files.contents[path] = b"# D\n"
        (home.root / path).parent.mkdir(parents=True, exist_ok=True)
        (home.root / path).touch()
    monkeypatch.chdir(home.root / "slides")
    make(home, Request(("d.md",)))
    assert repeat(home, Request(("d.md",))) is not None
    assert repeat(home, Request(("../slides/d.md",))) is not None
    monkeypatch.chdir(home.root / "slides/part")
    assert repeat(home, Request(("d.md",))) is None


def test_a_build_with_errors_is_not_recalled(home: House) -> None:
    home.files.contents["slides/d.md"] = b"```python file=../snippets/none.py\n```\n"
    assert not make(home).good
    assert repeat(home) is None


def test_a_source_that_changed_while_a_script_ran(home: House) -> None:
    def edited(job: Job) -> Result:
        stamp = home.files.stamp("snippets/helper.py")
        home.files.contents["snippets/helper.py"] = b"size = 2\n"
        return replace(reading(job), reads={"snippets/helper.py": stamp})

    home.runner.results["snippets/a.py"] = edited
    home.files.contents["snippets/a.py"] = b"print(7)\n"
    make(home)
    assert repeat(home) is None
    home.runner.results["snippets/a.py"] = reading
    make(home)
    assert repeat(home) is not None


def test_conditions_that_changed_during_a_build(home: House) -> None:
    def upgraded(job: Job) -> Result:
        home.devices["mps"] = "mps"
        return reading(job)

    home.runner.results["snippets/a.py"] = upgraded
    home.files.contents["snippets/a.py"] = b"print(7)\n"
    make(home)
    assert repeat(home) is None


def test_files_that_were_read_need_no_second_look(home: House) -> None:
    home.files.log.clear()
    assert repeat(home) is not None
    assert repeat(home) is not None
    assert home.files.log == []  # their stamps are old, and as they were
