"""Digests of texts and code."""

from deckwright.files.digests import DIGITS, SYNTAX, digest, syntax_digest


def test_digests_are_short_and_take_any_text() -> None:
    assert len(digest(b"")) == DIGITS
    assert digest("é") == digest("é".encode())
    assert digest("\ud800") != digest("\ud801")


def test_the_layout_of_code_does_not_count() -> None:
    assert syntax_digest(b"x = 1\n") == syntax_digest(b"# why\n\nx  =  1\n") != syntax_digest(b"x = 2\n")
    assert syntax_digest(b"x = 1\n").startswith(SYNTAX)
    assert syntax_digest(b"x = \n") == digest(b"x = \n")
