"""Frozen dataclasses to JSON-like values and back, with strict types.

`decode(type, encode(value)) == value` for every stored value: results, records, evidence, reports.
Not msgspec or cattrs: they take 45 to 60 ms to import, which a build with nothing to do would feel, and
msgspec turns NaN into null and refuses the lone surrogates that a script may print.
"""

from __future__ import annotations

import base64
import types
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Decoder = Callable[[Any], Any]
Encoder = Callable[[Any], Any]


class Malformed(ValueError):
    """Data that does not fit its type."""


def encode(value: Any) -> Any:
    """Return a value that `json` can write; bytes become base64, dataclasses objects."""
    return _encoder(cast(Any, type(value)))(value)


@cache
def _encoder(kind: Any) -> Encoder:
    """Return the encoder of the values of a type, found once."""
    if issubclass(kind, Enum):
        return lambda value: value.value
    if kind is type(None) or issubclass(kind, bool | int | float | str):
        return lambda value: value
    if issubclass(kind, bytes):
        return lambda value: base64.b64encode(value).decode("ascii")
    if issubclass(kind, Mapping):
        return lambda value: {name: encode(item) for name, item in value.items()}
    if issubclass(kind, set | frozenset):
        return lambda value: [encode(item) for item in sorted(value)]
    if issubclass(kind, list | tuple):
        return lambda value: [encode(item) for item in value]
    if is_dataclass(kind):
        names = [field.name for field in fields(kind)]
        return lambda value: {name: encode(getattr(value, name)) for name in names}
    raise Malformed(f"cannot write {kind.__name__}")


def decode(kind: type[T], data: Any) -> T:
    """Return the value of `kind` that `data` encodes; raises `Malformed`."""
    return cast(T, _decoder(cast(Any, kind))(data))


@cache
def _decoder(kind: Any) -> Decoder:
    """Return the decoder of a type, built once: its annotations are slow to resolve."""
    origin, arguments = get_origin(kind) or kind, get_args(kind)
    if origin is Any:
        return lambda data: data
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin in (tuple, frozenset):
        return _sequence(_decoder(arguments[0]), origin)
    if origin is Mapping:
        # JSON has only texts as keys.
        return _mapping(_parsed(int) if arguments[0] is int else str, _decoder(arguments[1]))
    if is_dataclass(origin):
        return _dataclass(origin)
    return _scalar(origin)


def _union(arguments: tuple[Any, ...]) -> Decoder:
    """Return a decoder to the first kind that fits: the fields of dataclasses must tell them apart."""
    *others, last = [_decoder(argument) for argument in arguments if argument is not type(None)]

    def decoder(data: Any) -> Any:
        if data is None and type(None) in arguments:
            return None
        for other in others:
            with suppress(Malformed):
                return other(data)
        return last(data)

    return decoder


def _sequence(item: Decoder, build: Callable[[list[Any]], Any]) -> Decoder:
    return lambda data: build([item(each) for each in _checked(data, list)])


def _mapping(name: Decoder, item: Decoder) -> Decoder:
    return lambda data: {name(key): item(each) for key, each in _checked(data, dict).items()}


def _dataclass(kind: Any) -> Decoder:
    hints = get_type_hints(kind)
    decoders = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    required = {
        field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING
    }

    def decoder(data: Any) -> Any:
        names = _checked(data, dict).keys()
        if not required <= names <= decoders.keys():
            raise Malformed(f"{kind.__name__} has other fields")
        return kind(**{name: decoders[name](item) for name, item in data.items()})

    return decoder


def _scalar(kind: Any) -> Decoder:
    if kind is bytes:
        return _parsed(_from_base64)
    if kind is float:
        return lambda data: float(_checked(data, int if isinstance(data, int) else float))
    if issubclass(kind, Enum):
        return _parsed(kind)
    return lambda data: _checked(data, kind)


def _from_base64(data: Any) -> bytes:
    return base64.b64decode(_checked(data, str), validate=True)


def _parsed(parse: Decoder) -> Decoder:
    def decoder(data: Any) -> Any:
        try:
            return parse(data)
        except ValueError as error:
            raise Malformed(str(error)) from error

    return decoder


def _checked(data: Any, kind: type[T]) -> T:
    # Exactly the type: `True` is no int.
    if type(data) is not kind:
        raise Malformed(f"{type(data).__name__} where {kind.__name__} belongs")
    return data
