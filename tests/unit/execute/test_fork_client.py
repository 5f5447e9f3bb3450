"""The client of the fork server."""

from __future__ import annotations

import pytest

from deckwright.execute.fork_client import Pulse


@pytest.mark.parametrize("answers", [True, False])
def test_a_recorder_that_does_not_answer_for_long_does_not_live(answers: bool) -> None:
    pulse = Pulse()
    try:
        alive = []
        for now in (100.0, 105.0, 129.0, 131.0, 140.0):
            alive.append(pulse.beats(now))
            if answers:
                pulse.theirs.send(pulse.theirs.recv(64))
        assert alive == ([True] * 5 if answers else [True, True, True, False, False])
    finally:
        pulse.theirs.close()
        pulse.close()
