"""The modules of the editor, as the server sends them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deckwright.present import editor


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        ("import { a } from '@codemirror/view';", "import { a } from '/x/@codemirror/view';"),
        ("import 'crelt'", "import '/x/crelt'"),
        ('export { b } from "@lezer/lr"', 'export { b } from "/x/@lezer/lr"'),
        ("import { c } from './own.js'", "import { c } from './own.js'"),
        ("import { c } from 'unknown'", "import { c } from 'unknown'"),
        ("Array.from('crelt')", "Array.from('crelt')"),
        ("$from 'crelt'", "$from 'crelt'"),
    ],
)
def test_packages_are_imported_by_their_addresses(code: str, sent: str) -> None:
    assert editor._with_addresses(code, "/x") == sent


def test_the_lock_has_what_the_page_imports() -> None:
    page = Path(editor.__file__).parent / "page/codemirror.mjs"
    wanted = {
        line.partition("/editor/")[2].rstrip("'")
        for line in page.read_text().splitlines()
        if "/editor/" in line
    }
    assert wanted <= editor._names()
    manifest = json.loads((Path(editor.__file__).parent / "editor/package.json").read_text())
    assert wanted == manifest["dependencies"].keys()
    assert all(version[0].isdigit() for version in manifest["dependencies"].values())
