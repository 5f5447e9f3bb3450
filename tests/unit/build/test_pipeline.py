"""The pipeline, behind fake ports."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from deckwright.build.pipeline import build, plan_decks, sync
from deckwright.errors import ConfigError
from deckwright.machine.environment import Environment
from deckwright.model import (
    ABSENT_FONT,
    NO_FILE,
    Artifact,
    Check,
    Failure,
    FailureKind,
    Job,
    Request,
    Result,
    Severity,
    events,
)
from support.course import output
from support.fakes import House, house

DECK = """# A

```python file=../snippets/a.py
```

```text output=../snippets/a.py
```

![](../figures/f.svg)

---

```text output=../snippets/b.py
```
"""
TEXTS = {
    "slides/d.md": DECK,
    "snippets/a.py": "print(1)\n",
    "snippets/b.py": "print(2)\n",
    "figures/f.py": "draw()\n",
}


def drawn(job: Job) -> Result:
    pictures = tuple(Artifact(f"{figure.name}.{figure.suffix}", b"<svg/>") for figure in job.figures)
    return Result(job.id, "cpu", 0.1, artifacts=pictures)


def failed(job: Job) -> Result:
    return Result(job.id, "cpu", 0.1, failure=Failure(FailureKind.OUTPUT, "too much", 0))


def failed_outside(job: Job) -> Result:
    return Result(job.id, "cpu", 0.1, failure=Failure(FailureKind.TIMEOUT, "too slow", 0))


@pytest.fixture
def home(tmp_path: Path) -> House:
    home = house(tmp_path, TEXTS)
    home.runner.results["figures/f.py"] = drawn
    return home


def make(home: House, **choices: object) -> list[str]:
    """Build; return the slugs of what is wrong."""
    report = build(home.context(Request(**choices)))  # type: ignore[arg-type]
    return [wrong.slug for wrong in report.diagnostics]


def test_a_build_writes_the_expanded_deck_and_its_pages(home: House) -> None:
    assert make(home) == []
    built = home.built()
    assert b"snippets/a.py\n" in built["slides/d.md"]
    assert built["figures/f.svg"] == b"<svg/>"
    assert {"html/d.html", "pdf/d.pdf", "report.json", "index.html"} <= set(built)


def test_a_second_build_starts_nothing_and_writes_the_same(home: House) -> None:
    make(home)
    before = home.built()
    home.runner.ran.clear()
    assert make(home) == []
    assert (home.runner.ran, len(home.renderer.rendered), len(home.renderer.started)) == ([], 1, 1)
    after = home.built()
    assert {path for path in after if after[path] != before[path]} <= {"report.json"}


def test_only_what_changed_runs(home: House) -> None:
    make(home)
    home.runner.ran.clear()
    home.files.contents["snippets/a.py"] = b"# a comment\n\nprint(1)\n"
    make(home)
    assert home.runner.ran == []
    home.files.contents["snippets/a.py"] = b"print(3)\n"
    make(home)
    assert home.runner.ran == ["snippets/a.py"]


def test_prose_and_highlights_run_nothing_but_render(home: House) -> None:
    make(home)
    home.runner.ran.clear()
    home.files.contents["slides/d.md"] = (
        DECK.replace("# A", "# B").replace("a.py\n", "a.py {1}\n", 1).encode()
    )
    make(home)
    assert home.runner.ran == []
    assert len(home.renderer.rendered) == 2


def test_the_index_forgets_what_was_fixed(home: House) -> None:
    drifted = DECK.replace(
        "```python file=../snippets/a.py\n", "```python file=../snippets/a.py\nold = 0\n", 1
    )
    home.files.contents["slides/d.md"] = drifted.encode()
    assert make(home) == ["drifted"]
    assert b"drifted" in home.built()["index.html"]
    home.files.contents["slides/d.md"] = drifted.replace("old = 0\n", "").encode()
    assert make(home) == []
    assert len(home.renderer.rendered) == 1
    assert b"drifted" not in home.built()["index.html"]


def test_a_lost_page_is_rendered_again(home: House) -> None:
    make(home)
    (home.root / "build/html/d.html").unlink()
    make(home)
    assert len(home.renderer.rendered) == 2


def test_a_failing_job_does_not_stop_the_others(home: House) -> None:
    home.runner.results["snippets/a.py"] = failed
    assert make(home) == ["output-limit"]
    assert sorted(home.runner.ran) == sorted(["figures/f.py", "snippets/a.py", "snippets/b.py"])
    assert b"too much" in home.built()["slides/d.md"]
    home.runner.ran.clear()
    assert make(home) == ["output-limit"]  # it is remembered, and still an error
    assert home.runner.ran == []


def test_a_failure_with_a_cause_outside_runs_again_and_says_why(home: House) -> None:
    home.runner.results["snippets/a.py"] = failed_outside
    for _ in range(2):
        home.runner.ran.clear()
        report = build(home.context())
        assert "snippets/a.py" in home.runner.ran
        (wrong,) = report.diagnostics
        assert wrong.hint.endswith("; the next build runs it again (serve: when it is saved)")
    assert home.runner.ran == ["snippets/a.py"]
    (job,) = (each for each in report.jobs if each.job == "snippets/a.py")
    assert (job.ran, job.reason) == (
        True,
        "it failed for a reason that may lie outside of the script: its time limit",
    )
    home.runner.results.pop("snippets/a.py")
    assert make(home) == []
    home.runner.ran.clear()
    assert make(home) == []
    assert home.runner.ran == []


def test_a_failure_with_a_cause_outside_runs_once_in_a_build(home: House) -> None:
    """Also where it read what another script wrote before."""

    def writes(job: Job) -> Result:
        home.files.contents["data/x.csv"] = b"1"
        return Result(job.id, "cpu", 0.1, writes=frozenset({"data/x.csv"}))

    def reads(job: Job) -> Result:
        return replace(failed_outside(job), reads={"data/x.csv": home.files.stamp("data/x.csv")})

    home.runner.results |= {"snippets/a.py": writes, "snippets/b.py": reads}
    make(home)
    assert home.runner.ran.count("snippets/b.py") == 1


def test_a_failure_that_is_repeated_says_so_and_names_force(home: House) -> None:
    home.runner.results["snippets/a.py"] = failed
    hints = [[each.hint for each in build(home.context()).diagnostics] for _ in range(2)]
    assert [["--force" in hint for hint in each] for each in hints] == [[False], [True]]


def test_broken_input_runs_and_writes_nothing(home: House) -> None:
    home.files.contents["slides/e.md"] = b"---\na: [\n---\n\n```python file=../snippets/x.py zzz\n```\n"
    home.files.contents["snippets/b.py"] = b"\xff"
    slugs = make(home)
    assert sorted(slugs) == ["front-matter", "missing-script", "undecodable", "unknown-attribute"]
    assert (home.runner.ran, home.renderer.started, home.built()) == ([], [], {})


def test_an_absent_device_shows_what_was_accepted(home: House) -> None:
    block = "# /// script\n# [tool.deckwright]\n# device = 'cuda'\n# ///\n"
    home.files.contents["snippets/a.py"] = f"{block}print(1)\n".encode()
    assert make(home) == ["accepted-result"]
    assert "snippets/a.py" not in home.runner.ran
    assert b"cuda is absent here" in home.built()["slides/d.md"]


@pytest.mark.parametrize(
    ("used", "now", "runs"),
    [("5.0", "5.0", False), ("5.0", "5.1", True), (ABSENT_FONT, "5.0", True)],
)
def test_a_figure_is_drawn_again_with_other_fonts(home: House, used: str, now: str, runs: bool) -> None:
    home.font_versions = {"Noto Sans KR": now, "Noto Sans JP": "1.0"}
    home.runner.results["figures/f.py"] = lambda job: replace(drawn(job), fonts={"Noto Sans KR": used})
    build(home.context())
    home.runner.ran.clear()
    build(home.context())
    assert home.runner.ran == (["figures/f.py"] if runs else [])


def test_force_runs_all(home: House) -> None:
    make(home)
    make(home, force="*")
    assert len(home.runner.ran) == 6


def test_decks_that_link_each_other_keep_their_pages(home: House) -> None:
    home.files.contents["slides/d.md"] = b"[next](e.md)\n"
    home.files.contents["slides/e.md"] = b"[back](d.md)\n\n```python file=../snippets/a.py\n```\n"
    assert make(home) == []
    assert b"print(1)" in home.built()["slides/e.md"]


def test_a_deck_that_is_gone_leaves_the_index_and_its_pages(home: House) -> None:
    home.files.contents["slides/part/e.md"] = b"# E\n"
    home.files.contents["slides/e.md"] = b"# E\n"
    make(home)
    assert {"html/d.html", "html/e.html", "pdf/part/e.pdf"} <= set(home.built())
    del home.files.contents["slides/e.md"]
    assert make(home) == []
    built = home.built()
    assert {"html/e.html", "pdf/e.pdf"}.isdisjoint(built)
    assert {"html/d.html", "html/part/e.html"} <= set(built)
    assert b"html/e.html" not in built["index.html"]


def test_a_deck_built_by_name_keeps_its_pages(home: House) -> None:
    home.files.contents["drafts/x.md"] = b"# X\n"
    (home.project.root / "drafts").mkdir()
    (home.project.root / "drafts/x.md").write_text("# X\n")
    named = Request((str(home.project.root / "drafts/x.md"),))
    build(home.context(named))
    make(home)
    assert "html/drafts/x.html" in home.built()


def test_sync_offers_bodies_and_pictures(home: House) -> None:
    _, changed = sync(home.context(Request()))
    assert set(changed) == {"slides/d.md", "figures/f.svg"}
    assert b"```text output=../snippets/b.py\nsnippets/b.py\n```" in changed["slides/d.md"].after
    home.files.contents |= {path: change.after for path, change in changed.items()}
    assert sync(home.context(Request()))[1] == {}
    assert make(home) == []


def test_sync_refuses_a_deck_whose_fence_may_have_swallowed_slides(home: House) -> None:
    home.files.contents["slides/open.md"] = b"```text output=../snippets/b.py\n1\n\n---\n\n# B\n"
    late = b"```text output=../snippets/b.py\n1\n\n---\n\n# B\n\n```\n"
    home.files.contents["slides/late.md"] = late
    report, changed = sync(home.context(Request()))
    assert set(changed) == {"slides/d.md", "figures/f.svg"}
    wrong = [each for each in report.diagnostics if each.slug == "unclosed-fence"]
    assert [each.location.path for each in wrong] == ["slides/late.md", "slides/open.md"]
    assert not report.good


def test_sync_offers_nothing_of_a_failed_run(home: House) -> None:
    home.runner.results["figures/f.py"] = lambda job: replace(drawn(job), failure=failed(job).failure)
    home.runner.results["snippets/b.py"] = failed
    _, changed = sync(home.context(Request()))
    assert set(changed) == {"slides/d.md"}
    assert b"```text output=../snippets/b.py\n```" in changed["slides/d.md"].after


def test_a_second_build_reads_sources_only(home: House) -> None:
    make(home)
    home.files.log.clear()
    make(home)
    assert set(home.files.log) <= set(TEXTS)


@pytest.mark.parametrize("path", ["snippets/late.csv", "data/b.csv", "data/a.csv"])
def test_a_run_is_done_again_when_what_it_read_is_no_longer_so(home: House, path: str) -> None:
    def reader(job: Job) -> Result:
        read = ["snippets/late.csv", "data/", "data/a.csv"]
        return Result(job.id, "cpu", 0.1, reads={name: home.files.stamp(name) or NO_FILE for name in read})

    home.files.contents["data/a.csv"] = b"1"
    home.runner.results["snippets/b.py"] = reader
    make(home)
    make(home)
    assert home.runner.ran.count("snippets/b.py") == 1
    home.files.contents[path] = b"2"
    make(home)
    make(home)
    assert home.runner.ran.count("snippets/b.py") == 2


def test_what_came_while_a_run_looked_for_it_is_new(home: House) -> None:
    def reader(job: Job) -> Result:
        home.files.contents["late.csv"] = b"1"
        return Result(job.id, "cpu", 0.1, reads={"late.csv": NO_FILE})

    home.runner.results["snippets/b.py"] = reader
    make(home)
    plan, _ = plan_decks(home.context(Request()))
    assert plan is not None
    assert [step.reason for step in plan.stale] == ["late.csv is new, read by snippets/b.py"]


def writes(home: House, path: str, text: str) -> Callable[[Job], Result]:
    def run(job: Job) -> Result:
        home.files.contents[path] = text.encode()
        return Result(job.id, "cpu", 0.1, (output(text),), writes=frozenset({path}))

    return run


def shows(home: House, path: str) -> Callable[[Job], Result]:
    def run(job: Job) -> Result:
        text = home.files.contents.get(path, b"nothing").decode()
        return Result(job.id, "cpu", 0.1, (output(text),), reads={path: home.files.stamp(path) or NO_FILE})

    return run


def test_what_read_a_file_before_another_script_wrote_it_runs_again(home: House) -> None:
    """In the same build; also where an undo in the writer brings its older result back."""
    reader, writer = "snippets/a.py", "snippets/b.py"
    home.runner.results[reader] = shows(home, "m.pt")
    for text in ("one", "two", "one"):
        home.runner.results[writer] = writes(home, "m.pt", text)
        home.files.contents[writer] = f"x = {text!r}\n".encode()
        home.runner.ran.clear()
        assert make(home) == []
        assert home.runner.ran.count(writer) == 1
        assert home.built()["slides/d.md"].count(text.encode()) == 2
        home.runner.ran.clear()
        make(home)
        assert home.runner.ran == []


def test_sync_accepts_what_a_script_read_that_another_wrote(home: House) -> None:
    home.runner.results["snippets/a.py"] = shows(home, "m.pt")
    home.runner.results["snippets/b.py"] = writes(home, "m.pt", "one")
    named = tuple(str(home.root / name) for name in ("snippets/a.py", "snippets/b.py"))
    _, changed = sync(home.context(Request(named)))
    assert changed["slides/d.md"].after.decode().count("one") == 2


def test_what_others_wrote_is_not_shown_by_who_was_not_asked_to_read_it(home: House) -> None:
    """Neither in the build that wrote it, nor in the next."""
    home.runner.results["snippets/a.py"] = shows(home, "m.pt")
    home.runner.results["snippets/b.py"] = writes(home, "m.pt", "one")
    make(home)
    home.runner.results["snippets/b.py"] = writes(home, "m.pt", "two")
    home.files.contents["snippets/b.py"] = b"x = 2\n"
    for _ in range(2):
        make(home, only=("snippets/b.py",))
        shown = home.built()["slides/d.md"]
        assert b"one" not in shown
        assert b"(no result yet: m.pt changed, read by snippets/a.py, and it was not asked for)" in shown


def test_two_that_write_what_the_other_reads_come_to_an_end(home: House) -> None:
    def both(job: Job) -> Result:
        home.files.contents["m.pt"] = home.files.contents.get("m.pt", b"") + b"1"
        seen = home.files.stamp("m.pt") or NO_FILE
        return Result(job.id, "cpu", 0.1, reads={"m.pt": seen}, writes=frozenset({"m.pt"}))

    for job in ("snippets/a.py", "snippets/b.py"):
        home.runner.results[job] = both
    make(home)
    assert len(home.runner.ran) < 12


def test_force_and_only_take_a_script_a_pattern_or_a_deck(home: House) -> None:
    make(home)
    for pattern, ran in (("a", ["snippets/a.py"]), ("figures/*", ["figures/f.py"]), ("*.xyz", None)):
        home.runner.ran.clear()
        if ran is None:
            with pytest.raises(ConfigError, match="no script or deck is called"):
                make(home, force=pattern)
        else:
            make(home, force=pattern)
            assert home.runner.ran == ran


def test_what_was_not_asked_for_shows_what_was_accepted(home: House) -> None:
    assert set(make(home, only=("a.py",))) == {"accepted-result"}
    assert home.runner.ran == ["snippets/a.py"]
    assert "it was not asked for" in home.built()["slides/d.md"].decode()


def test_several_patterns_choose_all_that_each_does(home: House) -> None:
    make(home, only=("a.py", "figures/*"))
    assert sorted(home.runner.ran) == ["figures/f.py", "snippets/a.py"]
    with pytest.raises(ConfigError, match="no script or deck is called none"):
        make(home, only=("a.py", "none"))


def test_a_build_of_one_deck_keeps_the_others_in_index_and_report(home: House) -> None:
    home.files.contents |= {
        "slides/e.md": b"# E\n\n```text output=../snippets/c.py\n```\n",
        "snippets/c.py": b"1\n",
    }
    home.runner.results["snippets/c.py"] = failed
    make(home)
    (home.project.root / "slides").mkdir()
    (home.project.root / "slides/d.md").touch()
    deck = str(home.project.root / "slides/d.md")
    report = build(home.context(Request((deck,))))
    assert [each.path for each in report.decks] == ["slides/d.md"]
    kept = json.loads(home.built()["report.json"])
    assert [each["path"] for each in kept["decks"]] == ["slides/d.md", "slides/e.md"]
    assert [each["slug"] for each in kept["diagnostics"]] == ["output-limit"]
    assert (kept["good"], kept["totals"]["failed"]) == (False, 1)
    index = home.built()["index.html"].decode()
    assert "html/d.html" in index
    assert "html/e.html" in index
    del home.files.contents["slides/e.md"]
    build(home.context(Request((deck,), formats=("html",))))
    assert [each["path"] for each in json.loads(home.built()["report.json"])["decks"]] == ["slides/d.md"]


def test_stages_are_announced_in_order(home: House) -> None:
    build(home.context(Request(check=Check())))
    stages = [each.name for each in home.events if isinstance(each, events.Stage)]
    assert stages == ["read", "plan", "run", "compose", "render", "check", "report"]


@pytest.mark.parametrize(("formats", "browser"), [(("html",), False), (("html", "pdf"), True)])
def test_downloads_are_announced_before_they_begin(
    home: House, formats: tuple[str, ...], browser: bool
) -> None:
    context = home.context(Request(formats=formats))
    build(replace(context, ports=replace(context.ports, missing_tools=lambda browser: f"tools {browser}")))
    shown = [each for each in home.events if not isinstance(each, events.Stage)]
    assert shown[0] == events.Installing(f"tools {browser}")
    assert [each for each in shown[1:] if isinstance(each, events.Installing)] == []
    home.events.clear()
    build(home.context(Request(formats=formats)))
    assert not any(isinstance(each, events.Installing) for each in home.events)


OUTSIDE = """# A

![](../../logo.svg) ![](../../figures/f.svg) [notes](../../../notes.txt)
<img src="../../../photo.png"> <style>section { background: url(../../paper.png) }</style>

![bg](/etc/paper.png)
"""


def test_a_build_writes_and_removes_nothing_outside_of_its_folder(tmp_path: Path) -> None:
    root = tmp_path / "home/course"
    names = ("home/logo.svg", "notes.txt", "home/figures/f.svg", "photo.png", "home/paper.png")
    texts = {os.path.relpath(tmp_path / name, root): "theirs" for name in names}
    home = house(root, {**TEXTS, "slides/d.md": "# A\n", **texts})
    mine = {root / "figures/f.svg": b"mine", root / "logo.svg": b"mine", tmp_path / "home/notes.txt": b"mine"}
    for path, data in mine.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    home.files.contents["slides/e.md"] = OUTSIDE.replace("![](../../figures/f.svg)", "").encode()
    make(home)
    assert outside(tmp_path, root) == mine
    del home.files.contents["slides/e.md"]
    make(home)
    assert outside(tmp_path, root) == mine
    home.files.contents["slides/e.md"] = OUTSIDE.encode()
    _, changed = sync(home.context(Request()))
    assert changed == {}


def outside(folder: Path, root: Path) -> dict[Path, bytes]:
    """Return what lies below a folder, but not below the project's build/."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files if not path.is_relative_to(root / "build")}


# --- variants ---------------------------------------------------------------------------------

SIDE_BY_SIDE = """# A

```python file=../snippets/a.py
```

```text output=../snippets/a.py device=cpu
accepted on cpu
```

```text output=../snippets/a.py device=cuda
accepted on cuda
```

![a](<../figures/f.svg> "device: cpu") ![w:9 \\[b\\]](../figures/f.svg "device: cuda")
"""


@pytest.fixture
def two(tmp_path: Path) -> House:
    """A home whose only deck shows results of two devices."""
    home = house(tmp_path, {**TEXTS, "slides/d.md": SIDE_BY_SIDE})
    home.runner.results |= {f"figures/f.py@{device}": drawn for device in ("cpu", "cuda")}
    return home


def test_each_device_of_a_slide_is_a_job_of_its_own(two: House) -> None:
    two.devices["cuda"] = "cuda:0"
    assert make(two) == ["drifted", "drifted"]
    assert sorted(two.runner.ran) == [
        *("figures/f.py@cpu", "figures/f.py@cuda", "snippets/a.py@cpu", "snippets/a.py@cuda")
    ]
    text = two.built()["slides/d.md"].decode()
    assert "```text\nsnippets/a.py@cpu\n```" in text
    assert "```text\nsnippets/a.py@cuda\n```" in text
    assert "![a](../figures/f@cpu.svg) ![w:9 \\[b\\]](../figures/f@cuda.svg)" in text
    assert {"figures/f@cpu.svg", "figures/f@cuda.svg"} <= two.built().keys()
    assert make(two) == ["drifted", "drifted"]
    assert len(two.runner.ran) == 4


def test_an_absent_device_shows_its_accepted_result_beside_the_other(two: House) -> None:
    two.files.contents["figures/f@cuda.svg"] = b"<svg>accepted</svg>"
    assert make(two) == ["drifted", "accepted-result", "accepted-result"]
    assert sorted(two.runner.ran) == ["figures/f.py@cpu", "snippets/a.py@cpu"]
    text = two.built()["slides/d.md"].decode()
    assert "```text\naccepted on cuda\n(accepted result: cuda is absent here)\n```" in text
    assert two.built()["figures/f@cuda.svg"] == b"<svg>accepted</svg>"
    report = json.loads(two.built()["report.json"])
    assert [(job["id"], job["script"], job["variant"], job["status"]) for job in report["jobs"]][:2] == [
        ("figures/f.py@cpu", "figures/f.py", "cpu", "ok"),
        ("figures/f.py@cuda", "figures/f.py", "cuda", "absent"),
    ]


def test_a_picture_that_was_never_accepted_is_not_shown_as_accepted(two: House) -> None:
    two.files.contents["figures/f.svg"] = b"<svg>of some device</svg>"
    assert "missing-file" not in make(two)
    assert "was not drawn" in two.built()["slides/d.md"].decode()


def test_each_variant_accepts_its_own_results(two: House) -> None:
    two.devices["cuda"] = "cuda:0"
    _, changes = sync(two.context())
    assert changes["figures/f@cuda.svg"].after == b"<svg/>"
    deck = changes["slides/d.md"].after.decode()
    assert "device=cpu\nsnippets/a.py@cpu\n" in deck
    assert "device=cuda\nsnippets/a.py@cuda\n" in deck


def test_a_variant_that_fails_is_named(two: House) -> None:
    two.devices["cuda"] = "cuda:0"
    two.runner.results["snippets/a.py@cuda"] = failed
    report = build(two.context())
    assert [each.message for each in report.diagnostics if each.slug == "output-limit"] == [
        "too much (on cpu)"
    ]


def test_another_card_or_driver_makes_a_result_of_cuda_stale(two: House) -> None:
    two.devices["cuda"] = "cuda:0"
    two.card_versions |= {"GPU": "NVIDIA A100", "NVIDIA driver": "535.54"}
    make(two)
    two.runner.ran.clear()
    make(two)
    assert two.runner.ran == []
    two.card_versions["NVIDIA driver"] = "570.86"
    report = build(two.context())
    assert sorted(two.runner.ran) == ["figures/f.py@cuda", "snippets/a.py@cuda"]
    reasons = {job.job: job.reason for job in report.jobs}
    assert reasons["snippets/a.py@cuda"] == "NVIDIA driver 535.54 became 570.86, needed by snippets/a.py@cuda"


def test_a_result_from_another_machine_depends_on_the_cards_of_that_machine(two: House) -> None:
    two.devices["cuda"] = "cuda:0"
    two.card_versions["GPU"] = "NVIDIA T400"
    two.cards_elsewhere["GPU"] = "NVIDIA A100"
    make(two)
    two.runner.ran.clear()
    make(two)
    assert two.runner.ran == []  # which card the next run would have is not known
    two.cards_elsewhere.clear()  # scripts run here again
    report = build(two.context())
    reasons = {job.job: job.reason for job in report.jobs}
    assert reasons["snippets/a.py@cuda"] == "GPU NVIDIA A100 became NVIDIA T400, needed by snippets/a.py@cuda"


def test_others_on_a_gpu_are_named_once_and_only_where_a_script_runs_there(two: House) -> None:
    two.gpu_users.append("GPU 0 (NVIDIA A100) is also used by alice (process 7) with 2 GiB")
    assert "gpu-in-use" not in make(two)
    two.devices["cuda"] = "cuda:0"
    report = build(two.context())
    (warning,) = (each for each in report.diagnostics if each.slug == "gpu-in-use")
    assert (warning.message, warning.location.path) == (two.gpu_users[0], "figures/f.py")
    assert warning.severity is Severity.WARNING
    assert "gpu-in-use" not in make(two)  # nothing runs


def test_the_card_that_a_run_names_is_in_the_report(home: House) -> None:
    card = {"GPU": "NVIDIA A100", "capability": "8.0"}
    home.runner.results["snippets/a.py"] = lambda job: Result(job.id, "cuda", 0.1, card=card)
    make(home)
    jobs = json.loads(home.built()["report.json"])["jobs"]
    assert [job["card"] for job in jobs if "card" in job] == [card]


def test_a_name_of_a_command_means_a_script_or_one_of_its_variants(two: House) -> None:
    two.devices["cuda"] = "cuda:0"
    make(two, only=("snippets/a.py@cuda",))
    assert two.runner.ran == ["snippets/a.py@cuda"]
    make(two, only=("a.py",))
    assert two.runner.ran == ["snippets/a.py@cuda", "snippets/a.py@cpu"]
    make(two, force="a.py")
    assert len([job for job in two.runner.ran if "a.py" in job]) == 4


QUOTES = """```sql file=../data/q.sql#a
select 1;
```

```text file=../data/big.txt
```

```text file=../data/nul.bin
```

```text file=../data/latin.txt
```
"""


QUERY = "-- region a\nselect 1;\n-- endregion a\n"


def test_a_text_file_is_quoted_and_compared_and_never_run(tmp_path: Path) -> None:
    home = house(tmp_path, {"slides/d.md": QUOTES.partition("\n\n")[0], "data/q.sql": QUERY})
    assert make(home) == []
    assert b"select 1;" in home.built()["slides/d.md"]
    home.files.contents["data/q.sql"] = QUERY.replace("1", "2").encode()
    (drifted,) = build(home.context(Request())).diagnostics
    assert drifted.slug == "drifted"
    assert drifted.message == "the accepted text differs from what the file holds now, in line 1: select 2;"
    assert b"select 2;" in home.built()["slides/d.md"]
    assert not home.runner.ran


def test_what_cannot_be_quoted_is_named_at_its_fence(tmp_path: Path) -> None:
    data = {
        "data/q.sql": QUERY,
        "data/big.txt": "x" * (2**20 + 1),
        "data/nul.bin": b"a\0b",
        "data/latin.txt": "é".encode("latin-1"),
    }
    report = build(house(tmp_path, {"slides/d.md": QUOTES, **data}).context(Request()))
    assert [(each.slug, each.location.line, each.message) for each in report.diagnostics] == [
        ("not-text", 5, "data/big.txt has more than 1 MiB"),
        ("not-text", 8, "data/nul.bin is not a text file"),
        ("not-text", 11, "data/latin.txt is not UTF-8 text"),
    ]


def test_the_report_names_the_packages_that_scripts_compute_with(home: House) -> None:
    context = home.context(Request())
    installed = {"numpy": "2.1", "pandas": "2.2", "scipy": "1.14", "left-pad": "1"}
    ports = replace(context.ports, environment=Environment("Python 3", installed))
    versions = build(replace(context, ports=ports)).versions
    assert {name: versions.get(name) for name in installed} == {**installed, "left-pad": None}
