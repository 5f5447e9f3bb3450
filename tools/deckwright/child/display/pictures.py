"""Pictures that other libraries than matplotlib make: of a displayed value, or in a script's own file."""

from __future__ import annotations

import base64
import io
import os
import stat
import sys
from collections.abc import Callable, Mapping
from os import lstat as _lstat  # the original, which raises no event of ours
from typing import Any

from deckwright.child.display.picture_limit import PictureLimit, check_pixels
from deckwright.child.recording import read_log
from deckwright.child.recording.announce import OURS, announce

_METHODS = {
    "svg": ("_repr_svg_", "image/svg+xml"),
    "png": ("_repr_png_", "image/png"),
    "jpg": ("_repr_jpeg_", "image/jpeg"),
    "jpeg": ("_repr_jpeg_", "image/jpeg"),
}
"""By suffix, the method by which notebooks get a picture of a value, and its media type."""

_PILLOW = {"png": "PNG", "apng": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}
_JPEG_MODES = ("L", "RGB", "CMYK")

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_IS_KIND: Mapping[str, Callable[[bytes], bool]] = {
    "svg": lambda data: b"<svg" in data,
    "png": lambda data: data.startswith(_PNG),
    "apng": lambda data: data.startswith(_PNG),
    "jpg": lambda data: data.startswith(_JPEG),
    "jpeg": lambda data: data.startswith(_JPEG),
    "gif": lambda data: data.startswith((b"GIF87a", b"GIF89a")),
    "webp": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP",
}

Stamp = tuple[int, int, int, int]


def is_picture(data: bytes, suffix: str) -> bool:
    """Whether data begins as a picture of this kind does."""
    return _IS_KIND[suffix](data)


def has_picture(value: object) -> bool:
    """Whether a value may have the form of a picture."""
    methods = ("_repr_mimebundle_", *(method for method, _ in _METHODS.values()))
    return not issubclass(type(value), type) and any(hasattr(type(value), method) for method in methods)


def picture_of(value: object, suffix: str) -> bytes | None:
    """Return a value as a picture of a kind; None if it has no such form. Raises TooLarge."""
    if _is_pillow_image(value):
        return _pillow_picture(value, suffix)
    try:
        data = _form(value, *_METHODS[suffix]) if suffix in _METHODS else None
        found = _as_bytes(data, suffix)
    except Exception:  # a fault of the value's method
        return None
    return found if found and is_picture(found, suffix) else None


def stamp_of(path: str) -> Stamp | None:
    """Return what tells whether a file is written from now on; None where there is none."""
    announce(OURS)
    try:
        return read_log.stamp_of(_lstat(path))
    except OSError:
        return None


def written_since(path: str, before: Stamp | None, limit: PictureLimit) -> bytes | None:
    """Return the content of a file if it was written since; None if not, and for what is not a file.

    Raises TooLarge for one that is larger than it may be.
    """
    if stamp_of(path) in (None, before):
        return None  # without a look into it, which would make it an input of the run
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with open(file, "rb") as stream:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode) or read_log.stamp_of(status) == before:
            return None
        limit.check(status.st_size)
        return stream.read(limit.left)


def _form(value: object, method: str, media_type: str) -> Any:
    """Return what a notebook gets of a value: from its own method, or among all its forms."""
    own = getattr(type(value), method, None)
    data = own(value) if callable(own) else None
    every = getattr(type(value), "_repr_mimebundle_", None)
    if data is None and callable(every):
        forms = every(value, include={media_type})
        forms = forms[0] if isinstance(forms, tuple) else forms
        data = forms.get(media_type) if isinstance(forms, Mapping) else None
    return data[0] if isinstance(data, tuple) and data else data  # beside it, there may be metadata


def _as_bytes(data: object, suffix: str) -> bytes | None:
    """Return a form as bytes; raises ValueError for a text that cannot be a picture."""
    if isinstance(data, str):
        return data.encode("utf-8") if suffix == "svg" else base64.b64decode(data)
    return bytes(data) if isinstance(data, bytes | bytearray) else None


def _is_pillow_image(value: object) -> bool:
    module = sys.modules.get("PIL.Image")
    return module is not None and issubclass(type(value), module.Image)


def _pillow_picture(image: Any, suffix: str) -> bytes | None:
    if suffix not in _PILLOW:
        return None
    kind, buffer = _PILLOW[suffix], io.BytesIO()
    width, height = image.size
    check_pixels(width, height, getattr(image, "n_frames", 1))
    if kind == "JPEG" and image.mode not in _JPEG_MODES:
        image = image.convert("RGB")
    image.save(buffer, kind, save_all=kind != "JPEG" and getattr(image, "is_animated", False))
    return buffer.getvalue()
