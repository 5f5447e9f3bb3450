"""The lines of a script, for tracebacks, warnings and `inspect`: looking at them raises an audit event."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from deckwright.child.recording.audit_events import TEXT


class OwnLines(list[str]):
    """A list that raises the audit event `deckwright.text` when it is read."""

    def __getitem__(self, at: Any) -> Any:
        sys.audit(TEXT)
        return super().__getitem__(at)

    def __iter__(self) -> Iterator[str]:
        sys.audit(TEXT)
        return super().__iter__()

    def __len__(self) -> int:
        sys.audit(TEXT)
        return super().__len__()
