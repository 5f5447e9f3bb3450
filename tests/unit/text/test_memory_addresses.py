"""Memory addresses in printed text are left out; numbers that only look alike stay."""

from __future__ import annotations

import pytest

from deckwright.text.memory_addresses import has_address, without_addresses


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("<object object at 0x7f3c2a1b>", "<object object>"),
        ("<function <lambda> at 0x7f3c2a1b>", "<function <lambda>>"),
        (
            "<bound method A.f of <__main__.A object at 0x7f3c2a1b>>",
            "<bound method A.f of <__main__.A object>>",
        ),
        ('<code object f at 0x7f3c2a1b, file "a.py", line 1>', '<code object f, file "a.py", line 1>'),
        ("[<matplotlib.lines.Line2D at 0x7f3c2a1b>, 1]", "[<matplotlib.lines.Line2D>, 1]"),
    ],
)
def test_an_address(printed: str, shown: str) -> None:
    assert has_address(printed)
    assert without_addresses(printed) == shown


@pytest.mark.parametrize("printed", ["crash at 0xdeadbeef", "at 0x10>", "0x7f3c2a1b", "a > at 0x7f3c2a1b b"])
def test_no_address(printed: str) -> None:
    assert not has_address(printed)
    assert without_addresses(printed) == printed
