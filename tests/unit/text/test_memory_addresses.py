"""Memory addresses in printed text are left out; numbers that only look alike stay."""

from __future__ import annotations

import pytest

from deckwright.text.memory_addresses import has_address, without_addresses
from support.cost import MOST, growth


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
        ("<weakref at 0x7f3c2a1b; to 'A' at 0x7f3c2a1c>", "<weakref; to 'A'>"),
        ("<Future at 0x7f3c2a1b state=pending>", "<Future state=pending>"),
        ("<threading.Event at 0x7f3c2a1b: unset>", "<threading.Event: unset>"),
        ("<asyncio.locks.Lock object at 0x7f3c2a1b [unlocked]>", "<asyncio.locks.Lock object [unlocked]>"),
        ("a < b, <object object at 0x7F3C2A1B>, c > d", "a < b, <object object>, c > d"),
    ],
)
def test_an_address(printed: str, shown: str) -> None:
    assert has_address(printed)
    assert without_addresses(printed) == shown


@pytest.mark.parametrize(
    "printed",
    [
        "crash at 0xdeadbeef",
        "<x at 0x10>",
        "<0x7f3c2a1b>",
        "a > at 0x7f3c2a1b b",
        "x -> y at 0x7f3c2a1b",
        "a < b\nat 0x7f3c2a1b\nc > d",
        "a < b at 0x7f3c2a1b",
    ],
)
def test_no_address(printed: str) -> None:
    assert not has_address(printed)
    assert without_addresses(printed) == printed


@pytest.mark.parametrize("piece", ["<", " at 0x7f3c2a1b", "< at 0x7f3c2a1b", "<a at 0x7f3c2a1b>", ">"])
def test_linear(piece: str) -> None:
    assert growth(without_addresses, lambda size: "<" + piece * size, 8000) < MOST
