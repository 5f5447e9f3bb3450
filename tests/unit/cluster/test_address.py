from __future__ import annotations

import pytest

from deckwright.cluster.address import cluster_warnings, parse_address
from deckwright.errors import ConfigError
from deckwright.project.settings import ClusterSettings


@pytest.mark.parametrize(
    ("text", "is_running", "is_queue"),
    [
        ("tcp://10.0.0.1:8786", True, False),
        ("tls://head.example.org:8786", True, False),
        ("tcp://[::1]:8786", True, False),
        ("local", False, False),
        ("slurm", False, True),
        ("htcondor", False, True),
    ],
)
def test_an_address_is_a_scheduler_or_what_starts_one(text: str, is_running: bool, is_queue: bool) -> None:
    address = parse_address(text)
    assert address is not None
    assert (address.is_running, address.is_queue) == (is_running, is_queue)


@pytest.mark.parametrize("text", ["", "none"])
def test_there_may_be_no_cluster(text: str) -> None:
    assert parse_address(text) is None


@pytest.mark.parametrize("text", ["tcp://host", "http://host:80", "Slurm", "host:8786", "tcp://:1"])
def test_another_address_is_an_error_that_names_those_that_are_known(text: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_address(text)
    assert text in error.value.message
    assert "tls://HOST:PORT" in error.value.hint


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("tcp://10.0.0.1:8786", True),
        ("tcp://head:8786", True),
        ("tcp://127.0.0.1:8786", False),
        ("tcp://localhost:8786", False),
        ("tcp://[::1]:8786", False),
        ("tls://10.0.0.1:8786", False),
        ("slurm", True),
        ("local", False),
        ("", False),
    ],
)
def test_a_port_that_others_reach_without_encryption_is_said(address: str, is_open: bool) -> None:
    assert bool(list(cluster_warnings(ClusterSettings(address=address)))) == is_open
