"""What a run left, as the outputs of a cell."""

from __future__ import annotations

import base64
import json
import posixpath
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from deckwright.compose.show import raised_text
from deckwright.formats.notebook.pieces import Piece
from deckwright.model import Artifact, Output, Printed, Raised, Result, Rich
from deckwright.text.memory_addresses import without_addresses

Data = dict[str, Any]
"""A part of a notebook, as `nbformat` defines it."""

MEDIA_TYPES: Mapping[str, str] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "apng": "image/apng",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
"""Of pictures, by the suffix of the file."""


def outputs_of(piece: Piece, result: Result, last_statement: int) -> list[Data]:
    """Return what the statements of a piece printed, displayed and drew, and the exception that they assert.

    `last_statement` is that of the script: with it, a picture of the whole script is there.
    """
    found = [each for index in piece.statements for each in _outputs(_output(result, index))]
    if not any(kind.startswith("image/") for each in found for kind in each.get("data", ())):
        found += [_picture(each) for each in _drawn(piece, result, last_statement)]
    return list(_merged(found))


def printed(text: str) -> list[Data]:
    """Return a text as it is printed."""
    return [_stream("stdout", text)] if text.strip() else []


def whole(text: str) -> str:
    """Return a text without halves of surrogate pairs, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def media_type(path: str) -> str:
    """Return the media type of a picture by its name; empty for other files."""
    return MEDIA_TYPES.get(posixpath.splitext(path)[1].lower().removeprefix("."), "")


def _output(result: Result, index: int) -> Output:
    return result.outputs[index] if index < len(result.outputs) else Output()


def _outputs(output: Output) -> Iterator[Data]:
    for part in output.parts:
        if isinstance(part, Printed):
            yield _stream(part.stream, part.text)
        elif isinstance(part, Rich) and (data := _bundle(part)):
            yield {"output_type": "display_data", "data": data, "metadata": {}}
    if output.raised:
        yield _error(output.raised)


def _stream(name: str, text: str) -> Data:
    return {"output_type": "stream", "name": name, "text": whole(without_addresses(text))}


def _error(raised: Raised) -> Data:
    return {
        "output_type": "error",
        "ename": raised.type.rpartition(".")[2],
        "evalue": whole(raised.message),
        "traceback": whole(without_addresses(raised_text(raised))).split("\n"),
    }


def _bundle(rich: Rich) -> Data:
    """Return the forms of a displayed value; those that no slide shows are empty."""
    forms = {kind: _form(kind, text) for kind, text in rich.data.items() if text}
    return {kind: form for kind, form in forms.items() if form is not None}


def _form(kind: str, text: str) -> Any:
    if not kind.endswith("json"):
        return whole(text if kind.startswith("image/") else without_addresses(text))
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _drawn(piece: Piece, result: Result, last_statement: int) -> Iterator[Artifact]:
    for artifact in (each for each in result.artifacts if each.after is None):
        at_end = artifact.cell is None and last_statement in piece.statements
        if media_type(artifact.name) and (
            at_end or (artifact.cell is not None and artifact.cell in piece.cells)
        ):
            yield artifact


def _picture(artifact: Artifact) -> Data:
    kind = media_type(artifact.name)
    is_text = kind == "image/svg+xml"
    data = artifact.data.decode("utf-8", "replace") if is_text else base64.b64encode(artifact.data).decode()
    return {"output_type": "display_data", "data": {kind: data, "text/plain": "<Figure>"}, "metadata": {}}


def _merged(outputs: list[Data]) -> Iterator[Data]:
    """Yield outputs; what is written to one stream without a break is one of them."""
    for name, group in groupby(outputs, lambda each: each.get("name")):
        if name is None:
            yield from group
        else:
            yield {"output_type": "stream", "name": name, "text": "".join(each["text"] for each in group)}
