"""The fonts that come with the tool: for matplotlib, for the browser, and for the pages themselves.

Three families cover what lectures need: Noto Sans SC (Latin, Greek, Simplified Chinese), JetBrains
Mono (code) and DejaVu Sans (mathematical and other symbols that neither has).
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from deckwright.files.atomic import write_atomic
from deckwright.frozen import dataclass
from deckwright.marp.packages import make_once

SANS = "Noto Sans SC"
MONO = "JetBrains Mono"
SYMBOLS = "DejaVu Sans"

_EXPO = "node_modules/@expo-google-fonts"
_DEJAVU = "node_modules/dejavu-fonts-ttf/ttf"


@dataclass(frozen=True, slots=True)
class FontFile:
    """One font file among the installed JavaScript packages."""

    family: str
    weight: int
    name: str
    """Its file name for matplotlib."""
    source: str
    """Its path below the folder of the packages."""


_NOTO = f"{_EXPO}/noto-sans-sc"
_JETBRAINS = f"{_EXPO}/jetbrains-mono"
FILES = (
    FontFile(SANS, 400, "NotoSansSC-Regular.ttf", f"{_NOTO}/400Regular/NotoSansSC_400Regular.ttf"),
    FontFile(SANS, 700, "NotoSansSC-Bold.ttf", f"{_NOTO}/700Bold/NotoSansSC_700Bold.ttf"),
    FontFile(MONO, 400, "JetBrainsMono-Regular.ttf", f"{_JETBRAINS}/400Regular/JetBrainsMono_400Regular.ttf"),
    FontFile(MONO, 700, "JetBrainsMono-Bold.ttf", f"{_JETBRAINS}/700Bold/JetBrainsMono_700Bold.ttf"),
    FontFile(SYMBOLS, 400, "DejaVuSans.ttf", f"{_DEJAVU}/DejaVuSans.ttf"),
    FontFile(SYMBOLS, 700, "DejaVuSans-Bold.ttf", f"{_DEJAVU}/DejaVuSans-Bold.ttf"),
)


def install(folder: Path, packages: Path) -> tuple[Path, ...]:
    """Copy the font files that are not in `folder` (build/fonts) yet; return the paths of all."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_put(packages / file.source, folder / file.name) for file in FILES)


def missing(packages: Path) -> tuple[str, ...]:
    """Return the names of the font files that the packages lack."""
    return tuple(file.name for file in FILES if not (packages / file.source).is_file())


def browser_environment(packages: Path, folder: Path) -> dict[str, str]:
    """Return variables that let the browser use our fonts besides the system's."""
    config = folder / "fonts.conf"
    write_atomic(config, _config(_browser_fonts(packages, folder), folder / "fontconfig").encode())
    return {"FONTCONFIG_FILE": str(config)}


def _browser_fonts(packages: Path, folder: Path) -> Path:
    """Return a folder with our fonts for the browser, made once."""

    def make(fresh: Path) -> None:
        from fontTools.ttLib import TTFont  # slow to import, and needed once

        for file in FILES:
            with TTFont(packages / file.source, lazy=True) as font:
                _drop_radicals(font)
                if file.family == MONO:  # no ligatures: in code, `!=` must look like what is typed
                    font.tables.pop("GSUB", None)
                    font.reader.tables.pop("GSUB", None)
                font.save(fresh / file.name)

    return make_once(folder / f"browser-fonts-{packages.name}", make)


def _drop_radicals(font: Any) -> None:
    """Remove the radicals that share a glyph with a character, as U+2F00 does with 一.

    A PDF keeps glyphs: its text would have the radical, which no search finds.
    """
    for table in font["cmap"].tables:
        for code in [code for code in getattr(table, "cmap", ()) if code in _RADICALS]:
            del table.cmap[code]


def _put(source: Path, target: Path) -> Path:
    size = source.stat().st_size
    if not target.is_file() or target.stat().st_size != size:
        write_atomic(target, source.read_bytes())
    return target


_RADICALS = range(0x2E80, 0x2FE0)

# The generic families at the end of a theme's list mean our fonts on every machine, so that a deck looks
# the same everywhere. A family that a theme names is used before them.
_GENERIC = (("sans-serif", SANS), ("serif", SANS), ("monospace", MONO), ("system-ui", SANS))


def _config(fonts: Path, cache: Path) -> str:
    lines = [
        '<?xml version="1.0"?>',
        '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
        "<fontconfig>",
        f"<dir>{escape(str(fonts))}</dir>",
        *(_alias(family, ours) for family, ours in _GENERIC),
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
        f"<cachedir>{escape(str(cache))}</cachedir>",
        "</fontconfig>",
    ]
    return "\n".join(lines) + "\n"


def _alias(family: str, ours: str) -> str:
    families = f"<family>{ours}</family><family>{SYMBOLS}</family>"
    return f"<alias><family>{family}</family><prefer>{families}</prefer></alias>"
