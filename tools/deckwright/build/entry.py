"""The entry to a build: the last one is repeated where nothing changed, before anything else is imported."""

from __future__ import annotations

import time
from dataclasses import replace

from deckwright.build.context import Context
from deckwright.build.replay import emit_end, last_build, repeated
from deckwright.model import Report


def build_or_replay(context: Context) -> Report:
    """Build, or give the last build's report again where a build today would only repeat it."""
    started = time.monotonic()
    last = last_build(context)
    if last and not last.changed:
        return emit_end(repeated(last, time.monotonic() - started), context.emit)
    with context.ports.renderer() as renderer:
        if last and any(deck.path in last.changed for deck in last.record.report.decks):
            # They warm up while we import what takes longer than to replay.
            renderer.start(context.needs_browser)
        from deckwright.build.pipeline import build

        return build(replace(context, ports=context.ports.rendering_by(renderer)), last)
