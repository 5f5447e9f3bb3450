"""What PyTorch saves: it writes files in C++, which raises no audit event, so we raise it."""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import Any

from deckwright.child.import_hooks import after_import

_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def announce() -> None:
    """Let `torch.save` tell of the file that it opens, now or as soon as torch is imported."""
    after_import("torch.serialization", _announce)


def _announce(serialization: ModuleType) -> None:
    writer: Any = getattr(serialization, "_open_zipfile_writer_file", None)
    if writer is None:  # another torch, which may do otherwise
        return
    original = writer.__init__

    def init(self: Any, name: Any) -> None:
        sys.audit("open", name, "w", _ANEW)
        original(self, name)

    writer.__init__ = init
