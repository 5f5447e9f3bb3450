"""Plain decks for tests of adopting: fences, and any mixture of lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hypothesis import strategies as st

from deckwright.adopt.analysis.edits import Edit, applied
from deckwright.adopt.analysis.verdicts import DeckAnalysis, analyse
from deckwright.model import Deck, Raised
from deckwright.parse import parse_deck

_LINES = st.sampled_from(
    ["# Title", "---", "```python", "```Python {1}", "~~~py", "  ```python", "> ```python", "- ```python",
     "```", "  ```", "> ```", "~~~", "x = 1", "\tprint(x)  ", "> print(np.ones(3))", "  y = z", ">>> 1 + 1",
     "def f(: ...", "f（1）", "from __future__ import annotations", "plt.plot([1])", "#| label: a", "```text",
     "1", "Output:", "![](a.png)", "![w:300 ]( <b c.png> 'title' )",
     '<img src="x.png"> <img alt="" src=y.png>', "<!-- ![](c.png) -->", "| ![](d.png) | ![bg](e.png) |",
     "torch.matmal and `np.arange`", "", "    ", "\u2028", "***"]
)  # fmt: skip


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    bom = draw(st.sampled_from(["", "\ufeff"]))
    end = draw(st.sampled_from(["", newline]))
    return parse_deck("slides/deck.md", bom + newline.join(draw(st.lists(_LINES, max_size=25))) + end)


@st.composite
def analyses(draw: st.DrawFn) -> DeckAnalysis:
    """Draw a deck of which some fences fail, and the others print 1."""
    deck = draw(decks())
    lines = [judged.fence.line for judged in analyse(deck, {}).program]
    failing = draw(st.lists(st.sampled_from(lines), unique=True)) if lines else []
    analysis = analyse(deck, dict.fromkeys(failing, Raised("TypeError", 'a "b" `c`')))
    return replace(analysis, printed=dict.fromkeys(lines, "1\n"))


def fence(*rows: str, info: str = "python") -> str:
    return "\n".join([f"```{info}", *rows, "```", ""])


def judged(
    text: str, faults: Mapping[int, Raised] | None = None, printed: Mapping[int, str] | None = None
) -> DeckAnalysis:
    return replace(analyse(parse_deck("slides/deck.md", text), faults or {}), printed=printed or {})


def undone(changed: str, edits: Iterable[Edit]) -> str:
    """Return the text that was edited, from the changed one."""
    undo, shift = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        undo.append(Edit(edit.start + shift, edit.new, edit.old))
        shift += len(edit.new) - len(edit.old)
    return applied(changed, undo)
