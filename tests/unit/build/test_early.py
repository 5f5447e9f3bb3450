"""Decks that come while scripts run: in which order, with what on them, and with the same end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from deckwright.build.pipeline import build
from deckwright.errors import Cancelled, DiskFull, RenderError
from deckwright.model import NO_FILE, Early, Event, Failure, FailureKind, Job, Request, Result, events
from support.course import output
from support.fakes import House, house

NOTE = b"(no result yet: it runs now)"
SERVED = Request(formats=("html",), early=Early(1.0))
BUILT = Request(formats=("html",))


def deck(*scripts: str) -> str:
    return "# A\n" + "".join(f"\n```text output=../snippets/{name}.py\n```\n" for name in scripts)


COURSE = {
    "slides/a.md": deck("quick"),
    "slides/b.md": deck("quick", "slow"),
    "slides/c.md": "# C\n",
    "snippets/quick.py": "print(1)\n",
    "snippets/slow.py": "print(2)\n",
}
QUICK, LONG = "snippets/quick.py", "snippets/slow.py"


@pytest.fixture
def home(tmp_path: Path) -> House:
    return house(tmp_path, COURSE)


def make(home: House, request: Request = BUILT) -> list[str]:
    return [each.slug for each in build(home.context(request)).diagnostics]


def printed(text: str, seconds: float = 0.1) -> Callable[[Job], Result]:
    return lambda job: Result(job.id, job.device, seconds, (output(f"{text}\n"),))


def after(
    home: House, condition: Callable[[], object], result: Callable[[Job], Result]
) -> Callable[[Job], Result]:
    """Return a run that goes on until something has happened; a build that waits for it does not end."""

    def run(job: Job) -> Result:
        deadline = time.monotonic() + 10
        while not condition():
            assert time.monotonic() < deadline, [str(each) for each in home.events]
            time.sleep(0.002)
        return result(job)

    return run


def page(home: House, name: str) -> bytes:
    path = home.root / f"build/html/{name}.html"
    return path.read_bytes() if path.exists() else b""


def rendered(home: House, *decks: str) -> Callable[[], bool]:
    """Return whether decks are rendered, as the events say."""
    return lambda: (
        {f"slides/{name}.md" for name in decks}
        <= {each.subject for each in home.events if isinstance(each, events.Rendered)}
    )


def ended(happened: Iterable[Event]) -> list[str]:
    """Return which scripts ended and which decks were rendered, in this order."""
    kinds = (events.Finished, events.Rendered)
    return [each.subject for each in happened if isinstance(each, kinds)]


def clean(home: House, tmp_path: Path, request: Request = BUILT) -> dict[str, bytes]:
    """Return what a build of the same leaves in an empty folder, in which no deck comes early."""
    other = house(tmp_path / "clean", home.files.contents)
    other.runner.results |= {QUICK: printed("quick"), LONG: printed("long")}
    make(other, request)
    return without_report(other)


def without_report(home: House) -> dict[str, bytes]:
    return {path: data for path, data in home.built().items() if path not in ("report.json", "index.html")}


@pytest.mark.parametrize("request_", [BUILT, SERVED])
def test_a_deck_comes_when_its_own_scripts_have_run(home: House, tmp_path: Path, request_: Request) -> None:
    home.runner.results[QUICK] = printed("quick")
    home.runner.results[LONG] = after(
        home, lambda: b"quick" in page(home, "a") and rendered(home, "a", "c")(), printed("long")
    )
    home.files.contents["slides/b.md"] = deck("slow").encode()
    assert make(home, request_) == []
    order = ended(home.events)
    assert order[-1] == "slides/b.md"
    assert without_report(home) == clean(home, tmp_path)
    if request_ is BUILT:
        assert len(home.renderer.rendered) == 3


def test_a_deck_that_waits_shows_what_is_missing_only_where_somebody_looks(home: House) -> None:
    seen: dict[str, bytes] = {}

    def result(job: Job) -> Result:
        seen["b"] = page(home, "b")
        return printed("long")(job)

    home.runner.results[QUICK] = printed("quick")
    home.runner.results[LONG] = after(home, lambda: b"quick" in page(home, "b"), result)
    make(home, SERVED)
    assert seen["b"].count(NOTE) == 1
    assert NOTE not in page(home, "b")
    home.runner.results[LONG] = after(home, rendered(home, "a"), result)
    home.files.contents["snippets/slow.py"] = b"print(3)\n"
    home.files.contents["slides/a.md"] += b"more\n"
    home.events.clear()
    make(home, BUILT)
    assert NOTE not in seen["b"]
    assert b"long" in seen["b"]


@pytest.mark.parametrize(
    ("seconds", "waited", "shown"),
    [(0.5, (), False), (1.0, (), True), (0.5, (LONG,), True), (0.5, (QUICK,), False)],
)
def test_a_deck_does_not_wait_for_what_took_long_or_was_waited_for(
    home: House, seconds: float, waited: tuple[str, ...], shown: bool
) -> None:
    home.runner.results[LONG] = printed("long", seconds)
    make(home)
    seen: dict[str, bytes] = {}

    def result(job: Job) -> Result:
        seen["b"] = page(home, "b")
        return printed("new", seconds)(job)

    # The deck that is ready comes after the one that does not wait for it.
    home.files.contents |= {"snippets/slow.py": b"print(3)\n", "slides/c.md": b"# New\n"}
    home.events.clear()
    home.runner.results[LONG] = after(home, rendered(home, "c", *("b" if shown else "")), result)
    make(home, replace(SERVED, early=Early(1.0, frozenset(waited))))
    assert (NOTE in seen["b"]) is shown
    assert b"new" in page(home, "b")


def test_what_was_just_saved_comes_first(home: House) -> None:
    home.runner.results |= {QUICK: printed("quick", 3.0), LONG: printed("long", 5.0)}
    home.files.contents |= {"slides/d.md": deck("other").encode(), "snippets/other.py": b"4\n"}
    make(home)

    def started(*saved: str) -> list[str]:
        for name in ("quick", "slow", "other"):
            home.files.contents[f"snippets/{name}.py"] += b"1\n"
        home.events.clear()
        make(home, replace(SERVED, early=Early(1.0, first=saved)))
        return [each.subject for each in home.events if isinstance(each, events.Started)]

    assert started("slides/d.md", LONG) == ["snippets/other.py", LONG, QUICK]
    assert started("nothing") == ["snippets/other.py", QUICK, LONG]
    assert started(LONG) == [LONG, "snippets/other.py", QUICK]
    assert started("slides/b.md") == [QUICK, LONG, "snippets/other.py"]
    make(home)
    for name in ("quick", "slow", "other"):
        home.files.contents[f"snippets/{name}.py"] += b"1\n"
    home.events.clear()
    make(home)  # who waits for all of them wants the longest first
    ran = [each.subject for each in home.events if isinstance(each, events.Started)]
    assert ran == [LONG, QUICK, "snippets/other.py"]


def test_what_was_read_puts_a_script_first(home: House) -> None:
    home.files.contents["data.csv"] = b"1"

    def reads(job: Job) -> Result:
        return Result(
            job.id, "cpu", 9.0, (output("x\n"),), reads={"data.csv": home.files.stamp("data.csv") or NO_FILE}
        )

    home.runner.results[LONG] = reads
    make(home)
    home.files.contents |= {"data.csv": b"2", "snippets/quick.py": b"print(3)\n"}
    home.events.clear()
    make(home, replace(SERVED, early=Early(1.0, first=("data.csv",))))
    assert [each.subject for each in home.events if isinstance(each, events.Started)] == [LONG, QUICK]


def test_a_deck_waits_for_what_may_still_write_a_file_that_it_shows(home: House) -> None:
    """Also where a script reads the file, or reads what another one makes of it."""

    def writes(path: str, text: str) -> Callable[[Job], Result]:
        def run(job: Job) -> Result:
            home.files.contents[path] = text.encode()
            return Result(job.id, "cpu", 0.1, (output("x\n"),), writes=frozenset({path}))

        return run

    def copies(job: Job) -> Result:
        source, text = home.files.stamp("m.txt") or NO_FILE, home.files.contents.get("m.txt", b"none")
        home.files.contents["n.txt"] = text
        return Result(
            job.id, "cpu", 0.1, (output("x\n"),), reads={"m.txt": source}, writes=frozenset({"n.txt"})
        )

    def shows(job: Job) -> Result:
        text = home.files.contents.get("n.txt", b"none").decode()
        return Result(
            job.id, "cpu", 0.1, (output(text),), reads={"n.txt": home.files.stamp("n.txt") or NO_FILE}
        )

    home.files.contents |= {
        "slides/a.md": deck("shows").encode(),
        "slides/b.md": deck("slow").encode(),
        "slides/d.md": f"{deck('quick')}\n![a](../m.txt)\n".encode(),
        "snippets/shows.py": b"1\n",
        "slides/e.md": deck("copies").encode(),
        "snippets/copies.py": b"1\n",
        "m.txt": b"old",
    }
    home.runner.results |= {
        "snippets/copies.py": copies,
        "snippets/shows.py": shows,
        LONG: writes("m.txt", "one"),
    }
    make(home)
    make(home)
    assert b"one" in page(home, "a")
    home.files.contents |= {
        "snippets/slow.py": b"print(3)\n",
        "snippets/quick.py": b"print(3)\n",
        "slides/c.md": b"# New\n",
    }
    home.events.clear()
    home.runner.results[LONG] = after(home, rendered(home, "c"), writes("m.txt", "two"))
    make(home)
    order = ended(home.events)
    assert order.index("slides/c.md") < order.index(LONG)
    assert {"slides/a.md", "slides/d.md", "slides/e.md"}.isdisjoint(order[: order.index(LONG)])
    assert b"two" in page(home, "a")
    assert home.built()["m.txt"] == b"two"


def test_a_script_that_runs_again_is_shown_as_it_ends(home: House) -> None:
    """Nobody knew that it would read what the other one wrote."""

    def shows(job: Job) -> Result:
        text = home.files.contents.get("m.txt", b"none").decode()
        return Result(
            job.id, "cpu", 0.1, (output(text),), reads={"m.txt": home.files.stamp("m.txt") or NO_FILE}
        )

    def writes(job: Job) -> Result:
        home.files.contents["m.txt"] = b"made"
        return Result(job.id, "cpu", 0.1, (output("x\n"),), writes=frozenset({"m.txt"}))

    home.runner.results |= {QUICK: shows, LONG: after(home, rendered(home, "a"), writes)}
    home.files.contents["slides/b.md"] = deck("slow").encode()
    assert make(home) == []
    assert home.runner.ran.count(QUICK) == 2
    assert b"made" in page(home, "a")


def test_what_comes_early_leaves_nothing_of_older_pages(home: House) -> None:
    make(home, Request())
    assert "pdf/b.pdf" in home.built()
    home.files.contents["slides/b.md"] = f"{deck('slow')}\nmore\n".encode()
    home.files.contents["snippets/slow.py"] = b"print(3)\n"
    make(home, SERVED)
    assert {"pdf/a.pdf", "pdf/c.pdf"} <= home.built().keys()
    assert "pdf/b.pdf" not in home.built()


def test_what_comes_early_takes_nothing_that_is_right_in_the_end(home: House) -> None:
    make(home, Request())
    before = home.built()
    home.renderer.rendered.clear()
    home.files.contents["snippets/slow.py"] = b"print(3)\n"
    home.runner.results[LONG] = after(home, lambda: NOTE in page(home, "b"), printed(LONG))
    make(home, replace(SERVED, early=Early(0.0)))
    assert home.built()["pdf/b.pdf"] == before["pdf/b.pdf"]
    assert len(home.renderer.rendered) == 2
    make(home, Request())
    assert len(home.renderer.rendered) == 2


def test_a_deck_that_was_made_of_a_file_that_is_gone_is_made_again(home: House, tmp_path: Path) -> None:
    """A later deck of the build removes it: what an earlier one left must not be found."""
    home.files.contents |= {
        "slides/c.md": f"{deck('slow')}\n[data](../data/x.csv)\n".encode(),
        "slides/b.md": deck("slow").encode(),
        "data/x.csv": b"1",
    }
    home.runner.results |= {QUICK: printed("quick"), LONG: printed("long")}
    make(home)
    home.files.contents |= {
        "slides/a.md": f"{deck('quick')}\n[data](../data/x.csv)\n".encode(),
        "slides/c.md": deck("slow").encode(),
        "snippets/slow.py": b"print(3)\n",
    }
    del home.files.contents["data/x.csv"]
    home.events.clear()
    home.renderer.rendered.clear()
    home.runner.results[LONG] = after(home, rendered(home, "a"), printed("long"))
    make(home)
    assert [request.path for request in home.renderer.rendered].count("slides/a.md") == 2
    assert "data/x.csv" not in home.built()


@pytest.mark.parametrize("request_", [BUILT, SERVED])
def test_a_deck_on_which_marp_fails_is_reported_once(home: House, request_: Request) -> None:
    failed = threading.Event()
    home.renderer.error, home.renderer.failing = (
        RenderError("the Node process ended", "try again"),
        "slides/a.md",
    )

    class Emit(list[Event]):
        def append(self, event: Event) -> None:
            if isinstance(event, events.Rendering) and event.subject == "slides/a.md":
                failed.set()
            super().append(event)

    home.events = Emit()
    home.runner.results[LONG] = after(home, failed.is_set, printed("long"))
    home.files.contents["slides/b.md"] = deck("slow").encode()
    assert make(home, request_) == ["render"]
    assert b"long" in page(home, "b")


def test_a_failed_script_lets_its_deck_come(home: House) -> None:
    def failed(job: Job) -> Result:
        return Result(job.id, "cpu", 0.1, failure=Failure(FailureKind.TIMEOUT, "too slow", 0))

    home.runner.results[QUICK] = failed
    home.runner.results[LONG] = after(home, rendered(home, "a"), printed("long"))
    home.files.contents["slides/b.md"] = deck("slow").encode()
    assert make(home) == ["timeout"]


def test_a_build_that_is_interrupted_leaves_whole_decks_and_goes_on_from_them(
    home: House, tmp_path: Path
) -> None:
    def interrupted(job: Job) -> Result:
        raise Cancelled

    home.runner.results[QUICK] = printed("quick")
    home.runner.results[LONG] = after(home, rendered(home, "a", "c"), interrupted)
    with pytest.raises(Cancelled):
        make(home)
    assert b"quick" in page(home, "a")
    home.renderer.rendered.clear()
    home.runner.ran.clear()
    home.runner.results[LONG] = printed("long")
    assert make(home) == []
    assert home.runner.ran == [LONG]
    assert [request.path for request in home.renderer.rendered] == ["slides/b.md"]
    assert without_report(home) == clean(home, tmp_path)


def test_what_ends_the_thread_ends_no_build_unless_it_lasts(home: House) -> None:
    """A full disk, for example; a fault of ours is raised."""
    tried = threading.Event()

    class Emit(list[Event]):
        def __init__(self, error: Exception) -> None:
            self.error: Exception | None = error

        def append(self, event: Event) -> None:
            super().append(event)
            if isinstance(event, events.Rendering) and self.error:
                error, self.error = self.error, None
                tried.set()
                raise error

    home.runner.results[LONG] = after(home, tried.is_set, printed("long"))
    home.events = Emit(DiskFull("cannot write html/a.html", "make room"))
    assert make(home) == []
    home.files.contents |= {"snippets/slow.py": b"print(3)\n", "slides/c.md": b"# New\n"}
    tried.clear()
    home.events = Emit(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        make(home)
