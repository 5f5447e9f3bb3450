"""The addresses that phones open."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import pytest

from deckwright.present import addresses
from deckwright.present.addresses import public_addresses


def test_addresses_follow_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    networks = iter(["192.168.0.7", "10.1.2.3", "127.0.0.1"])
    monkeypatch.setattr(addresses, "public_host", lambda host: next(networks))
    found = [public_addresses("0.0.0.0", 3326, "secret") for _ in range(3)]
    assert [each.audience.address for each in found] == [
        "http://192.168.0.7:3326/",
        "http://10.1.2.3:3326/",
        "http://127.0.0.1:3326/",
    ]
    assert found[1].remote.address == "http://10.1.2.3:3326/.present/enter/secret"
    assert [each.is_offline for each in found] == [False, False, True]
    assert found[0].audience.picture != found[1].audience.picture
    assert found[0].audience.picture.startswith("data:image/svg+xml")


def test_without_the_package_that_draws_it_there_is_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, *rest: Any) -> Any:
        if name == "segno":
            raise ImportError(name)
        return imported(name, *rest)

    imported = builtins.__import__
    monkeypatch.delitem(sys.modules, "segno", raising=False)
    monkeypatch.setattr(builtins, "__import__", missing)
    audience = public_addresses("192.168.0.7", 3326, "secret").audience
    assert audience.address == "http://192.168.0.7:3326/"
    assert (audience.picture, "deckwright[handout]" in audience.missing) == ("", True)
