"""Decks and snippets that are added: their names, numbers, titles and looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.errors import ConfigError
from deckwright.new.additions import new_deck, new_snippet, numbered, title_of
from deckwright.parse import parse_deck
from deckwright.project.project import Project, find_project

GERMAN = "---\ntheme: gaia\nlang: de\n---\n# Eins\n"


def project_of(root: Path, files: dict[str, str]) -> Project:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return find_project(root)


@pytest.mark.parametrize(
    ("name", "others", "expected"),
    [
        ("a", [], "a"),
        ("a", ["intro", "trees"], "a"),
        ("a", ["01-intro"], "02-a"),
        ("a", ["1-intro", "9-trees"], "10-a"),
        ("a", ["001-intro", "010-trees", "appendix"], "011-a"),
        ("a", ["intro", "2024-review"], "a"),
        ("07-a", ["01-intro"], "07-a"),
    ],
)
def test_the_number_goes_on(name: str, others: list[str], expected: str) -> None:
    assert numbered(name, others) == expected


@pytest.mark.parametrize(
    ("stem", "title"),
    [("02-linear-models", "Linear models"), ("gRPC", "GRPC"), ("03_树", "树"), ("2024", "2024")],
)
def test_the_title_of_a_deck(stem: str, title: str) -> None:
    assert title_of(stem) == title


def test_a_deck_looks_like_the_last_one(tmp_path: Path) -> None:
    project = project_of(tmp_path, {"slides/01-eins.md": GERMAN, "slides/02-zwei.md": GERMAN})
    deck, script = new_deck(project, "drei", None)
    assert (deck, script) == ("slides/03-drei.md", "snippets/03-drei/example.py")
    front = parse_deck(deck, (tmp_path / deck).read_text("utf-8")).front_matter
    assert (front["theme"], front["lang"], front["title"]) == ("gaia", "de", "Drei")
    assert "this lecture teaches" in front["description"]  # there is no German template


@pytest.mark.parametrize(
    ("lang", "given", "expected"),
    [("zh-CN", None, "zh-CN"), ("en", "zh", "zh"), ("zh-TW", "en", "en"), ("", None, "en")],
)
def test_the_language_is_that_of_the_decks_unless_one_is_given(
    tmp_path: Path, lang: str, given: str | None, expected: str
) -> None:
    project = project_of(tmp_path, {"slides/a.md": f"---\nlang: {lang}\n---\n# A\n" if lang else "# A\n"})
    deck, script = (tmp_path / path for path in new_deck(project, "b", given))
    assert f'lang: "{expected}"' in deck.read_text("utf-8")
    for path in (deck, script, tmp_path / new_snippet(project, "c", given)[0]):
        assert ("什么" in path.read_text("utf-8")) == expected.startswith("zh")


def test_the_settings_of_marp_count_where_the_deck_says_nothing(tmp_path: Path) -> None:
    files = {"slides/a.md": "# A\n", ".marprc.yml": "lang: zh-CN\ntheme: uncover\n"}
    deck, _ = new_deck(project_of(tmp_path, files), "b", None)
    text = (tmp_path / deck).read_text("utf-8")
    assert 'theme: "uncover"' in text
    assert 'lang: "zh-CN"' in text


def test_a_snippet_may_lie_in_a_folder(tmp_path: Path) -> None:
    project = project_of(tmp_path, {"slides/a.md": "# A\n"})
    assert new_snippet(project, "01-intro/scores.py", None) == ("snippets/01-intro/scores.py",)
    assert new_snippet(project, "scores", None) == ("snippets/scores.py",)
    assert (tmp_path / "snippets/01-intro/scores.py").read_bytes() == (
        tmp_path / "snippets/scores.py"
    ).read_bytes()


REFUSED = {
    ("deck", "linear models"): ("a deck cannot be called 'linear models'", "write linear-models"),
    ("deck", "../a"): ("a deck cannot be called '../a'", "write a"),
    ("deck", "a#b"): ("a deck cannot be called 'a#b'", "write a-b"),
    ("deck", ".."): ("a deck cannot be called '..'", "take letters, digits and hyphens"),
    ("deck", ""): ("a deck cannot be called ''", "take letters, digits and hyphens"),
    ("deck", "a\n"): ("a deck cannot be called 'a\\n'", "write a"),
    ("snippet", "/tmp/a"): ("a snippet cannot be called ''", "take letters, digits and hyphens"),
    ("snippet", "random"): (
        "a script random.py would hide the module random from the scripts beside it",
        "take another name",
    ),
    ("snippet", "matplotlib.py"): (
        "a script matplotlib.py would hide the module matplotlib from the scripts beside it",
        "take another name",
    ),
    ("snippet", "there"): ("snippets/there.py is there already", "take another name"),
    ("deck", "a"): ("slides/a.md is there already", "take another name"),
    ("deck", "a.md"): ("slides/a.md is there already", "take another name"),
    ("deck", "b"): ("snippets/b/example.py is there already", "take another name"),
}


@pytest.mark.parametrize(("kind", "name"), REFUSED)
def test_a_refusal_changes_nothing(tmp_path: Path, kind: str, name: str) -> None:
    texts = dict.fromkeys(("slides/a.md", "snippets/there.py", "snippets/b/example.py"), "mine")
    project = project_of(tmp_path, texts)
    with pytest.raises(ConfigError) as refused:
        (new_deck if kind == "deck" else new_snippet)(project, name, None)
    assert (refused.value.message, refused.value.hint) == REFUSED[kind, name]
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == set(texts)
    assert {(tmp_path / path).read_text() for path in texts} == {"mine"}
