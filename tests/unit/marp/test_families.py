"""Which families draw which letters."""

from __future__ import annotations

import pytest

from deckwright.marp.families import FAMILIES, Han, Script, Style, han_of, needed, script_of


@pytest.mark.parametrize(
    ("characters", "script"),
    [
        (" Aéőṩ“’…—€", Script.LATIN),
        ("αΩἄ", Script.GREEK),
        ("ЖєЁ", Script.CYRILLIC),
        ("中漢々，（㐀𠀀", Script.HAN),
        ("あアｱ", Script.KANA),
        ("한ㄱ", Script.HANGUL),
        ("שָ", Script.HEBREW),
        ("عً٠ﷺ", Script.ARABIC),
        ("ไท๑", Script.THAI),
        ("नि।१", Script.DEVANAGARI),
        ("မြန်၁", Script.BURMESE),
        ("😀🇨🚀⏰✅", Script.EMOJI),
        ("→∑☀\n\ue000\U0010ffff", None),
    ],
)
def test_the_script_of_a_character(characters: str, script: Script | None) -> None:
    assert {script_of(character) for character in characters} == {script}


@pytest.mark.parametrize(
    ("text", "language", "han"),
    [
        ("骨", "zh-CN", Han.SIMPLIFIED),
        ("骨", "zh", Han.SIMPLIFIED),
        ("骨", "zh-TW", Han.TRADITIONAL),
        ("骨", "zh_Hant_HK", Han.TRADITIONAL),
        ("骨", "ja-JP", Han.JAPANESE),
        ("骨", "ko", Han.KOREAN),
        ("骨", "en-US", Han.SIMPLIFIED),
        ("学习", "", Han.SIMPLIFIED),
        ("學習", "", Han.TRADITIONAL),
        ("骨です", "", Han.JAPANESE),
        ("骨은", "", Han.KOREAN),
        ("学です", "zh", Han.SIMPLIFIED),
    ],
)
def test_the_shapes_of_chinese_letters(text: str, language: str, han: Han) -> None:
    assert han_of(frozenset(text), language) is han


@pytest.mark.parametrize(
    ("text", "language", "style", "names"),
    [
        ("Hello, мир, κόσμος", "", Style.SANS, ["Noto Sans"]),
        ("Hello", "", Style.SERIF, ["Noto Serif"]),
        ("你好", "", Style.SANS, ["Noto Sans SC"]),
        ("漢字", "zh-TW", Style.SANS, ["Noto Sans TC", "Noto Sans SC"]),
        ("漢字です", "", Style.SANS, ["Noto Sans JP", "Noto Sans SC"]),
        ("漢字です", "", Style.SERIF, ["Noto Serif JP"]),
        ("안녕 漢", "", Style.SANS, ["Noto Sans KR", "Noto Sans SC"]),
        ("你好 안녕", "zh", Style.SANS, ["Noto Sans SC", "Noto Sans KR"]),
        ("שלום", "", Style.SANS, ["Noto Sans Hebrew"]),
        ("سلام", "", Style.SERIF, ["Noto Naskh Arabic"]),
        ("ไทย नि မြန်", "", Style.SANS, ["Noto Sans Thai", "Noto Sans Devanagari", "Noto Sans Myanmar"]),
        ("😀", "", Style.SANS, ["Noto Color Emoji"]),
        ("😀", "", Style.SERIF, []),
        ("→ 1", "", Style.SANS, []),
    ],
)
def test_the_families_that_a_text_needs(text: str, language: str, style: Style, names: list[str]) -> None:
    characters = frozenset(text) - set(" ,1")
    assert [family.name for family in needed(characters, language, style)] == names


def test_every_script_has_a_family() -> None:
    assert {script for family in FAMILIES for script in family.scripts} == set(Script)
