"""Text files in other languages: their regions."""

import pytest

from deckwright.parse import parse_text_file


@pytest.mark.parametrize(
    ("path", "begin", "end"),
    [
        ("a.sql", "-- region a", "-- endregion a"),
        ("a.yaml", "  # region a", "  # endregion"),
        ("a.js", "//#region a", "//#endregion a"),
        ("a.html", "<!-- region a -->", "<!-- endregion a -->"),
        ("a.css", "/* region a */", "/* endregion */"),
        ("a.cu", "    // region a", "    // endregion a"),
        ("deep/Dockerfile", "# region a", "# endregion a"),
        ("a.tex", "% region a", "% endregion a"),
    ],
)
def test_a_region_is_marked_in_comments_of_the_language(path: str, begin: str, end: str) -> None:
    script = parse_text_file(path, f"\ufeffone\r\n{begin}\r\n  two\r\n    three\r\n{end}\r\nfour\r\n")
    assert script.regions["a"].code == "two\n  three"
    assert script.regions[""].code == "one\n  two\n    three\nfour"
    assert not script.diagnostics
    assert not script.units


@pytest.mark.parametrize("path", ["a.md", "a.csv", "a.txt", "a.json", "README"])
def test_a_language_without_comments_has_the_whole_file_only(path: str) -> None:
    text = "# region a\n// region b\n-- endregion"
    script = parse_text_file(path, text)
    assert list(script.regions) == [""]
    assert script.regions[""].code == text
    assert not script.diagnostics


def test_a_region_that_is_not_closed_is_reported() -> None:
    script = parse_text_file("a.sql", "select 1\n-- region a\n")
    assert [each.slug for each in script.diagnostics] == ["unclosed-region"]
    assert script.unclosed == {"a"}
