"""Diagnostics about the project: Marp's settings in code, the shared store, the encoding of files."""

from pathlib import Path

import pytest

from deckwright.files.disk import Disk
from deckwright.project.diagnostics import settings_diagnostics, store_warning, undecodable
from deckwright.project.marp_settings import MarpSettings
from deckwright.project.settings import Settings, read_settings


def test_settings_in_code(tmp_path: Path) -> None:
    (tmp_path / "marp.config.mjs").write_text("export default {}\n", "utf-8")
    (diagnostic,) = settings_diagnostics(Disk(tmp_path), Settings())
    assert (diagnostic.slug, diagnostic.location.path) == ("marp-settings", "marp.config.mjs")
    assert diagnostic.source == "export default {}"
    known = Settings(marp=MarpSettings(page={"html": True}))
    assert [*settings_diagnostics(Disk(tmp_path), known)] == []


@pytest.mark.parametrize(
    ("name", "text", "line", "column"),
    [
        (".marprc.yml", "html: true\nputer: 1\n", 2, 1),
        (".marprc.yml", "# breaks\noptions:\n  math: katex\n  breaks: 1\n", 4, 3),
        (".marprc.yml", "themeSet: [nope/a.css]\ninputDir: nope\n", 2, 11),
        (".marprc.json", '{\n  "themeSet": [\n    "gone.css"\n  ]\n}\n', 3, 6),
        ("package.json", '{"pptx": 1,\n "marp": {\n  "pptx": true}}', 3, 4),
        ("pyproject.toml", '[tool.deckwright]\nmarp.theme_set = ["gone"]\n', 2, 20),
    ],
)
def test_a_setting_without_effect_is_a_warning_at_its_place(
    tmp_path: Path, name: str, text: str, line: int, column: int
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    *_, diagnostic = settings_diagnostics(Disk(tmp_path), read_settings(tmp_path))
    assert (diagnostic.slug, diagnostic.severity) == ("marp-settings", "warning")
    assert (diagnostic.location.path, diagnostic.location.line, diagnostic.location.column) == (
        *(name, line, column),
    )
    assert diagnostic.hint


@pytest.mark.parametrize("text", ["lang: 5", "html: maybe", "options: {lang: 5}"])
def test_a_wrong_value_is_in_its_place(tmp_path: Path, text: str) -> None:
    (tmp_path / ".marprc.yml").write_text(text, "utf-8")
    (diagnostic,) = settings_diagnostics(Disk(tmp_path), read_settings(tmp_path))
    assert diagnostic.hint == "it has no effect"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        (".marprc.yml", "html: true\ntheme: gaja\n", 2),
        ("pyproject.toml", "[tool.deckwright.marp]\n\ntheme = 'gaja'\n", 3),
    ],
)
def test_a_theme_that_is_not_known(tmp_path: Path, name: str, text: str, line: int) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    settings = read_settings(tmp_path)
    (diagnostic,) = settings_diagnostics(Disk(tmp_path), settings, ["default", "gaia"])
    assert (diagnostic.slug, diagnostic.location.path, diagnostic.location.line) == (
        "missing-theme",
        name,
        line,
    )
    assert diagnostic.hint == "did you mean gaia?"
    assert [*settings_diagnostics(Disk(tmp_path), settings, ["gaja"])] == []


def test_the_warning_is_at_the_line_that_names_the_store(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.deckwright]\r\nstore = "s3://x"\r\n', "utf-8")
    diagnostic = store_warning(Disk(tmp_path), Settings(store="s3://x"), "no access")
    assert diagnostic.message == "the shared store s3://x cannot be used: no access"
    assert (diagnostic.location.line, diagnostic.source) == (2, 'store = "s3://x"')


def test_the_store_is_named_nowhere(tmp_path: Path) -> None:
    diagnostic = store_warning(Disk(tmp_path), Settings(), "no access")
    assert (diagnostic.location.path, diagnostic.location.line) == ("pyproject.toml", 1)


def test_the_first_byte_that_is_no_utf8() -> None:
    data = "好\r\na\ufffd ".encode() + "好".encode("gbk")
    diagnostic = undecodable("a.md", data, len(data) - 2)
    assert (diagnostic.slug, diagnostic.location.path) == ("undecodable", "a.md")
    assert (diagnostic.location.line, diagnostic.location.column) == (2, 4)
