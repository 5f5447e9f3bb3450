"""The simulation of tests/bench, by cases that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.makespan import Costs, ideal, simulate

FREE = Costs(plan=0, send_codec=0, send_dask=0, worker=0, take_codec=0, record=0, store=0)


@pytest.mark.parametrize(
    ("workers", "costs", "expected"),
    [
        (1, FREE, 12),
        (2, FREE, 7),  # 3 + 2 + 2, although 6 is ideal
        (5, FREE, 3),
        (1, replace(FREE, worker=1), 17),
        (5, replace(FREE, plan=1), 5 + 3),
        (5, replace(FREE, send_dask=1), 5 + 2),  # the last one is sent after 5, and takes 2
        (5, replace(FREE, store=10), 2 + 5 * 10),  # the first result comes after 2
    ],
)
def test_the_makespan_of_five_scripts(workers: int, costs: Costs, expected: float) -> None:
    assert simulate([2, 3, 2, 3, 2], workers, costs) == expected


def test_no_schedule_is_below_the_ideal() -> None:
    assert ideal([2, 3, 2, 3, 2], 2) == 6
    assert ideal([1, 1, 9], 3) == 9
