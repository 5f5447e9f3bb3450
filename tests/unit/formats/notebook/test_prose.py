"""The text of slides in notebooks: what Marp alone understands is gone, and so are all notes."""

from __future__ import annotations

import pytest

from deckwright.formats.notebook.prose import Prose, cleaned
from deckwright.model import Result
from support.course import result_of
from support.notebooks import lecture_with

SVG = b"<svg/>"
DATA = "data:image/svg+xml;base64,PHN2Zy8+"
SCRIPTS = {"snippets/a.py": "x = 0.5\n", "figures/p.py": "# %%\n#| label: p\n#| fig-alt: from the cell\nx\n"}


def prose_of(text: str, results: dict[str, Result] | None = None) -> str:
    files = {"figures/p.svg": SVG, "slides/my pic.png": b"png", "slides/a.mp4": b"film"}
    lecture = lecture_with(text, SCRIPTS, results or {}, files)
    return Prose(lecture).of(0, len(text), [], below=False)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("# A", "## A"),
        ("###### A", "###### A"),
        ("> # A", "> ## A"),
        ("A\n===", "A\n==="),
        ("```python\n# a\n```", "```python\n# a\n```"),
        ('```python {1|2} x="y"\n# a\n```', "```python\n# a\n```"),
        ("~~~\na\n~~~", "~~~\na\n~~~"),
        ("- a\n\n  ```js {1}\n  a\n  ```", "- a\n\n  ```js\n  a\n  ```"),
        ("a\n\n<!-- note\n\nmore -->\n\nb", "a\n\n\nb"),
        ("<!-- note --> a", "a"),
        ("# <!-- fit --> A", "## A"),
        ("a <!-- b --> c", "a c"),
        ("- a\n  <!-- note -->\n- b", "- a\n- b"),
        ("`<!-- a -->`", "`<!-- a -->`"),
        ("```html\n<!-- a -->\n```", "```html\n<!-- a -->\n```"),
        ("<style>\na {}\n\nb {}\n</style>\n\na", "a"),
        ('<div class="a">\n\nb\n\n</div>', "b"),
        ("<table><tr><td>1</td></tr></table>", "<table><tr><td>1</td></tr></table>"),
        ("$$\na\n$$ and $b$", "$$\na\n$$ and $b$"),
        ("a\n\n<!-- never closed", "a"),
    ],
)
def test_cleaned(text: str, clean: str) -> None:
    assert cleaned(text, below=True) == clean


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![w:300 center A B](../figures/p.svg)", f'<img src="{DATA}" alt="A B" width="300">'),
        ("![h:20px bg](../figures/p.svg)", f'<img src="{DATA}" alt="from the cell" height="20">'),
        ("![w:50%](../figures/p.svg)", f'<img src="{DATA}" alt="from the cell">'),
        ('![A "q" <b>](../figures/p.svg)', f'<img src="{DATA}" alt="A &quot;q&quot; &lt;b&gt;">'),
        ("![A](../figures/gone.svg)", "*A*"),
        ("![w:9 A](my%20pic.png)", '<img src="data:image/png;base64,cG5n" alt="A" width="9">'),
        ("![A](my%20pic.png) and ![B](<my pic.png>)", None),
        ("![w:30 A](https://example.org/a.png)", "![A](https://example.org/a.png)"),
        ("![](a.mp4)", ""),
        ('<img src="my%20pic.png" alt="A">', '<img src="data:image/png;base64,cG5n" alt="A">'),
        ("![A](../figures/p.svg)\nb", f'<img src="{DATA}" alt="A">\n\nb'),
        ("- ![A](../figures/p.svg)\n  b", f'- <img src="{DATA}" alt="A">\n  b'),
        ("<!-- backgroundImage: url(https://example.org/a.png) -->\na", "a"),
        ("`![A](../figures/p.svg)`", "`![A](../figures/p.svg)`"),
    ],
)
def test_pictures_are_inside(text: str, shown: str | None) -> None:
    if shown is None:
        assert prose_of(text).count("data:image/png") == 2
    else:
        assert prose_of(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('It is [**40%**](../snippets/a.py#x "{:.0%}").', "It is **50%**."),
        ("It is [4](../snippets/a.py#y).", "It is 4."),
        ("![A [4](../snippets/a.py#x)](../figures/p.svg)", f'<img src="{DATA}" alt="A 4">'),
    ],
)
def test_values_are_text(text: str, shown: str) -> None:
    assert prose_of(text, result_of("", job="snippets/a.py", x=0.5)) == shown


def test_without_a_result_a_value_is_what_is_accepted() -> None:
    assert prose_of("[40%](../snippets/a.py#x)") == "40%"


def test_any_end_of_a_line_is_read() -> None:
    assert prose_of("\ufeff# A\r\n\r\n<!-- note -->\r\nb [4](../snippets/a.py#x)\r\n") == "# A\n\nb 4"


def test_no_note_stays() -> None:
    text = "# A\n\n<!-- secret -->\n\na <!-- secret\nsecret --> b\n\n- c <!-- secret -->\n\n"
    text += "> <!-- secret -->\n> d\n"
    assert "secret" not in prose_of(text)
