"""Addresses: what is relative, what is remote, and which file is named."""

import pytest

from deckwright.text.addresses import file_of, is_relative, is_remote


@pytest.mark.parametrize("address", ["a.png", "../a%20b.png?x=1#y", "./图.svg", "1:2.png"])
def test_a_relative_address(address: str) -> None:
    assert is_relative(address)
    assert not is_remote(address)


@pytest.mark.parametrize("address", ["http://a.org/b.png", "HTTPS://a.org", "//a.org/b.png", "ftp://a.org/b"])
def test_an_address_on_the_network(address: str) -> None:
    assert is_remote(address)
    assert not is_relative(address)


@pytest.mark.parametrize(
    "address", ["", "#part", "?x", "/root/a.png", "data:image/png;base64,AA", "file:///a.png", "http://["]
)
def test_neither_relative_nor_remote(address: str) -> None:
    assert not is_relative(address)
    assert not is_remote(address)


def test_the_file_of_an_address() -> None:
    assert file_of("../a%20b.png?x=1#y") == "../a b.png"
    assert file_of("file:///a.png") == "/a.png"
    assert file_of("http://[") == ""
