"""Files that are shown as pictures: why a browser cannot show one, as far as its bytes say."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

_SHOWN = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG"),
    (re.compile(rb"\xff\xd8\xff"), "JPEG"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
    (re.compile(rb"RIFF....WEBP", re.S), "WebP"),
    (re.compile(rb"BM"), "BMP"),
    (re.compile(rb"\0\0[\1\2]\0"), "icon"),
    (re.compile(rb"....ftypavi[fs]", re.S), "AVIF"),
)
"""How the formats begin that browsers show."""

_NOT_SHOWN = (
    (re.compile(rb"version https://git-lfs"), "a pointer of Git LFS: run `git lfs pull`"),
    (
        re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.I),
        "a page in HTML: download the picture itself",
    ),
    (re.compile(rb"II\*\0|MM\0\*"), "a TIFF, which browsers do not show"),
    (re.compile(rb"....ftyp(?:hei|hev|mif1|msf1)", re.S), "a HEIC, which browsers do not show"),
    (re.compile(rb"....ftyp|\x1aE\xdf\xa3", re.S), 'a video: write <video src="…">'),
    (re.compile(rb"%PDF"), "a PDF, which browsers do not show as a picture"),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), "an EPS, which browsers do not show"),
    (re.compile(rb"8BPS"), "a file of Photoshop, which browsers do not show"),
    (re.compile(rb"\xff\x0a|\0\0\0\x0cJXL "), "a JPEG XL, which few browsers show"),
    (re.compile(rb"\0\0\0\x0cjP  "), "a JPEG 2000, which browsers do not show"),
    (re.compile(rb"\x1f\x8b"), "compressed: browsers show an SVG only as it is"),
)
"""How others begin, and what they are."""

LARGEST = 256 * 2**20
"""Bytes of the largest picture that a page takes."""
_BEGINNING = 2**20
_SVG_ROOT = "http://www.w3.org/2000/svg svg"
_SVG_START = re.compile(
    rb"\s*(?:<\?xml\b.*?\?>|<!--.*?-->|<!DOCTYPE\b[^\[>]*(?:\[.*?\])?\s*>|\s+)*<svg\b", re.S
)
_FONT = re.compile(rb"wOF[F2]|OTTO|true|ttcf|\x00\x01\x00\x00")
_PNG_END = b"IEND"


def trouble_with(path: Path) -> str:
    """Return what is wrong with a picture, such as "is empty"; empty if nothing is known to be."""
    status = path.stat()
    return _trouble(path, status.st_mtime_ns, status.st_size)


def is_picture(path: Path) -> bool:
    """Whether a file holds a picture, perhaps a damaged one: nothing else is embedded as one."""
    status = path.stat()
    return _is_picture(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=512)
def _is_picture(path: Path, _changed: int, size_bytes: int) -> bool:
    if not 0 < size_bytes <= LARGEST:
        return False
    data = _beginning(path)
    return _is_shown(data) or bool(_SVG_START.match(_without_mark(data))) or _holds_svg(path)


def is_font(path: Path) -> bool:
    """Whether a file begins as fonts do."""
    return bool(_FONT.match(_beginning(path)))


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_BEGINNING)


def _is_shown(data: bytes) -> bool:
    return any(pattern.match(data) for pattern, _ in _SHOWN)


def _holds_svg(path: Path) -> bool:
    """Whether a file is an SVG that does not begin as most do."""
    return path.suffix.lower() == ".svg" and not _trouble_with_svg(path.read_bytes())


@lru_cache(maxsize=512)
def _trouble(path: Path, _changed: int, size_bytes: int) -> str:
    if not size_bytes:
        return "is empty"
    if size_bytes > LARGEST:
        return f"has more than {LARGEST // 2**20} MiB"
    data, suffix = path.read_bytes(), path.suffix.lower()
    shown = next((name for pattern, name in _SHOWN if pattern.match(data)), "")
    if shown and suffix == ".svg":
        return f"is a {shown}, and is called .svg"
    if shown == "PNG":
        return "" if _is_whole_png(data) else "is cut off: its file ends too early"
    if shown:
        return ""
    if kind := next((kind for pattern, kind in _NOT_SHOWN if pattern.match(data)), ""):
        return f"is {kind}"
    if suffix == ".svg":
        return _trouble_with_svg(data)
    if _SVG_START.match(_without_mark(data)):
        return f"is an SVG, and is called {suffix or path.name}"
    return "holds no picture"


def _without_mark(data: bytes) -> bytes:
    """Return a text without the mark of its encoding."""
    return data.removeprefix(b"\xef\xbb\xbf")


def _is_whole_png(data: bytes) -> bool:
    at = 8
    while at + 8 <= len(data):
        if data[at + 4 : at + 8] == _PNG_END:
            return True
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return False


def _trouble_with_svg(data: bytes) -> str:
    roots: list[str] = []

    def start(name: str, _attributes: object) -> None:
        if not roots:
            roots.append(name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return f"is no valid SVG: line {error.lineno}: {expat.ErrorString(error.code)}"
    except (LookupError, ValueError):  # an encoding that Python does not have
        return ""
    return (
        "" if roots[0] == _SVG_ROOT else f'is no SVG: it does not begin with <svg xmlns="{_SVG_ROOT[:-4]}">'
    )
