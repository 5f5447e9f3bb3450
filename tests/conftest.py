"""Options and fixtures that all tests share.

One commit has one verdict: `make test` draws the same random input in every run, in whatever order the tests
run. `make fuzz` draws new input.
"""

from __future__ import annotations

import math
import signal
import sys
import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

from deckwright.child.recording.seccomp import refusal
from deckwright.machine.devices import cores

# Several builds and tests may share two cores: slow is no failure, and --timeout ends what hangs.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
settings.register_profile("project", PATIENT, derandomize=True)
settings.register_profile("fuzz", PATIENT, max_examples=1000)
settings.load_profile("project")

collect_ignore = ["gallery"]
"""A project: its decks would be collected as tests, too."""

LOCAL_CONSTANTS = "hypothesis.internal.conjecture.providers.is_local_module_file"
"""Whether Hypothesis also draws the constants that a loaded module contains."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=10, help="how often test_kill.py kills a build")
    parser.addoption("--hostile", type=int, default=4, help="how many decks test_hostile.py makes")
    parser.addoption("--until", type=float, help="skip the tests that would start after this time (Unix)")
    parser.addoption("--accept", action="store_true", help="rewrite the expected output in tests/golden/")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--hypothesis-profile") != "fuzz":
        # Which modules are loaded depends on the tests that ran before, and so would the input.
        pytest.MonkeyPatch().setattr(LOCAL_CONSTANTS, lambda path: False)


def pytest_xdist_auto_num_workers() -> int:
    """Return a worker more than there are cores: often, one waits for a process or for the clock."""
    return cores() + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let slow and large files start first, so that at the end each worker has a small one left.

    A file with a test that has more time than others is slow, however few tests it has.
    """
    sizes = Counter(item.path for item in items)
    seconds = dict.fromkeys(sizes, 0.0)
    for item in items:
        if marker := item.get_closest_marker("timeout"):
            seconds[item.path] = max(seconds[item.path], marker.args[0])
    items.sort(
        key=lambda item: (not item.get_closest_marker("integration"), -seconds[item.path], -sizes[item.path])
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    # What a script runs in the background ignores interrupts, as does all that it starts; and commands that
    # tests call change how signals are handled.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    if time.time() > (item.config.getoption("--until") or math.inf):
        pytest.skip("the time is over")


@pytest.fixture(autouse=True)
def hooks_are_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that tests call set it."""
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)


@pytest.fixture
def accepting(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of a test that draws random input itself: fixed, unless `--hypothesis-seed` is given."""
    return int(request.config.getoption("--hypothesis-seed") or 0)


@pytest.fixture(params=["kernel", "hooks"])
def recorder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the recorders of what scripts read, if it works here."""
    if request.param == "kernel" and (reason := refusal()):
        pytest.skip(reason)
    monkeypatch.setenv("DECKWRIGHT_RECORDER", request.param)
    name: str = request.param
    return name
