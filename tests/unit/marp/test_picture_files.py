"""Pictures that no browser can show, told by their bytes; odd ones are good."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.marp.picture_files import trouble_with

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x04tEXtabcdCRC_" + b"\0\0\0\0IEND\xaeB`\x82"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'


@pytest.mark.parametrize(
    ("name", "data", "trouble"),
    [
        ("a.png", b"", "is empty"),
        ("a.svg", b"", "is empty"),
        ("a.png", PNG[:20], "is cut off: its file ends too early"),
        ("a.png", PNG[:30], "is cut off: its file ends too early"),
        (
            "a.png",
            b"version https://git-lfs.github.com/spec/v1\n",
            "is a pointer of Git LFS: run `git lfs pull`",
        ),
        (
            "a.svg",
            b"version https://git-lfs.github.com/spec/v1\n",
            "is a pointer of Git LFS: run `git lfs pull`",
        ),
        ("a.png", b"\n<!DOCTYPE html><html>", "is a page in HTML: download the picture itself"),
        ("a.jpg", b"<HTML><body>404", "is a page in HTML: download the picture itself"),
        ("a.svg", b"<!doctype html>", "is a page in HTML: download the picture itself"),
        ("a.svg", SVG % b"<g>", "is no valid SVG: line 1: mismatched tag"),
        ("a.svg", SVG % b"\n&nbsp;", "is no valid SVG: line 2: undefined entity"),
        (
            "a.svg",
            b"<svg><g/></svg>",
            'is no SVG: it does not begin with <svg xmlns="http://www.w3.org/2000/svg">',
        ),
        ("a.svg", PNG, "is a PNG, and is called .svg"),
        ("a.png", b"<?xml version='1.0'?>\n<!-- a -->" + SVG % b"", "is an SVG, and is called .png"),
        ("a.svgz", b"\x1f\x8b\x08", "is compressed: browsers show an SVG only as it is"),
        ("a.tif", b"II*\0rest", "is a TIFF, which browsers do not show"),
        ("a.png", b"MM\0*rest", "is a TIFF, which browsers do not show"),
        ("a.heic", b"\0\0\0\x18ftypheic", "is a HEIC, which browsers do not show"),
        ("a.pdf", b"%PDF-1.4", "is a PDF, which browsers do not show as a picture"),
        ("a.eps", b"%!PS-Adobe", "is an EPS, which browsers do not show"),
        ("a.mp4", b"\0\0\0\x18ftypisom", 'is a video: write <video src="\u2026">'),
        *((name, b"no picture at all", "holds no picture") for name in ("a.png", "a.txt", "a", "a.xyz")),
        ("a.key", b"-----BEGIN PRIVATE KEY-----", "holds no picture"),
        ("a.db", b"SQLite format 3\0", "holds no picture"),
        ("a.txt", SVG % b"", "is an SVG, and is called .txt"),
    ],
)
def test_what_no_browser_shows_is_named(tmp_path: Path, name: str, data: bytes, trouble: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert trouble_with(tmp_path / name) == trouble


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", PNG),
        ("a.png", PNG + b"more"),
        ("a.jpg", PNG),
        ("a.png", b"\xff\xd8\xff\xe0"),
        ("a.webp", b"RIFF\x10\n\0\0WEBPVP8 "),
        ("a.avif", b"\0\0\0\x1cftypavif"),
        ("a.gif", b"GIF89a"),
        ("a.ico", b"\0\0\1\0"),
        ("a.bmp", b"BM12"),
        ("a.svg", SVG % b""),
        ("a.svg", b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>" + SVG % "\u00e4".encode()),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "9">]>' + SVG % b"<text>&a;</text>"),
        ("a.svg", b'<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'),
    ],
)
def test_what_a_browser_may_show_is_left_to_it(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert trouble_with(tmp_path / name) == ""
