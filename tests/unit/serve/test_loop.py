"""The build loop, with a terminal, an editor and a watcher that follow a script."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from deckwright.build.ports import Emit, WarmPorts
from deckwright.errors import Cancelled, DeckwrightError, RenderError
from deckwright.model import NO_FILE, Diagnostic, Failure, FailureKind, Job, Report, Request, Result, events
from deckwright.project.project import Project
from deckwright.serve.event_stream import EventStream
from deckwright.serve.loop import Loop
from deckwright.serve.pages import PageCache
from support.fakes import House, house

TEXTS = {
    "slides/a.md": "# A\n\n```text output=../snippets/a.py\n```\n",
    "slides/b.md": "# B\n",
    "snippets/a.py": "print(1)\n",
}


class Recorder(EventStream):
    """A stream that remembers the latest message of each topic."""

    def __init__(self) -> None:
        super().__init__()
        self.latest: dict[str, Any] = {}

    def publish(self, topic: str, **content: Any) -> None:
        self.latest[topic] = json.loads(json.dumps(content))
        super().publish(topic, **content)


class Over(Exception):
    """The script of the test has ended."""


@dataclass
class Scene:
    """A loop, and a script of what happens each time that it waits."""

    home: House
    steps: list[Callable[[], object]] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    errors: list[DeckwrightError] = field(default_factory=list)
    builds: int = 0
    in_build: bool = False
    is_new: bool = False
    """Whether something may have changed in the folders before they are watched."""
    opened: list[str] = field(default_factory=list)
    """The device of each time that the ports were opened."""
    interrupted: int = 0
    intact: bool = True
    leftovers_ended: int = 0
    known: list[list[str]] = field(default_factory=list)
    """The slugs of errors that were shown while builds went on."""
    also_watched: frozenset[str] = frozenset()
    """What is watched because of a change, before the build that it starts."""
    warmed: list[list[str]] = field(default_factory=list)
    project: Project = field(init=False)
    """The project that the loop builds."""
    stream: Recorder = field(default_factory=Recorder)
    pages: PageCache = field(init=False)

    def __post_init__(self) -> None:
        project = self.home.project
        self.pages = PageCache(project.build)
        self.loop = Loop(project, Request(formats=("html",)), self.pages, self.stream, self)

    def play(self, *steps: Callable[[], object]) -> None:
        """Build, let the first step happen, build, and so on, until there is no further step."""
        self.steps = [*steps]
        with pytest.raises(Over):
            self.loop.run(self.open_warm, self)  # type: ignore[arg-type]

    def save(self, path: str, text: str) -> bool:
        """Write a file; return whether a build follows."""
        self.home.files.contents[path] = text.encode()
        return self.loop.on_change([str(self.home.root / path)])

    def saving(self, path: str, text: str) -> Callable[[], object]:
        return lambda: self.save(path, text)

    # What the loop calls: watcher, terminal and ports.

    def watch_also(self, folders: frozenset[str]) -> None:
        self.also_watched |= folders

    def watch_folders(self, folders: frozenset[str]) -> bool:
        if self.in_build:
            was_new, self.is_new = self.is_new, False
            return was_new
        if not self.steps:
            raise Over
        self.steps.pop(0)()
        return False

    @contextmanager
    def building(self) -> Iterator[Emit]:
        self.builds += 1
        self.in_build = True
        try:
            yield self.home.events.append
        finally:
            self.in_build = False

    def built(self, report: Report) -> None:
        self.reports.append(report)

    def found(self, errors: Sequence[Diagnostic]) -> None:
        self.known.append([each.slug for each in errors])

    def failed(self, error: DeckwrightError) -> None:
        self.errors.append(error)

    def polling(self, reason: str) -> None:
        raise AssertionError

    def interrupt(self) -> None:
        self.interrupted += 1

    def end_leftovers(self) -> None:
        self.leftovers_ended += 1

    def warm(self, jobs: Iterable[Job]) -> None:
        self.warmed.append([job.id for job in jobs])

    @contextmanager
    def open_warm(self, project: Project) -> Iterator[WarmPorts]:
        self.opened.append(project.settings.device)
        self.intact, self.project = True, project
        yield WarmPorts(
            lambda: self.home.ports, self.interrupt, lambda: self.intact, self.end_leftovers, self.warm
        )

    def message(self, topic: str) -> dict[str, Any]:
        """Return the latest message to the pages about a topic."""
        return self.stream.latest[topic]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(house(tmp_path, TEXTS))


def test_it_builds_at_first_and_shows_the_pages(scene: Scene) -> None:
    scene.play()
    assert (scene.builds, len(scene.reports), scene.home.runner.ran) == (1, 1, ["snippets/a.py"])
    assert sorted(scene.message("pages")["versions"]) == ["html/a.html", "html/b.html", "index.html"]
    assert scene.message("diagnostics") == {"errors": [], "warnings": []}
    assert scene.message("progress")["running"] == []


def test_only_what_changed_is_sent(scene: Scene) -> None:
    scene.play(scene.saving("slides/b.md", "# C\n"))
    assert (scene.builds, len(scene.reports)) == (2, 2)
    assert "html/b.html" in scene.message("pages")["changes"]
    assert "html/a.html" not in scene.message("pages")["changes"]
    assert scene.home.runner.ran == ["snippets/a.py"]
    assert scene.warmed == [["snippets/a.py"]]


def test_a_save_that_changes_nothing_is_not_shown(scene: Scene) -> None:
    scene.play(scene.saving("slides/b.md", TEXTS["slides/b.md"]))
    assert (scene.builds, len(scene.reports)) == (2, 1)


def test_many_saves_are_one_build(scene: Scene) -> None:
    def all_at_once() -> None:
        for number in range(30):
            scene.save("slides/b.md", f"# {number}\n")
            scene.save("snippets/a.py", f"print({number})\n")

    scene.play(all_at_once)
    assert (scene.builds, len(scene.reports)) == (2, 2)


def test_a_change_that_concerns_no_build_starts_none(scene: Scene) -> None:
    def unrelated() -> None:
        for path in ("snippets/notes.txt", "build/html/a.html", ".git/index"):
            assert not scene.save(path, "x")
        raise Over

    scene.play(unrelated)
    assert scene.builds == 1


def test_a_watched_folder_that_is_removed_starts_a_build(tmp_path: Path) -> None:
    # The build watches the folder that may come back in its place.
    scene = Scene(house(tmp_path, TEXTS))
    (tmp_path / "slides/empty").mkdir(parents=True)

    def goes() -> None:
        (tmp_path / "slides/empty").rmdir()
        assert scene.loop.on_change([str(tmp_path / "slides/empty")])

    scene.play(goes)
    assert scene.builds == 2


def test_errors_are_shown_once_and_until_they_are_fixed(scene: Scene) -> None:
    broken = "# B\n\n```text output=../snippets/<b>.py\n```\n"
    messages: list[Any] = []

    def look(path: str, text: str) -> Callable[[], None]:
        def step() -> None:
            messages.append(scene.message("diagnostics"))
            scene.save(path, text)

        return step

    scene.play(
        look("slides/b.md", broken),
        look("slides/a.md", TEXTS["slides/a.md"]),
        look("slides/b.md", TEXTS["slides/b.md"]),
    )
    none, (first,), (again,) = (each["errors"] for each in messages)
    assert none == []
    assert first == again
    assert (first["place"], first["slug"]) == ("slides/b.md:3:9", "missing-script")
    assert first["excerpt"] == {
        "line": 3,
        "before": "```text ",
        "marked": "output=../snippets/<b>.py",
        "after": "",
    }
    assert scene.message("diagnostics")["errors"] == []
    assert [report.good for report in scene.reports] == [True, False, True]
    assert sorted(scene.message("pages")["versions"]) == ["html/a.html", "html/b.html", "index.html"]


def test_a_fixed_error_is_removed_before_scripts_run(scene: Scene) -> None:
    messages: list[Any] = []

    def takes_long(job: Job) -> Result:
        messages.append(scene.message("diagnostics")["errors"])
        return Result(job.id, "cpu", 0.1)

    def fixes() -> None:
        assert len(scene.message("diagnostics")["errors"]) == 1
        scene.home.runner.results["snippets/a.py"] = takes_long
        scene.home.files.contents["snippets/a.py"] = b"print(2)\n"
        scene.save("slides/b.md", "# B\n")

    scene.play(scene.saving("slides/b.md", "# B\n\n```text output=none.py\n```\n"), fixes)
    assert messages == [[]]


@pytest.mark.parametrize(
    ("path", "text", "slug"),
    [
        ("slides/b.md", "# B\n\n```text output=none.py\n```\n", "missing-script"),
        ("slides/b.md", "---\na: [\n---\n", "front-matter"),
        ("slides/b.md", "# B\n\n```text output=../snippets/b.py\n```\n", "snippet-failed"),
    ],
)
def test_an_error_is_shown_while_a_script_runs(scene: Scene, path: str, text: str, slug: str) -> None:
    during: list[Any] = []

    def takes_long(job: Job) -> Result:
        during.append([error["slug"] for error in scene.message("diagnostics")["errors"]])
        return Result(job.id, "cpu", 60.0)

    def fails(job: Job) -> Result:
        return Result(job.id, "cpu", 0.1, failure=Failure(FailureKind.RAISED, "no", 0))

    def breaks() -> None:
        scene.home.runner.results |= {"snippets/a.py": takes_long, "snippets/b.py": fails}
        contents = scene.home.files.contents
        contents |= {"snippets/a.py": b"print(2)\n", "snippets/b.py": b"print(3)\n"}
        scene.save(path, text)

    def again() -> None:
        contents["snippets/a.py"] = b"print(4)\n"
        scene.save("snippets/a.py", "print(4)\n")

    contents = scene.home.files.contents
    scene.play(breaks, again)
    assert during[-1] == [slug]
    assert scene.known == [[slug]]  # once on the terminal
    assert [error["slug"] for error in scene.message("diagnostics")["errors"]] == [slug]


def test_an_error_of_a_script_is_shown_with_its_slide(scene: Scene) -> None:
    def fails(job: Job) -> Result:
        return Result(job.id, "cpu", 0.1, failure=Failure(FailureKind.TIMEOUT, "too slow", 0))

    def breaks() -> None:
        scene.home.runner.results["snippets/a.py"] = fails
        scene.save("snippets/a.py", "print(2)\n")

    scene.play(breaks)
    assert [error["slug"] for error in scene.message("diagnostics")["errors"]] == ["timeout"]
    assert "html/a.html" in scene.message("pages")["changes"]


def test_a_deck_on_which_marp_fails_keeps_its_last_page(scene: Scene) -> None:
    shown = []

    def breaks() -> None:
        scene.home.renderer.error = RenderError("the Node process ended", "try again")
        scene.save("slides/b.md", "# C\n")

    def fixes() -> None:
        shown.append((scene.message("diagnostics")["errors"][0]["slug"], scene.pages.decks))
        scene.home.renderer.error = None
        scene.save("slides/b.md", "# D\n")

    scene.play(breaks, fixes)
    assert shown == [("render", ("html/a.html", "html/b.html"))]
    assert scene.message("diagnostics")["errors"] == []


def test_a_deck_with_an_error_keeps_its_last_page_while_others_are_built(scene: Scene) -> None:
    shown = []

    def fixes() -> None:
        shown.append((scene.message("diagnostics")["errors"][0]["slug"], scene.pages.decks))
        scene.save("slides/b.md", "# D\n")

    scene.play(scene.saving("slides/b.md", "---\na: [\n---\n"), fixes)
    assert shown == [("front-matter", ("html/a.html", "html/b.html"))]
    assert scene.message("diagnostics")["errors"] == []


def test_a_full_disk_is_shown_and_does_not_end_the_loop(scene: Scene) -> None:
    def breaks() -> None:
        scene.home.renderer.error = OSError(28, "No space left on device", "build/html/b.html")
        scene.save("slides/b.md", "# C\n")

    def fixes() -> None:
        scene.home.renderer.error = None
        scene.save("slides/b.md", "# D\n")

    scene.play(breaks, fixes)
    assert [error.message for error in scene.errors] == ["build/html/b.html: No space left on device"]
    assert scene.message("diagnostics")["errors"] == []


def test_after_the_build_folder_was_removed_ports_are_opened_again(scene: Scene) -> None:
    def cleans() -> None:
        scene.intact = False
        scene.save("slides/b.md", "# C\n")

    scene.play(cleans)
    assert len(scene.opened) == 2
    assert scene.errors == []
    assert b"# C" in (scene.home.root / "build/html/b.html").read_bytes()


@pytest.mark.parametrize("gone", ["build", "build/html", "build/html/b.html"])
def test_pages_that_are_removed_are_made_again_without_a_save(scene: Scene, gone: str) -> None:
    def removes() -> None:
        path = scene.home.root / gone
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        scene.intact = gone != "build"
        assert scene.loop.on_change([str(path)])

    scene.play(removes)
    assert (scene.home.root / "build/html/b.html").exists()
    assert scene.errors == []


def test_a_build_that_writes_starts_no_other(scene: Scene) -> None:
    build = scene.home.root / "build"

    def writes() -> None:
        assert not scene.loop.on_change([str(build), str(build / "index.html")])
        raise Over

    scene.play(writes)
    assert scene.builds == 1


@pytest.mark.parametrize("during", [b"", None], ids=["empty", "gone"])
@pytest.mark.parametrize("path", ["slides/b.md", "snippets/a.py"])
def test_a_file_that_is_being_saved_is_no_error(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, path: str, during: bytes | None
) -> None:
    contents = scene.home.files.contents
    before = contents[path]

    def written(seconds: float) -> None:
        contents[path] = before.replace(b"B", b"C").replace(b"1", b"2")

    def saves() -> None:
        del contents[path]
        if during is not None:
            contents[path] = during
        monkeypatch.setattr(time, "sleep", written)
        assert scene.loop.on_change([str(scene.home.root / path)])

    scene.play(saves)
    assert scene.errors == []
    assert all(report.good for report in scene.reports)
    assert scene.builds == 2


def test_a_file_that_stays_empty_is_empty(scene: Scene) -> None:
    scene.play(scene.saving("slides/b.md", ""))
    assert len(scene.reports) == 2


def test_a_folder_that_comes_is_watched_before_its_decks_are_built(tmp_path: Path) -> None:
    scene = Scene(house(tmp_path, TEXTS))

    def comes() -> None:
        (tmp_path / "slides/new").mkdir(parents=True)
        assert scene.loop.on_change([str(tmp_path / "slides/new")])
        assert str(tmp_path / "slides/new") in scene.also_watched

    scene.play(comes)
    assert scene.builds == 2


def test_a_removed_deck_is_an_error_and_does_not_end_the_loop(tmp_path: Path) -> None:
    scene = Scene(house(tmp_path, {"slides/a.md": "# A\n"}))

    def goes() -> None:
        del scene.home.files.contents["slides/a.md"]
        scene.loop.on_change([str(tmp_path / "slides/a.md")])

    scene.play(goes, scene.saving("slides/new.md", "# New\n"))
    assert [error.slug for error in scene.errors] == ["config"]
    assert len(scene.opened) == 1  # the warm processes are not the cause
    assert scene.message("pages")["versions"].keys() == {"html/new.html", "index.html"}


def test_new_settings_open_the_ports_again(scene: Scene) -> None:
    def sets(text: str) -> Callable[[], None]:
        def step() -> None:
            (scene.home.root / "pyproject.toml").write_text(text)
            scene.loop.on_change([str(scene.home.root / "pyproject.toml")])

        return step

    scene.play(sets("[tool.deckwright]\ndevice = 'cpu'\n"), sets("[tool.deckwright"), sets(""))
    assert scene.opened == ["auto", "cpu", "auto"]
    assert [error.slug for error in scene.errors] == ["config"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", "[tool.deckwright.marp]\nlang = 'fr'\n"),
        (".marprc.yml", "lang: fr\n"),
        (".config/marprc.json", '{"lang": "fr"}'),
        ("package.json", '{"marp": {"lang": "fr"}}'),
    ],
)
def test_new_settings_of_marp_are_in_the_next_build(scene: Scene, path: str, text: str) -> None:
    home = scene.home

    def sets() -> None:
        (home.root / path).parent.mkdir(exist_ok=True)
        (home.root / path).write_text(text)
        assert scene.loop.on_change([str(home.root / path)])

    scene.play(sets)
    assert [request.settings.get("lang") for request in home.renderer.rendered[-2:]] == ["fr", "fr"]
    assert scene.opened == ["auto"]  # the warm processes do not depend on it


def test_leftovers_of_interrupted_runs_are_ended_after_a_build(scene: Scene) -> None:
    ended: list[int] = []

    def saving(path: str, text: str) -> Callable[[], None]:
        def step() -> None:
            ended.append(scene.leftovers_ended)
            scene.save(path, text)

        return step

    scene.play(saving("slides/b.md", "# B\n\n```text output=none.py\n```\n"), saving("slides/b.md", "# B\n"))
    assert (ended, scene.leftovers_ended) == ([1, 1], 2)  # during an edit, nothing is ended


def test_a_save_interrupts_a_run(scene: Scene) -> None:
    def interrupted(job: Job) -> Result:
        del scene.home.runner.results["snippets/a.py"]
        scene.save("slides/b.md", "# C\n")
        assert scene.interrupted == 1
        raise Cancelled

    scene.home.runner.results["snippets/a.py"] = interrupted
    scene.play()
    assert scene.builds == 2
    assert scene.home.runner.ran == ["snippets/a.py", "snippets/a.py"]
    assert b"# C" in (scene.home.root / "build/html/b.html").read_bytes()


def test_a_save_before_the_run_began_reaches_it(scene: Scene) -> None:
    # While a build reads and plans there is no run to interrupt; the start of the first run checks again.
    before = scene.home.events

    class Saving(list[Any]):
        def append(self, event: Any) -> None:
            list.append(self, event)
            if isinstance(event, events.Planned) and not event.again:
                scene.save("slides/b.md", "# C\n")
                scene.interrupted = 0

    scene.home.events = Saving(before)
    scene.play()
    assert scene.interrupted == 1


def test_a_save_while_it_builds_is_built_next(scene: Scene) -> None:
    def saves(job: Job) -> Result:
        scene.save("snippets/a.py", "print(2)\n")
        del scene.home.runner.results["snippets/a.py"]
        return scene.home.runner.results.get(job.id, lambda _: Result(job.id, "cpu", 0.1))(job)

    scene.home.runner.results["snippets/a.py"] = saves
    scene.play(lambda: None)
    assert scene.builds == 2


def test_a_file_that_the_build_reads_after_its_change(scene: Scene) -> None:
    def changes(job: Job) -> Result:
        assert not scene.save("notes/new.txt", "2")  # no build has read it yet
        assert scene.interrupted == 0
        scene.project.files.exists("notes/new.txt")
        return Result(job.id, "cpu", 0.1)

    scene.home.runner.results["snippets/a.py"] = changes
    scene.play(lambda: None)
    assert scene.builds == 2


def test_pages_of_an_earlier_build_are_shown_at_once(scene: Scene) -> None:
    scene.play()
    later = Scene(scene.home)
    scene.home.files.contents["slides/b.md"] = b"# B\n\n```text output=none.py\n```\n"
    later.play()
    assert later.message("pages")["versions"].keys() == {"html/a.html", "html/b.html", "index.html"}
    assert [error["slug"] for error in later.message("diagnostics")["errors"]] == ["missing-script"]


@pytest.mark.parametrize(
    ("seconds", "saved", "runs"),
    [
        (0.2, "slides/b.md", 2),
        (60.0, "slides/b.md", 1),
        (60.0, "slides/a.md", 1),
        (60.0, "snippets/a.py", 2),
        (60.0, "data/x.csv", 2),
    ],
)
def test_what_failed_for_a_reason_that_may_be_gone_does_not_run_for_minutes_at_each_save(
    scene: Scene, seconds: float, saved: str, runs: int
) -> None:
    def fails(job: Job) -> Result:
        failure = Failure(FailureKind.TIMEOUT, "too slow", 0)
        reads = {"data/x.csv": scene.home.files.stamp("data/x.csv")}
        return Result(job.id, "cpu", seconds, failure=failure, reads=reads)

    contents = scene.home.files.contents
    contents["data/x.csv"] = b"1"
    scene.home.runner.results["snippets/a.py"] = fails
    scene.play(
        scene.saving("slides/b.md", "# C\n"),
        lambda: scene.save(saved, contents[saved].decode()),
    )
    # The first build of all runs it, and so does the second where the run is short.
    assert scene.home.runner.ran.count("snippets/a.py") == runs + (seconds < 1)
    assert [error["slug"] for error in scene.message("diagnostics")["errors"]] == ["timeout"]


def test_a_server_that_starts_tries_again_what_failed_for_a_reason_that_may_be_gone(scene: Scene) -> None:
    failure = Failure(FailureKind.TIMEOUT, "too slow", 0)
    scene.home.runner.results["snippets/a.py"] = lambda job: Result(job.id, "cpu", 60.0, failure=failure)
    scene.play()
    Scene(scene.home).play()
    assert scene.home.runner.ran == ["snippets/a.py"] * 2


def test_the_first_build_begins_again_when_its_sources_are_watched(scene: Scene) -> None:
    """It may take long, and a save must reach it."""
    scene.is_new = True
    scene.play(scene.saving("snippets/a.py", "print(2)\n"))
    assert scene.builds == 3
    assert scene.home.runner.ran == ["snippets/a.py"] * 2
    planned = [each for each in scene.home.events if isinstance(each, events.Planned)]
    assert len(planned) == 2


def test_a_deck_that_is_ready_is_shown_before_a_script_of_another_ends(scene: Scene) -> None:
    seen: list[list[str]] = []

    def takes_long(job: Job) -> Result:
        wait_for(lambda: "html/b.html" in scene.pages.versions and "html/a.html" in scene.pages.versions)
        seen.append(sorted(scene.message("pages")["versions"]))
        return Result(job.id, "cpu", 0.1)

    scene.home.runner.results["snippets/a.py"] = takes_long
    scene.play()
    assert seen == [["html/a.html", "html/b.html"]]
    assert sorted(scene.message("pages")["versions"]) == ["html/a.html", "html/b.html", "index.html"]


def test_the_scripts_of_what_was_just_saved_start_first(tmp_path: Path) -> None:
    texts = {f"slides/{name}.md": f"# A\n\n```text output=../snippets/{name}.py\n```\n" for name in "abc"}
    scene = Scene(house(tmp_path, {**texts, **{f"snippets/{name}.py": "print(1)\n" for name in "abc"}}))
    helper = "snippets/helper.py"

    def reads_helper(job: Job) -> Result:
        read = scene.home.files.stamp(helper) or NO_FILE
        return Result(job.id, "cpu", 0.1, reads={helper: read})

    scene.home.runner.results |= {f"snippets/{name}.py": reads_helper for name in "abc"}

    def all_change() -> None:
        scene.home.runner.ran.clear()
        scene.save(helper, "x = 1\n")

    def one_deck_is_saved_meanwhile() -> None:
        scene.home.runner.ran.clear()
        scene.home.runner.results["snippets/a.py"] = interrupted
        scene.save(helper, "x = 2\n")

    def interrupted(job: Job) -> Result:
        scene.home.runner.results["snippets/a.py"] = reads_helper
        scene.save("slides/c.md", texts["slides/c.md"] + "more\n")
        raise Cancelled

    scene.play(all_change, one_deck_is_saved_meanwhile)
    assert scene.home.runner.ran == [f"snippets/{name}.py" for name in "acab"]


def test_the_scripts_of_the_page_that_was_opened_start_first(tmp_path: Path) -> None:
    texts = {f"slides/{name}.md": f"# A\n\n```text output=../snippets/{name}.py\n```\n" for name in "abc"}
    scene = Scene(house(tmp_path, {**texts, **{f"snippets/{name}.py": "print(1)\n" for name in "abc"}}))

    def all_change(page: str) -> Callable[[], None]:
        def step() -> None:
            scene.home.runner.ran.clear()
            scene.loop.on_view(page)
            for name in "abc":
                scene.home.files.contents[f"snippets/{name}.py"] += b"1\n"
            scene.save("slides/none.md", "# None\n")

        return step

    for page, ran in (("html/b.html", "bac"), ("index.html", "abc")):
        scene.play(all_change(page))
        assert scene.home.runner.ran == [f"snippets/{name}.py" for name in ran]


def test_a_script_that_was_waited_for_is_shown_as_running(scene: Scene) -> None:
    """Although it took no time when it last ran."""
    seen: list[bytes] = []

    def endless(job: Job) -> Result:
        scene.home.runner.results["snippets/a.py"] = goes_on
        scene.save("slides/a.md", f"{TEXTS['slides/a.md']}\nmore\n")
        raise Cancelled

    def goes_on(job: Job) -> Result:
        page = scene.home.root / "build/html/a.html"
        wait_for(lambda: b"more" in page.read_bytes())
        seen.append(page.read_bytes())
        return Result(job.id, "cpu", 0.1)

    def edits() -> None:
        scene.home.runner.results["snippets/a.py"] = endless
        scene.save("snippets/a.py", "while True: pass\n")

    scene.play(edits)
    assert b"it runs now" in seen[0]


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.002)
