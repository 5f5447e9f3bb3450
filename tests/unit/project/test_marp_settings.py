"""The author's settings for Marp: what they say, where they are, and what is wrong with them."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
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
    write(tmp_path, **{"a.css": "", "themes/b.css": ""})
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
        ("package.yaml", "marp:\n  themeSet: t.css\n  html: true\n"),
    ],
)
def test_a_file_of_marp_cli(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path, **{name: text, "t.css": ""})
    assert read_marp(tmp_path) == MarpSettings(("t.css",), {"html": True})


def test_the_table_overrides_the_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{".marprc.yml": "themeSet: t.css\nhtml: true\nlang: fr\nallowLocalFiles: true\n", "t.css": ""},
    )
    assert read_marp(tmp_path, {"html": False}) == MarpSettings(("t.css",), {"html": False, "lang": "fr"})


def test_a_package_without_settings_of_marp(tmp_path: Path) -> None:
    write(tmp_path, **{"package.json": "{}", ".marprc.json": '{"lang": "fr"}'})
    assert read_marp(tmp_path).page == {"lang": "fr"}


def test_a_theme_may_be_a_file(tmp_path: Path) -> None:
    write(tmp_path, **{".config/marprc.yml": "theme: ../a.css\n", "a.css": "/* @theme own */"})
    assert read_marp(tmp_path) == MarpSettings(("a.css",), {"theme": "own"}, theme_file="a.css")
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
        (
            ".marprc.yml",
            "a: 1\nb: [1\nc: 2",
            ".marprc.yml cannot be read: line 3, column 2: expected ',' or ']'",
        ),
        (".marprc.yml", "options:\n\thtml: true", "line 2, column 1: found character"),
        (".marprc.json", "{", ".marprc.json cannot be read"),
    ],
)
def test_a_wrong_file(tmp_path: Path, name: str, text: str, message: str) -> None:
    write(tmp_path, **{name: text})
    with pytest.raises(ConfigError) as caught:
        read_marp(tmp_path)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("name", "text", "words", "message"),
    [
        (".marprc.yml", "themes: x", ("themes",), "unknown setting 'themes', did you mean 'theme'?"),
        (
            ".marprc.yml",
            "puppeteerTimeout: 1000",
            ("puppeteerTimeout",),
            "unknown setting 'puppeteerTimeout'",
        ),
        (".marprc.yml", "math: katex", ("math",), "unknown setting 'math'"),
        (".marprc.yml", "options: {html: true}", ("options", "html"), "'options.html' has no effect here"),
        (".marprc.yml", "options: {breaks: 1}", ("options", "breaks"), "unknown setting 'options.breaks'"),
        (".marprc.yml", "title: 2024-01-01", ("title",), "'title' must be text"),
        (".marprc.yml", "themeSet: 5", ("themeSet",), "'themeSet' must be text or a list of texts, not 5"),
        (
            ".marprc.yml",
            "browserTimeout: soon",
            ("browserTimeout",),
            "'browserTimeout' must be a number of seco",
        ),
        (".marprc.json", '{"images": "jpeg"}', ("images",), "'images' must be 'png', not 'jpeg'"),
        (".marprc.json", '{"engine": "./e.js"}', ("engine",), "'engine' has no effect here"),
        (".marprc.json", '{"output": "dist"}', ("output",), "'output' has no effect here"),
        (".marprc.yml", "outputDir: dist", ("outputDir",), "'outputDir' has no effect here"),
        (".marprc.json", '{"pptx": true}', ("pptx",), "'pptx' has no effect here"),
        (
            ".marprc.yml",
            "themeSet: [nowhere]",
            ("themeSet", "nowhere"),
            "names nowhere, but there is no style sheet",
        ),
        (
            ".marprc.yml",
            "themeSet: ../up.css",
            ("themeSet", "../up.css"),
            "names ../up.css, which lies outside",
        ),
        (
            ".marprc.yml",
            "themeSet: themes/*.css",
            ("themeSet", "themes/*.css"),
            "names themes/*.css, but there is no",
        ),
        (".marprc.yml", "theme: ./own.css", ("theme", "./own.css"), "the theme ./own.css is not there"),
        (".marprc.yml", "inputDir: decks", ("inputDir", "decks"), "decks is no folder of the project"),
        (".marprc.yml", "- a", (), ".marprc.yml holds no table of settings"),
        ("package.json", '{"marp": 1}', ("marp",), "package.json holds no table of settings"),
        ("package.json", '{"marp": {"x": 1}}', ("marp", "x"), "unknown setting 'x'"),
    ],
)
def test_what_marp_cli_tolerates_is_only_warned_of(
    tmp_path: Path, name: str, text: str, words: tuple[str, ...], message: str
) -> None:
    write(tmp_path, **{name: text})
    settings = read_marp(tmp_path)
    (problem,) = settings.problems
    assert (problem.path, problem.words) == (name, words)
    assert message in problem.message
    assert replace(settings, problems=()) in (MarpSettings(), MarpSettings(page={"options": {}}))


@pytest.mark.parametrize(
    "text",
    [
        "allowLocalFiles: true\nparallel: 2\npdf: true\npdfOutlines: {pages: false}\njpegQuality: 80\n",
        "pptx: false\nwatch: false\nbrowser: auto\noutput: false\ntheme:\nbrowserProtocol: cdp\n",
        "html: default\n",
        "",
    ],
)
def test_what_is_so_anyway_is_no_problem(tmp_path: Path, text: str) -> None:
    write(tmp_path, **{".marprc.yml": text})
    assert read_marp(tmp_path) == MarpSettings()


def test_what_says_what_is_built(tmp_path: Path) -> None:
    text = "browserTimeout: 60\nimageScale: 2\nimages: png\ninputDir: decks\npdfNotes: true\n"
    text += "pptxEditable: true\ntemplate: bare\n"
    write(tmp_path, **{".marprc.yml": text, "decks/a.md": ""})
    assert read_marp(tmp_path) == MarpSettings(
        page={"template": "bare"},
        browser_timeout=60.0,
        image_scale=2.0,
        pdf_notes=True,
        pptx_editable=True,
        pictures=True,
        input_dir="decks",
    )
    assert read_marp(tmp_path, {"browser_timeout": 0, "pdf_notes": False}).browser_timeout == 0


def test_what_is_lost_in_the_table_is_a_warning_too(tmp_path: Path) -> None:
    settings = read_marp(tmp_path, {"theme_set": ["/abs.css", "gone.css"]})
    assert settings.theme_set == ()
    assert [(each.path, *each.words) for each in settings.problems] == [
        ("pyproject.toml", "theme_set", "/abs.css"),
        ("pyproject.toml", "theme_set", "gone.css"),
    ]


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    write(tmp_path, **{".marprc": "", ".marprc.json": " ", ".config/marprc.yml": "lang: fr"})
    assert read_marp(tmp_path).page == {"lang": "fr"}


def test_a_theme_set_of_patterns_and_absolute_paths(tmp_path: Path) -> None:
    write(tmp_path, **{"themes/a.css": "", "b.css": ""})
    settings = read_marp(tmp_path, {"theme_set": ["themes/*.css", str(tmp_path / "b.css"), "**/a.css"]})
    assert (settings.theme_set, settings.problems) == (("themes/*.css", "b.css", "**/a.css"), ())


def test_a_theme_without_a_name_has_that_of_its_file(tmp_path: Path) -> None:
    write(tmp_path, **{"a.css": "section {}"})
    assert read_marp(tmp_path, {"theme": "a.css"}) == MarpSettings(
        ("a.css",), {"theme": "a"}, theme_file="a.css"
    )


def test_code_is_named_only_if_marp_cli_would_run_it() -> None:
    assert settings_in_code({"marp.config.mjs"}.__contains__) == "marp.config.mjs"
    assert settings_in_code({"marp.config.js", ".marprc.yml"}.__contains__) == ""
    assert settings_in_code(set().__contains__) == ""


def test_settings_are_data(tmp_path: Path) -> None:
    settings = read_marp(tmp_path, {"options": {"math": {"lib": "katex"}}})
    assert json.loads(json.dumps(dict(settings.page))) == settings.page


@pytest.mark.parametrize("allowed", [True, False])
def test_themes_of_a_folder_that_is_let_in(tmp_path: Path, allowed: bool) -> None:
    for name in ("course", "away"):
        (tmp_path / name).mkdir()
    (tmp_path / "away/t.css").write_text("/* @theme t */")
    folders = ["../away"] if allowed else []
    settings = read_marp(tmp_path / "course", {"theme_set": ["../away"], "theme": "../away/t.css"}, folders)
    assert settings.theme_set == (("../away", "../away/t.css") if allowed else ())
    assert len(settings.problems) == (0 if allowed else 2)
