"""What travels to a worker and back, as bytes in our own codec: nothing of it is code."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import field
from typing import TypeVar

from deckwright.files.codec import decode, encode
from deckwright.frozen import dataclass
from deckwright.model import FigureFonts, Job, Result

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Session:
    """What all assignments of one build have in common."""

    name: str
    root: str
    """The project's folder on the machine that plans."""
    mark: str
    """A file in that folder which holds the name: a worker that sees it shares the folder."""
    threads: int
    """For each job, as on the machine that plans: sums of floats depend on their number."""
    python: str
    """`Environment.python`: Python, its settings, and our own code."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A job for a worker."""

    session: Session
    job: Job
    packages: Mapping[str, str]
    """Versions of what the jobs of the build import, by distribution."""
    contents: Mapping[str, str] = field(default_factory=dict)
    """Digests of the project's files that it needs, by path; `ABSENT` for one that must not be there."""
    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The names in the folders that it lists, by path."""
    fonts: Mapping[str, str] = field(default_factory=dict)
    """Digests of the files of fonts that all figures may use, by path."""
    figure_fonts: FigureFonts = field(default_factory=FigureFonts)
    """Those that only its figures get."""
    fonts_besides: Mapping[str, str] = field(default_factory=dict)
    """Digests of their files, by path."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker says of an assignment: one of the first three is there."""

    worker: str
    """Its address."""
    host: str
    """The name of its machine."""
    result: Result | None = None
    refused: str = ""
    """Why it cannot run the project's scripts, in words."""
    lacks: tuple[str, ...] = ()
    """Digests of contents that it must be sent first."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Of all that the run read, as it was there. The name of the session is the salt of variables."""
    packages: Mapping[str, str] = field(default_factory=dict)
    """Versions of what the run imported, by distribution."""
    cards: Mapping[str, str] = field(default_factory=dict)
    """Models and driver of the worker's GPUs, as versions of packages."""
    is_copy: bool = False
    """Whether it does not share the project's folder, and has a copy."""
    written: Mapping[str, str] = field(default_factory=dict)
    """Digests of the files of a copy that the run wrote."""


def pack(value: Session | Assignment | Reply) -> bytes:
    return zlib.compress(json.dumps(encode(value), separators=(",", ":")).encode("utf-8", "surrogatepass"))


def unpack(kind: type[T], data: bytes) -> T:
    return decode(kind, json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass")))
