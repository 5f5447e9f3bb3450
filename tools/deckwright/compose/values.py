"""The values of a script as Python has them, from the JSON that its process wrote (`child/values.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deckwright.frozen import dataclass


class OwnText(ValueError):
    """An object prints itself by code of its author's, which runs only in the script."""


@dataclass(frozen=True, slots=True)
class Record:
    """A namedtuple, a dataclass or a namespace: it prints as Python prints it, and has fields."""

    type: str
    """Its name before the parentheses; empty where its class prints it in a way of its own."""
    fields: Mapping[str, Any]
    hidden: frozenset[str]
    """Names of fields that are not printed."""
    is_tuple: bool

    def __repr__(self) -> str:
        if not self.type:
            raise OwnText(
                "its class has a `__repr__` of its own: name a field, or a text that the script makes"
            )
        shown = (f"{name}={value!r}" for name, value in self.fields.items() if name not in self.hidden)
        return f"{self.type}({', '.join(shown)})"

    def __getitem__(self, key: str | int) -> Any:
        if isinstance(key, str):
            return self.fields[key]
        if not self.is_tuple:
            raise TypeError(f"{self.type} has no numbered items")
        return list(self.fields.values())[key]


class NarrowFloat(float):
    """A number of NumPy with 16 or 32 bits: without a format it prints as NumPy prints it."""

    text: str

    def __new__(cls, value: float, text: str) -> NarrowFloat:
        number = super().__new__(cls, value)
        number.text = text
        return number

    def __repr__(self) -> str:
        return self.text


def python_value(data: Any) -> Any:
    """Return the value that JSON describes."""
    match data:
        case list():
            return [python_value(item) for item in data]
        case {"float": value, "text": text}:
            return NarrowFloat(value, text)
        case {"tuple": items}:
            return tuple(python_value(item) for item in items)
        case {"dict": items}:
            return {key: python_value(item) for key, item in items}
        case {"record": name, "fields": fields, "hidden": hidden, "is_tuple": is_tuple}:
            values = {field: python_value(item) for field, item in fields}
            return Record(name, values, frozenset(hidden), is_tuple)
        case _:
            return data


def item_of(value: Any, key: str) -> Any:
    """Return the item or field of a value that a path names; raises LookupError, TypeError or ValueError."""
    if isinstance(value, list | tuple):
        return value[int(key)]
    if isinstance(value, Record):
        return value[int(key) if key.lstrip("-").isdigit() else key]
    if isinstance(value, dict):
        return {str(name): item for name, item in value.items()}[key.strip("'\"")]
    raise TypeError(f"{value!r} has no items")
