"""Digests of texts, code and renderings."""

from typing import Any

from deckwright.files.digests import DIGITS, SYNTAX, digest, render_key, syntax_digest


def test_digests_are_short_and_take_any_text() -> None:
    assert len(digest(b"")) == DIGITS
    assert digest("é") == digest("é".encode())
    assert digest("\ud800") != digest("\ud801")


def test_the_layout_of_code_does_not_count() -> None:
    assert syntax_digest(b"x = 1\n") == syntax_digest(b"# why\n\nx  =  1\n") != syntax_digest(b"x = 2\n")
    assert syntax_digest(b"x = 1\n").startswith(SYNTAX)
    assert syntax_digest(b"x = \n") == digest(b"x = \n")


def test_a_rendering_depends_on_everything_given() -> None:
    base: tuple[Any, ...] = ("text", {"t": "css"}, {"a.svg": "1"}, {"marp": "4"}, {"pdf": True})
    others: tuple[Any, ...] = ("other", {}, {"a.svg": "2"}, {"marp": "5"}, {"pdf": False})
    changed = [(*base[:at], other, *base[at + 1 :]) for at, other in enumerate(others)]
    assert len({render_key(*each) for each in [base, *changed]}) == len(others) + 1
