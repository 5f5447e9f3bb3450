"""Which of our own code is in the key of a page."""

from __future__ import annotations

from pathlib import Path

from deckwright.marp.version import SHAPING, render_code

CANNOT_SHAPE = {
    "errors": "exceptions end a rendering",
    "frozen": "makes classes as the standard library does, whatever their values are",
    "files": "reads and writes what others make",
    "machine": "ends processes",
    "model": "holds what others make",
    "project": "names decks; its settings are in the key",
}


def test_every_package_that_can_shape_a_page_is_in_the_digest() -> None:
    import grimp

    graph = grimp.build_graph("deckwright", cache_dir=None)
    starts = graph.find_descendants("deckwright.marp") | graph.find_descendants("deckwright.formats")
    starts -= {"deckwright.marp.toolchain"}  # for doctor
    modules = starts.union(*map(graph.find_upstream_modules, starts))
    assert {name.split(".")[1] for name in modules} == {*SHAPING, *CANNOT_SHAPE}


def test_every_file_and_the_browser_count(tmp_path: Path) -> None:
    paths = [
        "formats/pdf.py",
        "marp/embed.py",
        "marp/js/page/fit.mjs",
        "marp/js/package-lock.json",
        "text/a.py",
    ]
    for path in [*paths, "report/page.py"]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("1")
    before = render_code(None, tmp_path)
    (tmp_path / "report/page.py").write_text("2")
    assert render_code(None, tmp_path) == before != render_code((1, 2), tmp_path)
    for path in paths:
        (tmp_path / path).write_text("2")
        assert render_code(None, tmp_path) != before
        before = render_code(None, tmp_path)
