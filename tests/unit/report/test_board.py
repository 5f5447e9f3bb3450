"""Events in, the lines of a live display out."""

from functools import reduce

import pytest

from deckwright.model import Event, FailureKind, Status, events
from deckwright.report.board import MOST_RUNNING, Board
from deckwright.report.excerpt import columns

LAST = {"snippets/train.py": 10.0, "snippets/b.py": 4.0, "snippets/新.py": None}


def board(*happened: tuple[float, Event]) -> Board:
    planned = events.Planned(9, 3, LAST)
    return reduce(lambda now, each: now.after(each[1], each[0]), happened, Board().after(planned, 0))


def started(name: str) -> Event:
    return events.Started(name, LAST.get(name), "cpu")


def finished(name: str, status: Status | FailureKind = Status.OK) -> Event:
    return events.Finished(name, status, 1.0)


def test_before_the_first_script() -> None:
    bar, below = board().lines(1.0, 60)
    assert bar.endswith(" 0/3, 14 s left")
    assert below == "  starting Python"


def test_what_runs_what_is_next_and_what_is_left() -> None:
    now = board((1, started("snippets/train.py")), (2, started("snippets/b.py")))
    assert now.lines(4.0, 60)[0].endswith(" 0/3, 7.0 s left")
    assert now.lines(4.0, 60)[1:] == [
        "▸ snippets/train.py  3.0 s of 10 s",
        "▸ snippets/b.py  2.0 s of 4.0 s",
        "  next snippets/新.py",
    ]


def test_what_an_earlier_build_started_has_been_running_since_then() -> None:
    now = board((3, events.Started("snippets/train.py", 10.0, "cpu", 4.0)))
    assert now.lines(4.0, 60)[1] == "▸ snippets/train.py  5.0 s of 10 s"


def test_the_fence_of_a_plain_deck_that_runs() -> None:
    now = Board().after(events.Trying("slides/a.md"), 0.0)
    now = now.after(events.Trying("slides/a.md", "line 12: while True:"), 1.0)
    assert now.lines(4.0, 60) == ["▸ slides/a.md, line 12: while True:  3.0 s"]
    assert now.lines(4.0, 30) == ["▸ slides/a.md, line 12…  3.0 s"]


def test_what_failed_is_counted() -> None:
    ended = [(2, finished(name, FailureKind.RAISED)) for name in list(LAST)[:2]]
    now = board(*ended, (3, started("snippets/新.py")))
    assert now.lines(5.0, 60) == [
        f"{'━' * 26}{'─' * 14} 2/3, 2 failed",
        "▸ snippets/新.py  2.0 s",
    ]


def test_when_all_ran_the_bar_goes() -> None:
    ended = [(2, finished(name)) for name in LAST]
    assert board(*ended).lines(3.0, 60) == []
    rendering = (3, events.Rendering("slides/a.md"))
    assert board(*ended, rendering).lines(4.5, 60) == ["▸ slides/a.md  1.5 s"]
    rendered = events.Rendered("slides/a.md", 3, 0, 1.0)
    assert board(*ended, rendering, (4, rendered)).lines(4.5, 60) == []


def test_a_deck_is_made_while_a_script_of_the_same_name_runs() -> None:
    """The `exec` fences of a deck are a script that has its path."""
    script = "slides/a.md"
    begun = (1, started(script)), (2, events.Rendering(script))
    rendered = (3, events.Rendered(script, 3, 0, 1.0))
    assert board(*begun).lines(4.0, 60)[1:3] == ["▸ slides/a.md  3.0 s", "▸ slides/a.md  2.0 s"]
    assert board(*begun, rendered).lines(4.0, 60)[1] == "▸ slides/a.md  3.0 s"
    assert board(*begun, (3, finished(script))).lines(4.0, 60)[1] == "▸ slides/a.md  2.0 s"


def test_a_deck_that_is_made_shortens_no_time() -> None:
    """What is left is shared out to the scripts that run at once."""
    begun = [(0, started(name)) for name in list(LAST)[:2]]
    alone = board(*begun).left_seconds(1.0)
    decks = [(0, events.Rendering(f"slides/{name}.md")) for name in "abc"]
    assert board(*begun, *decks).left_seconds(1.0) == alone


def test_many_are_counted() -> None:
    now = board(*[(1, started(f"snippets/{n}.py")) for n in range(MOST_RUNNING + 2)])
    assert "  and 2 more" in now.lines(2.0, 60)


@pytest.mark.parametrize("width", [24, 40, 80])
def test_no_line_is_too_wide(width: int) -> None:
    long = "snippets/一个名字很长的训练脚本_" + "x" * 80 + ".py"
    now = board((1, started(long)), (1, finished("snippets/b.py", FailureKind.RAISED)))
    assert all(columns(line) <= width for line in now.lines(2.0, width))


def test_other_events_change_nothing() -> None:
    assert board((1, events.Done(True, 1.0))) == board()
