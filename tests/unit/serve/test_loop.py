"""Build, tell, wait, build again: with a terminal, an editor and a watcher that follow a script."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from deckwright.build.ports import Emit, WarmPorts
from deckwright.errors import Cancelled, DeckwrightError, RenderError, ServeError
from deckwright.model import Failure, FailureKind, Job, Report, Request, Result, events
from deckwright.project.project import Project
from deckwright.serve.event_stream import EventStream
from deckwright.serve.loop import Loop
from deckwright.serve.page_cache import PageCache
from support.fakes import House, house

TEXTS = {
    "slides/a.md": "# A\n\n```text output=../snippets/a.py\n```\n",
    "slides/b.md": "# B\n",
    "snippets/a.py": "print(1)\n",
}


class Recorder(EventStream):
    """Remembers the latest news as pages get them."""

    def __init__(self) -> None:
        super().__init__()
        self.latest: dict[str, Any] = {}

    def publish(self, topic: str, **news: Any) -> None:
        self.latest[topic] = json.loads(json.dumps(news))
        super().publish(topic, **news)


class Over(Exception):
    """The script has come to its end."""


@dataclass
class Scene:
    """A loop that is told, each time it waits, what happens next; and who looks on."""

    home: House
    steps: list[Callable[[], None]] = field(default_factory=list)
    built_: list[Report] = field(default_factory=list)
    failed_: list[DeckwrightError] = field(default_factory=list)
    begun: int = 0
    opened: list[str] = field(default_factory=list)
    """The device of each time that the ports were opened."""
    interrupted: int = 0
    intact: bool = True
    settled: int = 0
    warmed: list[list[str]] = field(default_factory=list)
    followed: list[frozenset[str]] = field(default_factory=list)
    channel: Recorder = field(default_factory=Recorder)

    def __post_init__(self) -> None:
        project = self.home.project
        self.loop = Loop(project, Request(pdf=False), PageCache(project.build), self.channel, self)

    def play(self, *steps: Callable[[], None]) -> None:
        """Build, let the first step happen, build, and so on, until there is no further step."""
        self.steps = [*steps]
        with pytest.raises(Over):
            self.loop.run(self.keep, self)  # type: ignore[arg-type]

    def save(self, path: str, text: str) -> None:
        self.home.files.contents[path] = text.encode()
        self.loop.heed([str(self.home.root / path)])

    def saving(self, path: str, text: str) -> Callable[[], None]:
        return lambda: self.save(path, text)

    # What the loop asks of the watcher, the terminal and the ports.

    def follow(self, folders: frozenset[str]) -> bool:
        self.followed.append(folders)
        if not self.steps:
            raise Over
        self.steps.pop(0)()
        return False

    @contextmanager
    def building(self) -> Iterator[Emit]:
        self.begun += 1
        yield self.home.events.append

    def built(self, report: Report) -> None:
        self.built_.append(report)

    def failed(self, error: DeckwrightError) -> None:
        self.failed_.append(error)

    def interrupt(self) -> None:
        self.interrupted += 1

    def settle(self) -> None:
        self.settled += 1

    def warm(self, jobs: Iterable[Job]) -> None:
        self.warmed.append([job.id for job in jobs])

    @contextmanager
    def keep(self, project: Project) -> Iterator[WarmPorts]:
        self.opened.append(project.settings.device)
        self.intact = True
        yield WarmPorts(lambda: self.home.ports, self.interrupt, lambda: self.intact, self.settle, self.warm)

    # What the pages were told.

    def news(self, topic: str) -> dict[str, Any]:
        """Return the latest."""
        return self.channel.latest[topic]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(house(tmp_path, TEXTS))


def test_it_builds_at_first_and_tells(scene: Scene) -> None:
    scene.play()
    assert (scene.begun, len(scene.built_), scene.home.runner.ran) == (1, 1, ["snippets/a.py"])
    assert sorted(scene.news("pages")["versions"]) == ["html/a.html", "html/b.html", "index.html"]
    assert scene.news("trouble") == {"errors": [], "warnings": []}
    assert scene.news("work")["running"] == []


def test_only_what_changed_is_told(scene: Scene) -> None:
    scene.play(scene.saving("slides/b.md", "# C\n"))
    assert (scene.begun, len(scene.built_)) == (2, 2)
    assert "html/b.html" in scene.news("pages")["changes"]
    assert "html/a.html" not in scene.news("pages")["changes"]
    assert scene.home.runner.ran == ["snippets/a.py"]
    assert scene.warmed == [["snippets/a.py"]]


def test_a_save_that_changes_nothing_is_no_news(scene: Scene) -> None:
    scene.play(scene.saving("slides/b.md", TEXTS["slides/b.md"]))
    assert (scene.begun, len(scene.built_)) == (2, 1)


def test_many_saves_are_one_build(scene: Scene) -> None:
    def all_at_once() -> None:
        for number in range(30):
            scene.save("slides/b.md", f"# {number}\n")
            scene.save("snippets/a.py", f"print({number})\n")

    scene.play(all_at_once)
    assert (scene.begun, len(scene.built_)) == (2, 2)


def test_what_concerns_no_build_wakes_none(scene: Scene) -> None:
    def unrelated() -> None:
        scene.save("snippets/notes.txt", "x")
        scene.save("build/html/a.html", "x")
        scene.save(".git/index", "x")
        assert not scene.loop._changed.is_set()
        raise Over

    scene.play(unrelated)
    assert scene.begun == 1


def test_a_watched_folder_that_goes_away_wakes_a_build(tmp_path: Path) -> None:
    # Else nobody would watch again what comes back in its place.
    scene = Scene(house(tmp_path, TEXTS))
    (tmp_path / "slides/empty").mkdir(parents=True)

    def goes() -> None:
        (tmp_path / "slides/empty").rmdir()
        scene.loop.heed([str(tmp_path / "slides/empty")])
        assert scene.loop._changed.is_set()

    scene.play(goes)
    assert scene.begun == 2


def test_errors_are_shown_once_and_go_when_they_are_mended(scene: Scene) -> None:
    wrong = "# B\n\n```text output=../snippets/<b>.py\n```\n"
    seen: list[Any] = []

    def look(path: str, text: str) -> Callable[[], None]:
        def step() -> None:
            seen.append(scene.news("trouble"))
            scene.save(path, text)

        return step

    scene.play(
        look("slides/b.md", wrong),
        look("slides/a.md", TEXTS["slides/a.md"]),
        look("slides/b.md", TEXTS["slides/b.md"]),
    )
    none, (first,), (again,) = (each["errors"] for each in seen)
    assert none == []
    assert first == again
    assert (first["place"], first["slug"]) == ("slides/b.md:3:9", "missing-script")
    assert first["excerpt"] == {
        "line": 3,
        "before": "```text ",
        "marked": "output=../snippets/<b>.py",
        "after": "",
    }
    assert scene.news("trouble")["errors"] == []
    assert [report.good for report in scene.built_] == [True, False, True]
    assert sorted(scene.news("pages")["versions"]) == ["html/a.html", "html/b.html", "index.html"]


def test_an_error_that_was_mended_goes_before_what_takes_long(scene: Scene) -> None:
    seen: list[Any] = []

    def takes_long(job: Job) -> Result:
        seen.append(scene.news("trouble")["errors"])
        return Result(job.id, "cpu", 0.1)

    def mends() -> None:
        assert len(scene.news("trouble")["errors"]) == 1
        scene.home.runner.results["snippets/a.py"] = takes_long
        scene.home.files.contents["snippets/a.py"] = b"print(2)\n"
        scene.save("slides/b.md", "# B\n")

    scene.play(scene.saving("slides/b.md", "# B\n\n```text output=none.py\n```\n"), mends)
    assert seen == [[]]


def test_a_failed_script_is_shown_and_so_is_the_slide(scene: Scene) -> None:
    def fails(job: Job) -> Result:
        return Result(job.id, "cpu", 0.1, failure=Failure(FailureKind.TIMEOUT, "too slow", 0))

    def breaks() -> None:
        scene.home.runner.results["snippets/a.py"] = fails
        scene.save("snippets/a.py", "print(2)\n")

    scene.play(breaks)
    assert [error["slug"] for error in scene.news("trouble")["errors"]] == ["timeout"]
    assert "html/a.html" in scene.news("pages")["changes"]


def test_a_tool_that_fails_is_shown_and_started_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(request: object) -> None:
        raise RenderError("the Node process ended", "try again")

    def breaks() -> None:
        monkeypatch.setattr(scene.home.renderer, "render", dead)
        scene.save("slides/b.md", "# C\n")

    def mends() -> None:
        monkeypatch.undo()
        scene.save("slides/b.md", "# D\n")

    scene.play(breaks, mends)
    assert [error.message for error in scene.failed_] == ["the Node process ended"]
    assert len(scene.opened) == 2
    assert scene.news("trouble")["errors"] == []


def test_a_full_disk_is_shown_and_not_the_end(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(request: object) -> None:
        raise OSError(28, "No space left on device", "build/html/b.html")

    def breaks() -> None:
        monkeypatch.setattr(scene.home.renderer, "render", full)
        scene.save("slides/b.md", "# C\n")

    def mends() -> None:
        monkeypatch.undo()
        scene.save("slides/b.md", "# D\n")

    scene.play(breaks, mends)
    assert [error.message for error in scene.failed_] == ["build/html/b.html: No space left on device"]
    assert scene.news("trouble")["errors"] == []


def test_a_build_folder_that_was_removed_opens_new_doors(scene: Scene) -> None:
    def cleans() -> None:
        scene.intact = False
        scene.save("slides/b.md", "# C\n")

    scene.play(cleans)
    assert len(scene.opened) == 2
    assert scene.failed_ == []
    assert b"# C" in (scene.home.root / "build/html/b.html").read_bytes()


def test_a_deck_that_went_away_is_an_error_but_not_the_end(tmp_path: Path) -> None:
    scene = Scene(house(tmp_path, {"slides/a.md": "# A\n"}))

    def goes() -> None:
        del scene.home.files.contents["slides/a.md"]
        scene.loop.heed([str(tmp_path / "slides/a.md")])

    scene.play(goes, scene.saving("slides/new.md", "# New\n"))
    assert [error.slug for error in scene.failed_] == ["config"]
    assert len(scene.opened) == 1  # what is warm had no part in it
    assert scene.news("pages")["versions"].keys() == {"html/new.html", "index.html"}


def test_new_settings_open_new_doors(scene: Scene) -> None:
    def sets(text: str) -> Callable[[], None]:
        def step() -> None:
            (scene.home.root / "pyproject.toml").write_text(text)
            scene.loop.heed([str(scene.home.root / "pyproject.toml")])

        return step

    scene.play(sets("[tool.deckwright]\ndevice = 'cpu'\n"), sets("[tool.deckwright"), sets(""))
    assert scene.opened == ["auto", "cpu", "auto"]
    assert [error.slug for error in scene.failed_] == ["config"]


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
        scene.loop.heed([str(home.root / path)])
        assert scene.loop._changed.is_set()

    scene.play(sets)
    assert [request.settings.get("lang") for request in home.renderer.rendered[-2:]] == ["fr", "fr"]
    assert scene.opened == ["auto"]  # what is warm has no part in it


def test_what_interrupted_runs_left_is_ended_after_a_build_and_not_before(scene: Scene) -> None:
    seen: list[int] = []

    def saving(path: str, text: str) -> Callable[[], None]:
        def step() -> None:
            seen.append(scene.settled)
            scene.save(path, text)

        return step

    scene.play(saving("slides/b.md", "# B\n\n```text output=none.py\n```\n"), saving("slides/b.md", "# B\n"))
    assert (seen, scene.settled) == ([1, 1], 2)  # in the middle of an edit, nothing is ended


def test_a_run_gives_way_to_a_save_and_what_ended_is_kept(scene: Scene) -> None:
    def interrupted(job: Job) -> Result:
        del scene.home.runner.results["snippets/a.py"]
        scene.save("slides/b.md", "# C\n")
        assert scene.interrupted == 1
        raise Cancelled

    scene.home.runner.results["snippets/a.py"] = interrupted
    scene.play()
    assert scene.begun == 2
    assert scene.home.runner.ran == ["snippets/a.py", "snippets/a.py"]
    assert b"# C" in (scene.home.root / "build/html/b.html").read_bytes()


def test_a_save_before_the_run_began_reaches_it(scene: Scene) -> None:
    # While a build reads and plans there is no run to interrupt: the first start looks again.
    before = scene.home.events

    class Saving(list[Any]):
        def append(self, event: Any) -> None:
            list.append(self, event)
            if isinstance(event, events.Planned) and len(self) == 1:
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
    assert scene.begun == 2


def test_a_file_that_a_build_asks_for_only_later_counts_too(scene: Scene) -> None:
    def changes(job: Job) -> Result:
        scene.save("notes/new.txt", "2")  # nobody has asked for it yet
        assert scene.interrupted == 0
        scene.home.project.files.exists("notes/new.txt")
        scene.loop._asked.exists("notes/new.txt")
        return Result(job.id, "cpu", 0.1)

    scene.home.runner.results["snippets/a.py"] = changes
    scene.play(lambda: None)
    assert scene.begun == 2


def test_sources_that_cannot_be_watched_end_it(scene: Scene) -> None:
    scene.steps = [lambda: scene.loop.heed(OSError(28, "No space left on device"))]
    with pytest.raises(ServeError, match="cannot watch the sources: No space left on device"):
        scene.loop.run(scene.keep, scene)  # type: ignore[arg-type]


def test_what_an_earlier_build_left_is_shown_at_once(scene: Scene) -> None:
    scene.play()
    later = Scene(scene.home)
    scene.home.files.contents["slides/b.md"] = b"# B\n\n```text output=none.py\n```\n"
    later.play()
    assert later.news("pages")["versions"].keys() == {"html/a.html", "html/b.html", "index.html"}
    assert [error["slug"] for error in later.news("trouble")["errors"]] == ["missing-script"]
