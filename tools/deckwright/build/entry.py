"""The entry to a build: the last one is repeated where nothing changed, before anything else is imported."""

from __future__ import annotations

import time

from deckwright.build.context import Context
from deckwright.build.replay import emit_end, last_build, repeated
from deckwright.model import Report


def build_or_replay(context: Context) -> Report:
    """Build, or give the last build's report again where a build today would only repeat it."""
    started = time.monotonic()
    last = last_build(context)
    if last and not last.changed:
        return emit_end(repeated(last, time.monotonic() - started), context.emit)
    from deckwright.build.pipeline import build  # what it needs takes longer to import than to replay

    return build(context, last)
