"""Which recorder is in force, and why."""

from __future__ import annotations

import pytest

from deckwright.child.recording.seccomp import refusal
from deckwright.errors import ConfigError
from deckwright.execute.recorders import Recorder, recorder_in_force


def test_the_kernel_records_where_it_can() -> None:
    assert recorder_in_force({}) == Recorder(not refusal(), refusal())


def test_the_author_may_choose_hooks() -> None:
    recorder = recorder_in_force({"DECKWRIGHT_RECORDER": "hooks"})
    assert str(recorder) == "Python's audit hooks (DECKWRIGHT_RECORDER is hooks)"


def test_a_name_of_no_recorder() -> None:
    with pytest.raises(ConfigError, match="DECKWRIGHT_RECORDER is 'strace'"):
        recorder_in_force({"DECKWRIGHT_RECORDER": "strace"})


@pytest.mark.skipif(bool(refusal()), reason=refusal())
def test_the_author_may_ask_for_the_kernel() -> None:
    assert str(recorder_in_force({"DECKWRIGHT_RECORDER": "kernel"})) == "the kernel"
