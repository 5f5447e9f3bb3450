"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

# Several builds and tests may share two cores: slow is no failure, and --timeout ends what hangs.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=10, help="how often test_kill.py kills a build")
    parser.addoption("--hostile", type=int, default=4, help="how many decks test_hostile.py makes")
    parser.addoption("--accept", action="store_true", help="rewrite the expected output in tests/golden/")


@pytest.fixture
def accepting(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))
