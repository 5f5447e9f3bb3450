"""An audit event for `torch.save`, which opens files in C++ and raises none."""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import Any

from deckwright.child.import_hooks import after_import

_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def install() -> None:
    """Let `torch.save` raise `open`, now or as soon as torch is imported."""
    after_import("torch.serialization", _wrap_writer)


def _wrap_writer(serialization: ModuleType) -> None:
    writer: Any = getattr(serialization, "_open_zipfile_writer_file", None)
    if writer is None:  # this torch may save in another way
        return
    original = writer.__init__

    def init(self: Any, name: Any) -> None:
        sys.audit("open", name, "w", _WRITE)
        original(self, name)

    writer.__init__ = init
