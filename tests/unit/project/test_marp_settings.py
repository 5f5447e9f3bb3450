"""The author's settings for Marp: what they say, where they are, and what is wrong with them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from deckwright.errors import ConfigError
from deckwright.model import Dialect
from deckwright.project.marp_settings import MarpSettings, read_marp, settings_in_code


def write(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def toml(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def test_no_settings(tmp_path: Path) -> None:
    assert read_marp(tmp_path) == read_marp(tmp_path, {}) == MarpSettings()
    assert MarpSettings().dialect == Dialect()


def test_a_table(tmp_path: Path) -> None:
    settings = read_marp(
        tmp_path,
        toml("""
            theme_set = ["a.css", "themes/"]
            html = false
            og_image = "https://example.org/a.png"
            cjk_emphasis = true
            bespoke.progress = true
            [options]
            math = false
            headingDivider = [1, 2]
            markdown = { breaks = false, typographer = true }
        """),
    )
    assert settings.theme_set == ("a.css", "themes")
    assert settings.page == {
        "bespoke": {"progress": True},
        "html": False,
        "ogImage": "https://example.org/a.png",
        "options": {
            "math": False,
            "headingDivider": [1, 2],
            "markdown": {"breaks": False, "typographer": True},
        },
    }
    assert settings.cjk_emphasis
    assert settings.dialect == Dialect(html=False, math=False, heading_divider=("1", "2"), cjk_emphasis=True)


def test_the_allow_list_of_marp_is_what_default_says(tmp_path: Path) -> None:
    assert read_marp(tmp_path, {"html": "default"}) == MarpSettings()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".marprc", "themeSet: t.css\nhtml: true\n"),
        (".marprc", '{"themeSet": "t.css", "html": true}'),
        (".marprc.yml", "themeSet: [t.css]\nhtml: true\n"),
        (".marprc.yaml", "themeSet:\n- t.css\nhtml: true\n"),
        (".marprc.json", '{"themeSet": ["t.css"], "html": true}'),
        (".config/marprc.yml", "themeSet: ../t.css\nhtml: true\n"),
        ("package.json", '{"name": "x", "marp": {"themeSet": "./t.css", "html": true}}'),
    ],
)
def test_a_file_of_marp_cli(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path, **{name: text})
    assert read_marp(tmp_path) == MarpSettings(("t.css",), {"html": True})


def test_the_table_overrides_the_file(tmp_path: Path) -> None:
    write(tmp_path, **{".marprc.yml": "themeSet: t.css\nhtml: true\nlang: fr\nallowLocalFiles: true\n"})
    assert read_marp(tmp_path, {"html": False}) == MarpSettings(("t.css",), {"html": False, "lang": "fr"})


def test_a_package_without_settings_of_marp(tmp_path: Path) -> None:
    write(tmp_path, **{"package.json": "{}", ".marprc.json": '{"lang": "fr"}'})
    assert read_marp(tmp_path).page == {"lang": "fr"}


def test_a_theme_may_be_a_file(tmp_path: Path) -> None:
    write(tmp_path, **{".config/marprc.yml": "theme: ../a.css\n", "a.css": "/* @theme own */"})
    assert read_marp(tmp_path) == MarpSettings(("a.css",), {"theme": "own"})
    assert read_marp(tmp_path, {"theme": "gaia"}).page == {"theme": "gaia"}


@pytest.mark.parametrize(
    ("table", "problems"),
    [
        (
            {"themeSet": "a.css", "options": {"breaks": True, "math": "katex"}, "html": 1},
            [
                "unknown setting 'themeSet', did you mean 'theme_set'?",
                "'html' must be true, false, \"default\" or a table of elements and their attributes, not 1",
                "unknown setting 'options.breaks'",
            ],
        ),
        ({"theme_set": ["/abs.css"]}, ["names /abs.css, which lies outside of the project"]),
        ({"theme_set": ["../up.css"]}, ["names ../up.css"]),
        ({"theme_set": [1]}, ["'theme_set' must be text or a list of texts, not [1]"]),
        ({"bespoke": {"osc": "no"}}, ["'bespoke.osc' must be true or false, not 'no'"]),
        ({"options": {"markdown": {"x": toml("x = 1979-05-27")["x"]}}}, ["'options.markdown' must be data"]),
        ([], ["must hold a table of settings"]),
    ],
)
def test_all_wrong_settings_are_named(tmp_path: Path, table: object, problems: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        read_marp(tmp_path, table)
    assert [message for message in problems if message not in caught.value.message] == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (".marprc", "a: [", ".marprc cannot be read"),
        (".marprc.json", "{", ".marprc.json cannot be read"),
        (".marprc.yml", "themes: x", ".marprc.yml: unknown setting 'themes', did you mean 'theme'?"),
        (".marprc.yml", "- a", ".marprc.yml must hold a table"),
        ("package.json", '{"marp": 1}', "package.json must hold a table"),
    ],
)
def test_a_wrong_file(tmp_path: Path, name: str, text: str, message: str) -> None:
    write(tmp_path, **{name: text})
    with pytest.raises(ConfigError) as caught:
        read_marp(tmp_path)
    assert message in caught.value.message


def test_a_theme_without_a_name(tmp_path: Path) -> None:
    write(tmp_path, **{"a.css": "section {}"})
    with pytest.raises(ConfigError, match=r"the theme a\.css has no name"):
        read_marp(tmp_path, {"theme": "a.css"})


def test_code_is_named_only_if_marp_cli_would_run_it() -> None:
    assert settings_in_code({"marp.config.mjs"}.__contains__) == "marp.config.mjs"
    assert settings_in_code({"marp.config.js", ".marprc.yml"}.__contains__) == ""
    assert settings_in_code(set().__contains__) == ""


def test_settings_are_data(tmp_path: Path) -> None:
    settings = read_marp(tmp_path, {"options": {"math": {"lib": "katex"}}})
    assert json.loads(json.dumps(dict(settings.page))) == settings.page
