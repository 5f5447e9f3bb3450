"""Strict types: what is not exactly the model's is refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from deckwright.files import codec
from deckwright.model import (
    Failure,
    FailureKind,
    Job,
    Options,
    Record,
    Result,
    SlideMeasurements,
    Statement,
    Unit,
)


def test_a_job_survives() -> None:
    unit = Unit(1, 2, (Statement(1, 2),), "Module()")
    job = Job("a.py", "", (unit,), (), Options(), "cpu", ("torch",))
    assert codec.decode(Job, codec.encode(job)) == job


def test_enums_are_their_values() -> None:
    failure = Failure(FailureKind.TIMEOUT, "after 3 s", statement=2)
    assert codec.encode(failure)["kind"] == "timeout"
    assert codec.decode(Failure, codec.encode(failure)) == failure


def test_sets_are_sorted_lists() -> None:
    assert codec.encode(frozenset({"b", "a"})) == ["a", "b"]
    assert codec.decode(frozenset[str], ["b", "a"]) == frozenset({"a", "b"})


def test_numbers_stay_keys_through_json() -> None:
    measured = SlideMeasurements("a.md", pictures={3: "check/a-3.png"})
    assert codec.decode(SlideMeasurements, json.loads(json.dumps(codec.encode(measured)))) == measured


def test_an_older_record_takes_defaults() -> None:
    data = {"job": "a.py", "key": "k", "parts": {}, "reads": {}, "packages": {}, "seconds": 1}
    assert codec.decode(Record, data) == Record("a.py", "k", {}, {}, {}, 1.0)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (int, True),
        (int, 1.0),
        (float, "1"),
        (str, None),
        (bytes, "not base64!"),
        (FailureKind, "tired"),
        (tuple[int, ...], [1, "2"]),
        (Mapping[str, int], {"a": "b"}),
        (Mapping[int, str], {"a": "b"}),
        (Statement, {"first_line": 1}),
        (Statement, {"first_line": 1, "last_line": 2, "extra": 3}),
        (Result, []),
    ],
)
def test_other_data_is_malformed(kind: type, data: object) -> None:
    with pytest.raises(codec.Malformed):
        codec.decode(kind, data)


def test_other_types_are_not_written() -> None:
    with pytest.raises(codec.Malformed):
        codec.encode(object())


@dataclass(frozen=True)
class Maybe:
    number: int | None = None


def test_optional_fields() -> None:
    assert codec.decode(Maybe, {"number": None}) == Maybe()
    assert codec.decode(Maybe, {"number": 3}) == Maybe(3)
