"""Decks that are made while scripts run, in a thread beside the one that takes their results.

When all scripts have ended, the build makes all decks of what is there then; a page that is still right
stays. So what a build leaves does not depend on which decks came early.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from types import TracebackType

from deckwright.build.ready import Draft, Drafts, Progress
from deckwright.errors import DeckwrightError, RenderError

Make = Callable[[Draft, Progress], None]


class EarlyDecks(AbstractContextManager["EarlyDecks"]):
    """Makes decks for as long as its context lasts: one at a time, always from the latest progress.

    What fails is not reported here: the build makes it again.
    """

    def __init__(self, drafts: Drafts, make: Make) -> None:
        self._drafts = drafts
        self._make = make
        self._progress: Progress | None = None
        self._is_over = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="deckwright-early", daemon=True)
        self._fault: BaseException | None = None

    def update(self, progress: Progress) -> None:
        """Take note of how far the runs are; return at once."""
        with self._changed:
            self._progress = progress
            self._changed.notify()
        if progress.left and not self._thread.ident:
            self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify()
        # After Ctrl-C nobody waits for a page: what it is made with ends soon.
        if self._thread.ident and not isinstance(error, KeyboardInterrupt):
            self._thread.join()
        if self._fault and error is None:
            raise self._fault

    def _work(self) -> None:
        made: dict[str, Draft] = {}
        try:
            while work := self._next(made):
                draft, progress = work
                made[draft.deck] = draft
                with suppress(RenderError):
                    self._make(draft, progress)
        except (DeckwrightError, OSError):
            pass  # the build will meet it again, if it lasts
        except BaseException as fault:
            self._fault = fault

    def _next(self, made: dict[str, Draft]) -> tuple[Draft, Progress] | None:
        """Wait for a deck that can be made otherwise than it was; None at the end."""
        with self._changed:
            while not self._is_over:
                if progress := self._progress:
                    for draft in self._drafts.at(progress):
                        if made.get(draft.deck) != draft:
                            return draft, progress
                self._changed.wait()
        return None
