"""The families of fonts by script: which one draws which letters, and in which language.

Noto draws all scripts in one manner, with the same weights. Noto Sans SC, JetBrains Mono and DejaVu Sans
come with Marp (fonts.py); the others are fetched when the first deck needs them (family_files.py).
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from functools import cache

from deckwright.frozen import dataclass
from deckwright.marp.fonts import SANS


class Script(StrEnum):
    """A script, or a group of signs, that has families of its own."""

    LATIN = "Latin"
    GREEK = "Greek"
    CYRILLIC = "Cyrillic"
    HAN = "Chinese"
    KANA = "Japanese"
    HANGUL = "Korean"
    HEBREW = "Hebrew"
    ARABIC = "Arabic"
    THAI = "Thai"
    DEVANAGARI = "Devanagari"
    BURMESE = "Burmese"
    EMOJI = "emoji"


class Style(StrEnum):
    """What a theme asks for."""

    SANS = "sans-serif"
    SERIF = "serif"


class Han(StrEnum):
    """The languages that write the same Chinese letters in other shapes."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    JAPANESE = "ja"
    KOREAN = "ko"


@dataclass(frozen=True, slots=True)
class Family:
    """One family of fonts."""

    name: str
    style: Style
    scripts: frozenset[Script]
    package: str
    """Of Fontsource; empty for a family that comes with Marp."""
    subset: str = ""
    """Fontsource's name of the part with most of its letters."""
    han: Han | None = None
    """Whose shapes of Chinese letters it has."""


_WESTERN = frozenset({Script.LATIN, Script.GREEK, Script.CYRILLIC})
_CHINESE = frozenset({Script.HAN, Script.KANA})
_KOREAN = frozenset({Script.HANGUL, Script.HAN, Script.KANA})


def _one(name: str, scripts: frozenset[Script] | Script, subset: str, han: Han | None = None) -> Family:
    style = Style.SERIF if "Serif" in name or "Naskh" in name else Style.SANS
    scripts = frozenset({scripts}) if isinstance(scripts, Script) else scripts
    return Family(name, style, scripts, name.lower().replace(" ", "-"), subset, han)


FAMILIES = (
    _one("Noto Sans", _WESTERN, "latin"),
    Family(SANS, Style.SANS, _CHINESE, "", han=Han.SIMPLIFIED),
    _one("Noto Sans TC", _CHINESE, "chinese-traditional", Han.TRADITIONAL),
    _one("Noto Sans JP", _CHINESE, "japanese", Han.JAPANESE),
    _one("Noto Sans KR", _KOREAN, "korean", Han.KOREAN),
    _one("Noto Sans Hebrew", Script.HEBREW, "hebrew"),
    _one("Noto Sans Arabic", Script.ARABIC, "arabic"),
    _one("Noto Sans Thai", Script.THAI, "thai"),
    _one("Noto Sans Devanagari", Script.DEVANAGARI, "devanagari"),
    _one("Noto Sans Myanmar", Script.BURMESE, "myanmar"),
    _one("Noto Color Emoji", Script.EMOJI, "emoji"),
    _one("Noto Serif", _WESTERN, "latin"),
    _one("Noto Serif SC", _CHINESE, "chinese-simplified", Han.SIMPLIFIED),
    _one("Noto Serif TC", _CHINESE, "chinese-traditional", Han.TRADITIONAL),
    _one("Noto Serif JP", _CHINESE, "japanese", Han.JAPANESE),
    _one("Noto Serif KR", _KOREAN, "korean", Han.KOREAN),
    _one("Noto Serif Hebrew", Script.HEBREW, "hebrew"),
    _one("Noto Naskh Arabic", Script.ARABIC, "arabic"),
    _one("Noto Serif Thai", Script.THAI, "thai"),
    _one("Noto Serif Devanagari", Script.DEVANAGARI, "devanagari"),
    _one("Noto Serif Myanmar", Script.BURMESE, "myanmar"),
)

FETCHED = tuple(family for family in FAMILIES if family.package)

_RANGES = {
    Script.LATIN: "0020-02ff 0300-036f 1d00-1dbf 1dc0-1dff 1e00-1eff 2000-206f 2070-209f 20a0-20cf 2100-214f"
    " 2c60-2c7f a700-a7ff ab30-ab6f fb00-fb06",
    Script.GREEK: "0370-03ff 1f00-1fff",
    Script.CYRILLIC: "0400-052f 1c80-1c8f 2de0-2dff a640-a69f",
    Script.HAN: "2e80-2fdf 2ff0-303f 3100-312f 31a0-31bf 3200-33ff 3400-4dbf 4e00-9fff f900-faff fe10-fe1f"
    " fe30-fe4f ff00-ff64 ffe0-ffef 20000-323af",
    Script.KANA: "3040-30ff 31f0-31ff ff65-ff9f 1b000-1b16f",
    Script.HANGUL: "1100-11ff 3130-318f a960-a97f ac00-d7ff ffa0-ffdf",
    Script.HEBREW: "0590-05ff fb1d-fb4f",
    Script.ARABIC: "0600-06ff 0750-077f 0870-08ff fb50-fdff fe70-fefc",
    Script.THAI: "0e00-0e7f",
    Script.DEVANAGARI: "0900-097f 1cd0-1cff a8e0-a8ff",
    Script.BURMESE: "1000-109f a9e0-a9ff aa60-aa7f",
    # Those of other blocks that are pictures unless U+FE0E follows.
    Script.EMOJI: "231a-231b 23e9-23ec 23f0-23f0 23f3-23f3 25fd-25fe 2614-2615 2648-2653 267f-267f 2693-2693"
    " 26a1-26a1 26aa-26ab 26bd-26be 26c4-26c5 26ce-26ce 26d4-26d4 26ea-26ea 26f2-26f3 26f5-26f5 26fa-26fa"
    " 26fd-26fd 2705-2705 270a-270b 2728-2728 274c-274c 274e-274e 2753-2755 2757-2757 2795-2797 27b0-27b0"
    " 27bf-27bf 2b1b-2b1c 2b50-2b50 2b55-2b55 1f000-1faff",
}


def script_of(character: str) -> Script | None:
    """Return the script of a character; None for symbols and for scripts that have no family here."""
    starts, ends, scripts = _table()
    code = ord(character)
    place = bisect_right(starts, code) - 1
    return scripts[place] if place >= 0 and code <= ends[place] else None


@cache
def _table() -> tuple[list[int], list[int], list[Script]]:
    ranges = sorted(
        (*(int(end, 16) for end in each.split("-")), script)
        for script, text in _RANGES.items()
        for each in text.split()
    )
    starts, ends, scripts = zip(*ranges)
    return list(starts), list(ends), list(scripts)


def han_of(characters: frozenset[str], language: str = "") -> Han:
    """Return whose shapes a text's Chinese letters have: as its language says, or as its other letters do."""
    tag = language.lower().replace("_", "-").split("-")
    if tag[0] == "zh":
        return Han.TRADITIONAL if {"hant", "tw", "hk", "mo"} & set(tag) else Han.SIMPLIFIED
    if tag[0] in ("ja", "ko"):
        return Han(tag[0])
    scripts = {script_of(character) for character in characters}
    if Script.KANA in scripts:
        return Han.JAPANESE
    if Script.HANGUL in scripts:
        return Han.KOREAN
    return _chinese(characters)


def _chinese(characters: frozenset[str]) -> Han:
    """Return which letters there are more of: of those that only one of the two ways to write has."""
    han = [character for character in characters if script_of(character) is Script.HAN]
    simplified, traditional = (
        sum(_has(first, each) and not _has(second, each) for each in han)
        for first, second in (("gb2312", "big5"), ("big5", "gb2312"))
    )
    return Han.TRADITIONAL if traditional > simplified else Han.SIMPLIFIED


def _has(encoding: str, character: str) -> bool:
    try:
        return bool(character.encode(encoding))
    except UnicodeEncodeError:
        return False


def needed(characters: frozenset[str], language: str = "", style: Style = Style.SANS) -> tuple[Family, ...]:
    """Return the families that draw a text's letters, those with the right shapes first.

    What has to be fetched for Chinese letters has the shapes of the language, or letters that it lacks.
    """
    scripts = {script for character in characters if (script := script_of(character))}
    han = han_of(characters, language)
    found = [family for family in FAMILIES if family.style is style and family.scripts & scripts]
    drawn = frozenset(script for family in found if family.han in (None, han) for script in family.scripts)
    chosen = [
        family
        for family in found
        if family.han in (None, han) or family.scripts & scripts - drawn or not family.package
    ]
    return tuple(sorted(chosen, key=lambda family: family.han not in (None, han)))
