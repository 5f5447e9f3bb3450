"""The templates: what they share with the repository's own files and documents, and what fills them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from deckwright.cli.new import LANGUAGES
from deckwright.new.templates import course_files, deck_text, snippet_text
from deckwright.parse import parse_deck, parse_script
from deckwright.text.paths import in_project

ROOT = Path(__file__).parents[3]
THEME = "slides/themes/deckwright.css"
WORKFLOWS = {"slides": "ci.md", "pages": "publishing.md"}


def test_the_theme_is_that_of_the_shipped_course() -> None:
    for language in LANGUAGES:
        assert course_files("A", language)[THEME] == (ROOT / THEME).read_bytes()


@pytest.mark.parametrize(("name", "guide"), WORKFLOWS.items())
def test_a_workflow_is_the_one_of_its_guide(name: str, guide: str) -> None:
    path = f".github/workflows/{name}.yml"
    text = (ROOT / "docs/guides" / guide).read_text("utf-8")
    shown = re.search(rf"`{path}`:\n\n```yaml\n(.*?)^```$", text, re.M | re.S)
    assert shown
    assert course_files("A", "en")[path].decode() == shown[1]
    assert yaml.safe_load(shown[1]).keys() >= {"jobs"}


def test_every_language_has_the_same_files() -> None:
    english, *others = (course_files("A", language).keys() for language in LANGUAGES)
    assert all(other == english for other in others)


def test_what_is_installed_comes_from_the_repository() -> None:
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    files = {path: data.decode() for path, data in course_files("A", "en").items()}
    assert f"git+{urls['Repository']}\n" in files["requirements.txt"]
    named = re.findall(r"https://github.com/deckwright[^\s)>\"]*", "\n".join(files.values()))
    assert all(address.startswith(urls["Repository"]) for address in named)


@pytest.mark.parametrize("title", ['it is "quoted" \\ and so on', "深度 学习", "$title"])
def test_a_title_stays_as_it_is_written(title: str) -> None:
    for language in LANGUAGES:
        settings = tomllib.loads(course_files(title, language)["pyproject.toml"].decode())
        assert settings["tool"]["deckwright"]["title"] == title


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deck_shows_regions_that_the_snippet_has(language: str) -> None:
    path, script = "slides/02-a.md", "snippets/02-a/example.py"
    deck = parse_deck(path, deck_text(language, "2024", f"../{script}", "gaia", "no").decode())
    snippet = parse_script(script, snippet_text(language).decode())
    assert (deck.diagnostics, snippet.diagnostics) == ((), ())
    assert (deck.title, deck.front_matter["theme"], deck.front_matter["lang"]) == ("2024", "gaia", "no")
    assert {in_project(path, f"../{each.target.path}") for each in deck.references} <= {
        script,
        f"../{script}",
    }
    assert [each.target.name for each in deck.references] == ["sum", "sum", "total"]
