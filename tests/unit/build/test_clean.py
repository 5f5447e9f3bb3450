"""Removing what builds made, all of it or what no deck needs any more, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from deckwright.build.clean import remove_all, remove_unneeded
from deckwright.build.context import Context
from deckwright.build.pipeline import build
from deckwright.files.disk import Disk
from deckwright.files.scratch import Scratch
from deckwright.model import Check, Request
from deckwright.store import Store
from support.fakes import House, house
from support.replays import replayed

DECK = "# A\n\n```text output=../snippets/a.py\n```\n"


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A course that was built, edited and built again; the earlier results are still there."""
    home = house(tmp_path, {"slides/d.md": DECK, "snippets/a.py": "print(1)\n"})
    make(home)
    home.files.contents["snippets/a.py"] = b"print(2)\n"
    make(home)
    return home


def test_a_deck_whose_page_is_now_a_lecture_s(home: House) -> None:
    home.files.contents["d2.md"] = DECK.encode()
    build(on_disk(home, Request((str(home.root / "d2.md"),))))
    home.files.contents["slides/d2.md"] = DECK.encode()
    freed, wrong = remove_unneeded(on_disk(home))
    assert freed > 0
    assert wrong == ()


def on_disk(home: House, request: Request = Request()) -> Context:  # noqa: B008 (it is frozen)
    """Return the course on the real disk, which knows decks by name."""
    for path, data in home.files.contents.items():
        (home.root / path).parent.mkdir(parents=True, exist_ok=True)
        (home.root / path).write_bytes(data)
    return home.context(request).reading(Disk(home.root))


def make(home: House, *decks: str) -> list[str]:
    """Build; return what ran."""
    home.runner.ran.clear()
    build(on_disk(home, Request(decks)))
    return list(home.runner.ran)


def stored(home: House) -> int:
    return sum(path.stat().st_size for path in (home.root / "build/.store").rglob("*") if path.is_file())


def test_what_the_decks_need_stays(home: House) -> None:
    before = stored(home)
    freed, wrong = remove_unneeded(on_disk(home))
    assert wrong == ()
    assert freed == before - stored(home) > 0
    assert replayed(on_disk(home)) is not None
    assert make(home) == []
    home.files.contents["snippets/a.py"] = b"print(1)\n"
    assert make(home) == ["snippets/a.py"]


def test_without_it_an_undo_runs_nothing(home: House) -> None:
    home.files.contents["snippets/a.py"] = b"print(1)\n"
    assert make(home) == []
    assert remove_unneeded(on_disk(home))[0] > 0
    assert make(home) == []


def test_a_second_time_there_is_nothing_to_do(home: House) -> None:
    remove_unneeded(on_disk(home))
    assert remove_unneeded(on_disk(home))[0] == 0


def test_a_deck_that_was_built_by_name_counts(home: House) -> None:
    home.files.contents |= {
        "drafts/x.md": b"```text output=../snippets/b.py\n```\n",
        "snippets/b.py": b"print(3)\n",
    }
    on_disk(home)
    draft = str(home.root / "drafts/x.md")
    assert make(home, draft) == ["snippets/b.py"]
    remove_unneeded(on_disk(home))
    assert make(home, draft) == []


def test_nothing_is_removed_while_a_deck_is_wrong(home: House) -> None:
    home.files.contents["slides/d.md"] = b"```text output=../snippets/none.py\n```\n"
    before = stored(home)
    freed, wrong = remove_unneeded(on_disk(home))
    assert (freed, [each.slug for each in wrong]) == (0, ["missing-script"])
    assert stored(home) == before


# --- all of it --------------------------------------------------------------------------------


def clean(home: House) -> set[str]:
    """Remove what builds made; return what is left, by path below build/."""
    folder = home.root / "build"
    return {*remove_all(folder, Store(folder / ".store"), folder / ".scratch")}


def check(home: House) -> None:
    build(on_disk(home, Request(check=Check())))


def test_all_that_builds_made_is_removed(home: House) -> None:
    check(home)
    with Scratch(home.root / "build/.scratch"):
        pass
    for name in ("html/.0123456789abcdef.tmp", ".store/results/.0123456789abcdef.tmp", ".pytest.lock"):
        (home.root / "build" / name).touch()
    assert clean(home) == set()
    assert not (home.root / "build").exists()
    assert make(home) == ["snippets/a.py"]


@pytest.mark.parametrize(
    "path",
    [
        "notes.md",
        "html/notes.html",
        "html/d/data.csv",
        ".store/results/mine/notes.md",
        "check/notes.png",
        "check/d/e-1.png",
        "mine/notes.md",
        "fonts/Mine.ttf",
        ".store/notes.md",
        ".store/results/notes.json",
        ".store/artifacts/notes.svg",
        ".scratch/notes.md",
        ".scratch/run-mine/notes.md",
    ],
)
def test_a_file_of_the_author_s_stays(home: House, path: str) -> None:
    check(home)
    mine = home.root / "build" / path
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("mine")
    assert clean(home) == {path}
    assert mine.read_text() == "mine"
    assert [each for each in (home.root / "build").rglob("*") if each.is_file()] == [mine]


def test_an_empty_folder_of_the_author_s_stays(home: House) -> None:
    (home.root / "build/mine").mkdir()
    assert clean(home) == {"mine"}


def test_the_build_of_another_tool_stays(tmp_path: Path) -> None:
    home = house(tmp_path, {})
    names = {
        *(
            "lib/a.py",
            "html/index.html",
            "slides/a.md",
            "figures/f.svg",
            ".store/notes/x",
            ".scratch/run-1/x",
        ),
        *("index.html", "report.json", "fonts/NotoSans-Regular.ttf", "check/index.html", "check/a/a-1.png"),
        *(".store/index.log", ".store/report.json", f".store/results/{32 * '0'}.json"),
    }
    for name in names:
        (tmp_path / "build" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "build" / name).write_text("theirs")
    assert clean(home) == names


def test_empty_folders_that_a_stopped_build_leaves_are_removed(tmp_path: Path) -> None:
    (tmp_path / "build/fonts").mkdir(parents=True)
    assert clean(house(tmp_path, {})) == set()
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("path", [".scratch", ".store/results", ".store/artifacts"])
def test_what_builds_clear_away_is_their_own(home: House, path: str) -> None:
    """A build removes what killed ones left, and not what is behind a link or has another name."""
    mine, link = home.root / "mine", home.root / "build" / path
    names = {"notes/x", "notes.json", "run-mine/x"} | ({f"{32 * '0'}.json"} if "store" in path else set())
    for name in names:
        (mine / name).parent.mkdir(parents=True, exist_ok=True)
        (mine / name).write_text("mine")
    shutil.rmtree(link, ignore_errors=True)
    link.symlink_to(mine)
    with Scratch(home.root / "build/.scratch"):
        remove_unneeded(on_disk(home))
    assert {*contents(mine)} >= names


def precious(home: House) -> Path:
    """Return a folder outside of the project with files that have names of ours."""
    folder = home.root.parent / f"{home.root.name}-precious"
    for name in ("d.html", "d/d-1.png", "index.log", "run-1/x", "results/0.json", "notes.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("precious")
    (folder / "empty/d").mkdir(parents=True)
    return folder


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


@pytest.mark.parametrize(
    "path",
    ["html", "check/d", "mine", ".store", ".store/results", ".scratch", ".scratch/run-1", "html/d.html", "d"],
)
def test_a_link_below_build_is_not_followed(home: House, path: str) -> None:
    check(home)
    folder, link = precious(home), home.root / "build" / path
    before = contents(folder)
    if link.is_dir():
        shutil.rmtree(link)
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(folder)
    left = clean(home)
    assert (contents(folder), (folder / "empty/d").is_dir()) == (before, True)
    assert left <= {path} or path == ".store"  # without the store, it is not known what builds made


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts")
@pytest.mark.parametrize("path", ["html", "check/d", "mine"])
def test_a_mount_below_build_is_not_followed(home: House, path: str) -> None:
    check(home)
    folder, mount = precious(home), home.root / "build" / path
    mount.mkdir(parents=True, exist_ok=True)
    before = contents(folder)
    if subprocess.run(["mount", "--bind", folder, mount], check=False).returncode:
        pytest.skip("this container does not mount")
    try:
        clean(home)
        assert (contents(folder), (folder / "empty/d").is_dir()) == (before, True)
    finally:
        subprocess.run(["umount", mount], check=True)


def test_build_may_be_a_link_to_another_disk(tmp_path: Path) -> None:
    home = house(tmp_path / "course", {"slides/d.md": DECK, "snippets/a.py": "print(1)\n"})
    disk = tmp_path / "disk"
    (disk / "html").mkdir(parents=True)
    (disk / "html/mine.html").write_text("mine")
    (tmp_path / "course").mkdir()
    (home.root / "build").symlink_to(disk)
    make(home)
    assert (disk / "html/d.html").is_file()
    assert clean(home) == {"html/mine.html"}
    assert contents(disk) == {"html/mine.html": "mine"}
    (disk / "html/mine.html").unlink()
    (disk / "html").rmdir()
    make(home)
    clean(home)
    assert ((home.root / "build").is_symlink(), list(disk.iterdir())) == (True, [])


def test_where_a_folder_of_pages_is_a_link_they_are_removed_and_others_stay(home: House) -> None:
    public = home.root.parent / f"{home.root.name}-public"
    public.mkdir()
    shutil.rmtree(home.root / "build/html")
    (home.root / "build/html").symlink_to(public)
    make(home)
    (public / "mine.html").write_text("mine")
    assert clean(home) == {"html"}
    assert contents(public) == {"mine.html": "mine"}


def test_what_a_command_needs_that_runs_now_stays(home: House) -> None:
    with Scratch(home.root / "build/.scratch") as running:
        (running.path / "job").write_text("1")
        assert clean(home) == {f".scratch/{running.path.name}/job"}
    assert make(home) == ["snippets/a.py"]
    assert clean(home) == set()
