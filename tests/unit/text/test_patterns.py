"""Patterns of paths."""

import pytest

from deckwright.text.patterns import folder_of, is_pattern, pattern_regex


@pytest.mark.parametrize(
    ("pattern", "folder", "fits", "others"),
    [
        ("themes/*.css", "themes", ["themes/a.css"], ["themes/b/a.css", "a.css", "themes/a.css.md"]),
        ("**/*.css", ".", ["a.css", "x/y/a.css"], ["a.md"]),
        ("a/**/b?.css", "a", ["a/b1.css", "a/x/y/b2.css"], ["b1.css", "a/b.css"]),
        ("a/{x,y*}.css", "a", ["a/x.css", "a/yes.css"], ["a/z.css", "a/{x,y*}.css"]),
        ("a/[a-c]/[!x].css", "a", ["a/b/y.css"], ["a/d/y.css", "a/b/x.css"]),
        ("t/**", "t", ["t/a.css", "t/u/a.css"], ["a.css"]),
        ("[", ".", ["["], ["x"]),
    ],
)
def test_patterns(pattern: str, folder: str, fits: list[str], others: list[str]) -> None:
    assert is_pattern(pattern)
    assert folder_of(pattern) == folder
    regex = pattern_regex(pattern)
    assert [path for path in fits if not regex.match(path)] == []
    assert [path for path in others if regex.match(path)] == []


def test_a_path_without_wildcards() -> None:
    assert not is_pattern("themes/a.css")
