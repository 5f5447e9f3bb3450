"""The site of a small build folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.site import DECKS, Ask, asker, make_build


@pytest.fixture
def build(tmp_path: Path) -> Path:
    return make_build(tmp_path)


@pytest.fixture
def ask(build: Path) -> Ask:
    return asker(build, DECKS)
