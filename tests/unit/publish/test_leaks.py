"""No file for students holds a solution or a note, in whatever form."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from pypdf import PdfWriter

from deckwright.parse import parse_deck, parse_script
from deckwright.publish.leaks import Secret, leaks_in, secrets_of, squeezed

SECRET = Secret("y=2*x+offset", "snippets/a.py", 3, "    y = 2 * x + offset", "solution")


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def pdf(note: str) -> bytes:
    """Return a PDF with a note on its page."""
    from pypdf.annotations import Text

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_annotation(0, Text(text=note, rect=(0, 0, 10, 10)))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def notebook(source: object) -> bytes:
    return json.dumps({"cells": [{"cell_type": "code", "source": source}]}).encode()


PLACES = {
    "a script": ("a.py", b"def f():\n  y = 2*x \\\n    + offset\n".replace(b"\\\n", b"\n")),
    "a page": ("a.html", b"<pre>y = <b>2</b> * x + offset</pre>"),
    "an attribute": ("a.html", b'<img alt="y = 2 * x + offset">'),
    "entities": ("a.html", b"y &#61; 2 * x + offset"),
    "a search index": ("search.js", b'[{"text":"y = 2 * x + offset"}]'),
    "a notebook of lines": ("a.ipynb", notebook(["y = 2 * x", " + offset\n"])),
    "a notebook of text": ("a.ipynb", notebook("y = 2 * x + offset")),
    "a note of a PDF": ("a.pdf", pdf("y = 2 * x + offset")),
    "a zip": ("a.zip", zipped("b/a.py", b"y = 2 * x + offset")),
    "a zip in a zip": ("a.zip", zipped("b.zip", zipped("a.py", b"y = 2 * x + offset"))),
    "data of a picture": ("a.png", b"\x89PNG\0\0tEXt y = 2 * x + offset\0\0"),
    "a drawing": ("a.svg", b"<svg><desc>y = 2 * x + offset</desc></svg>"),
}


@pytest.mark.parametrize(("path", "data"), PLACES.values(), ids=PLACES)
def test_a_planted_line_is_seen(path: str, data: bytes) -> None:
    (leak,) = leaks_in({"index.html": b"<p>nothing</p>", path: data}, [SECRET])
    assert (leak.secret, leak.files) == (SECRET, (path,))
    assert leaks_in({path: data}, []) == ()


@pytest.mark.parametrize("length", [12, 13, 25])
def test_a_line_is_seen_wherever_it_is(length: int) -> None:
    secret = Secret("abcdefghijklmnopqrstuvwxyz"[:length], "a.py", 1, "", "solution")
    for place in range(30):
        text = f"{'.' * place}{secret.text}{'.' * (place % 2)}".encode()
        assert [leak.secret for leak in leaks_in({"a.txt": text}, [secret])] == [secret], place
        assert leaks_in({"a.txt": text.replace(b"l", b".")}, [secret]) == ()


def test_what_is_inside_of_a_picture_is_no_text() -> None:
    page = b'<img src="data:image/png;base64,eTIqeCtvZmZzZXQy=2*x+offset">'
    assert leaks_in({"a.html": page.replace(b"=2*x+offset", b"")}, [SECRET]) == ()


SCRIPT = """\
def f(x, offset):
    # BEGIN SOLUTION
    y = 2 * x + offset
    return y
    # END SOLUTION


def g(x):
    # BEGIN SOLUTION
    return x.clamp(min=0)
    # END SOLUTION


h = lambda x: (
    x.clamp(min=0))
"""


DECK = """\
# A

这一句话也写在幻灯片上了

<!--
问：谁知道为什么要加偏置？
短
这一句话也写在幻灯片上了
-->

<!-- _class: lead -->
"""


def test_the_secrets_of_a_course() -> None:
    script = parse_script("snippets/a.py", SCRIPT)
    other = parse_script("snippets/b.py", "def relu(x):\n    return x.clamp(min=0)\n")
    deck = parse_deck("slides/a.md", DECK)
    found = secrets_of([script, other], [deck])
    assert [(each.path, each.line, each.kind, each.text) for each in found] == [
        ("snippets/a.py", 3, "solution", "y=2*x+offset"),
        ("slides/a.md", 6, "note", "问：谁知道为什么要加偏置？"),
    ]
    assert found[0].source == "    y = 2 * x + offset"


def test_a_text_that_quotes_a_solution_keeps_it_secret() -> None:
    quoting = parse_script("snippets/b.py", "print('y = 2 * x + offset')\n")
    assert "y=2*x+offset" in {
        each.text for each in secrets_of([parse_script("snippets/a.py", SCRIPT), quoting], [])
    }


@pytest.mark.parametrize(
    "other",
    ["y = 2 * x + offset  # with a comment\n", "y = (\n    2 * x\n    + offset)\n", "y = 2 * x + offset\n"],
)
def test_what_other_code_computes_is_no_secret(other: str) -> None:
    script = parse_script("snippets/a.py", SCRIPT.replace("y = 2 * x + offset", "z = 2 * x + offset"))
    known = parse_script("snippets/b.py", other.replace("y = (", "z = (").replace("y = 2", "z = 2"))
    shown = {each.text for each in secrets_of([script, known], [])}
    assert ("z=2*x+offset" in shown) == ("(" in other)


def test_a_note_that_code_says_too_is_no_secret() -> None:
    script = parse_script("snippets/b.py", "# `*` 是逐元素相乘，不是矩阵乘法。\nx = 1\n")
    deck = parse_deck("slides/a.md", "# A\n\n<!-- `*` 是逐元素相乘，不是矩阵乘法。 -->\n")
    assert secrets_of([script], [deck]) == ()


def test_squeezed() -> None:
    assert squeezed(" a\tb\n\u3000c ") == "abc"
