"""What a run left, as a notebook has it."""

from __future__ import annotations

from typing import Any

import pytest

from deckwright.formats.notebook.outputs import outputs_of, whole
from deckwright.formats.notebook.pieces import Piece
from deckwright.model import Artifact, Frame, Output, Part, Printed, Raised, Result, Rich, Unshown

PIECE = Piece("", range(2), cells=(0,))
PNG, GIF, SVG = b"\x89PNG\r\n\x1a\n", b"GIF89a", b"<svg/>"


def left_by(*outputs: Output, artifacts: tuple[Artifact, ...] = (), last: int = 5) -> list[dict[str, Any]]:
    return outputs_of(PIECE, Result("a", "cpu", 0.1, outputs, artifacts=artifacts), last)


def stream(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def displayed(**data: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data["data"], "metadata": {}}


@pytest.mark.parametrize(
    ("parts", "outputs"),
    [
        ([Printed("stdout", "a\n"), Printed("stdout", "b\n")], [stream("stdout", "a\nb\n")]),
        (
            [Printed("stdout", "a"), Printed("stderr", "e"), Printed("stdout", "b")],
            [stream("stdout", "a"), stream("stderr", "e"), stream("stdout", "b")],
        ),
        ([Printed("stdout", "<f at 0x7f00deadbeef>\n")], [stream("stdout", "<f>\n")]),
        ([Printed("stdout", "\ud83d")], [stream("stdout", "?")]),
        ([Rich({"text/plain": "1", "text/html": ""})], [displayed(data={"text/plain": "1"})]),
        (
            [Rich({"application/vnd.vegalite.v5+json": '{"a": 1}'})],
            [displayed(data={"application/vnd.vegalite.v5+json": {"a": 1}})],
        ),
        ([Rich({"application/json": '{"cut'})], []),
        ([Rich({"image/png": "iVBORw0KGgo="})], [displayed(data={"image/png": "iVBORw0KGgo="})]),
        ([Unshown("1\n"), Rich({"text/plain": "1"})], [displayed(data={"text/plain": "1"})]),
    ],
)
def test_parts(parts: list[Part], outputs: list[dict[str, Any]]) -> None:
    assert left_by(Output(tuple(parts))) == outputs


def test_what_several_statements_print_is_one_output() -> None:
    printed = [Output((Printed("stdout", text),)) for text in ("a\n", "b\n", "not in this piece")]
    assert left_by(*printed) == [stream("stdout", "a\nb\n")]


def test_an_exception() -> None:
    raised = Raised("pkg.MyError", "no", (Frame("snippets/a.py", 3, "<module>", "f(1)"),))
    assert left_by(Output((Printed("stdout", "a\n"),), raised)) == [
        stream("stdout", "a\n"),
        {"output_type": "error", "ename": "MyError", "evalue": "no", "traceback": ["f(1)", "MyError: no"]},
    ]


@pytest.mark.parametrize(
    ("artifact", "last", "forms"),
    [
        (Artifact("a.svg", SVG, 0), 5, {"image/svg+xml": "<svg/>"}),
        (Artifact("a.png", PNG, 0), 5, {"image/png": "iVBORw0KGgo="}),
        (Artifact("a.gif", GIF, 0), 5, {"image/gif": "R0lGODlh"}),
        (Artifact("a.svg", SVG, 1), 5, {}),
        (Artifact("a.svg", SVG), 1, {"image/svg+xml": "<svg/>"}),
        (Artifact("a.svg", SVG), 5, {}),
        (Artifact("a.mp4", b"", 0), 5, {}),
    ],
)
def test_pictures_are_where_they_are_drawn(artifact: Artifact, last: int, forms: dict[str, str]) -> None:
    found = [each["data"] for each in left_by(artifacts=(artifact,), last=last)]
    assert found == ([{**forms, "text/plain": "<Figure>"}] if forms else [])


def test_a_figure_that_is_displayed_is_there_once() -> None:
    shown = Output((Rich({"image/svg+xml": "<svg/>", "text/plain": "<Figure>"}),))
    assert len(left_by(shown, artifacts=(Artifact("a.svg", SVG, 0),))) == 1


def test_half_of_a_surrogate_pair_can_be_in_no_file() -> None:
    assert whole("a\ud83db") == "a?b"
