"""`dataclass` as in the standard library, with frozen classes that are made in a tenth of the time.

The standard one writes and compiles six functions for each class. A command makes some 200 classes before it
does anything, which was a third of a build with nothing to do. Here frozen classes share these functions,
but for `__init__`, which is compiled when the first value of a class is made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        """Make a class a dataclass."""
        if cls is None:
            return lambda cls: dataclass(cls, frozen=frozen, slots=slots, eq=eq)
        if frozen:
            return _frozen(cls, slots, eq)
        return dataclasses.dataclass(slots=slots, eq=eq)(cls)


def _frozen(cls: type, slots: bool, eq: bool) -> Any:
    shared = _OF_FROZEN | (_OF_EQUAL if eq else {})
    missing = {name: function for name, function in shared.items() if name not in vars(cls)}
    # Without one, the standard library writes one from the signature, slowly.
    cls.__doc__ = cls.__doc__ or cls.__name__
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    for name, function in missing.items():
        setattr(made, name, function)

    def compiled_first(self: Any, *arguments: Any, **named: Any) -> None:
        made.__init__ = _init_of(made)
        made.__init__(self, *arguments, **named)

    made.__init__ = compiled_first
    return made


def _init_of(cls: Any) -> Any:
    """Return `__init__` of a frozen class."""
    names: dict[str, Any] = {"_set": object.__setattr__, "_missing": dataclasses.MISSING}
    parameters, lines = ["self"], []
    for field in dataclasses.fields(cls):
        parameter = value = field.name
        if field.default_factory is not dataclasses.MISSING:
            names[f"_new_{field.name}"] = field.default_factory
            parameter += "=_missing"
            value = f"_new_{field.name}() if {field.name} is _missing else {field.name}"
        elif field.default is not dataclasses.MISSING:
            names[f"_default_{field.name}"] = field.default
            parameter += f"=_default_{field.name}"
        parameters.append(parameter)
        lines.append(f"_set(self, {field.name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"]), names)
    names["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"  # for messages about arguments
    return names["__init__"]


@cache
def _comparison_key(cls: Any) -> Callable[[Any], Any]:
    """Return what returns of a value what makes it equal to another."""
    names = [field.name for field in dataclasses.fields(cls) if field.compare]
    return attrgetter(*names) if names else lambda value: ()


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    key = _comparison_key(self.__class__)
    return key(self) == key(other)


def _hash_of_fields(self: Any) -> int:
    return hash(_comparison_key(self.__class__)(self))


def _repr(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _setattr(self: Any, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_OF_FROZEN = {
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
_OF_EQUAL = {"__eq__": _eq, "__hash__": _hash_of_fields}
