"""Removing what no deck needs any more."""

from pathlib import Path

import pytest

from deckwright.build.clean import remove_unneeded
from deckwright.build.context import Context
from deckwright.build.pipeline import build
from deckwright.build.replay import replayed
from deckwright.files.disk import Disk
from deckwright.model import Request
from support.fakes import House, house

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
