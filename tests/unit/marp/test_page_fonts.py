"""Which fonts a page contains, with small fonts made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deckwright.marp import fonts
from deckwright.marp.families import Family
from deckwright.marp.page_fonts import font_faces, picture_fonts
from support.fonts import make_font, rules

HAS = {fonts.SANS: "Ax中文“’Ω", fonts.MONO: "A", fonts.SYMBOLS: "AℝxΩ\u0301→م"}
LETTERS = {
    "Noto Sans": "A 0x“’éя",
    "Noto Serif": "A",
    "Noto Serif SC": "文",
    "Noto Sans JP": "中日あ“’",
    "Noto Sans TC": "中國",
    "Noto Sans KR": "한",
    "Noto Sans Thai": "ำํา",
    "Noto Sans Arabic": "م\u200c",
    "Noto Color Emoji": "😀\ufe0f",
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    for file in fonts.FILES:
        make_font(folder / file.source, HAS[file.family])
    return folder


class Fetched:
    """Families of small fonts, and which of them a page wanted."""

    def __init__(self, folder: Path, absent: str = "") -> None:
        self.folder, self.absent = folder, absent
        self.names: list[str] = []

    def __call__(self, family: Family) -> Path | None:
        self.names.append(family.name)
        if family.name == self.absent:
            return None
        folder = self.folder / family.name
        if not folder.exists():
            files = [
                {"name": f"{weight}.ttf", "weight": weight, "letters": LETTERS[family.name]}
                for weight in (400, 700)
            ]
            for file in files:
                make_font(folder / str(file["name"]), LETTERS[family.name])
            (folder / "letters.json").write_text(json.dumps(files))
        return folder


@pytest.fixture
def fetched(tmp_path: Path) -> Fetched:
    return Fetched(tmp_path / "families")


def faces(page: str, packages: Path, fetched: Fetched) -> list[tuple[str, str, str, set[str]]]:
    return rules(font_faces(page, packages, fetched.folder, fetched))


SANS = "<style>a{font-family:Deckwright Sans}</style>"


def letters(page: str, packages: Path, fetched: Fetched, stack: str = "Deckwright Sans") -> list[set[str]]:
    """The letters of the regular faces of a stack, in order."""
    found = faces(page, packages, fetched)
    return [each for family, weight, _, each in found if (family, weight) == (stack, "400")]


def test_a_page_that_names_none_of_them_carries_none(packages: Path, fetched: Fetched) -> None:
    assert faces("<style>a{font-family:Arial}</style>中", packages, fetched) == []
    assert fetched.names == []


def test_a_family_of_the_theme_carries_what_is_shown(packages: Path, fetched: Fetched) -> None:
    found = faces('<style>a{--f:"Noto Sans SC"}</style><p>中</p>', packages, fetched)
    assert found == [("Noto Sans SC", weight, "", {"A", "x", "中"}) for weight in ("400", "700")]


def test_arabic_beside_a_family_of_the_theme_is_drawn_by_its_own(packages: Path, fetched: Fetched) -> None:
    page = "<style>a{font-family:Noto Sans SC,Deckwright Sans}</style>م ℝ"
    found = faces(page, packages, fetched)
    drawing = {family for family, _, _, has in found if "م" in has}
    assert drawing == {"Deckwright Sans"}
    assert "Noto Sans Arabic" in fetched.names


@pytest.mark.parametrize(
    ("text", "family"),
    [("한", "Noto Sans KR"), ("م", "Noto Sans Arabic"), ("ำ", "Noto Sans Thai"), ("😀", "Noto Color Emoji")],
)
def test_a_picture_has_families_for_what_the_first_one_lacks(
    packages: Path, fetched: Fetched, text: str, family: str
) -> None:
    css = picture_fonts(frozenset(f"A中ℝ{text}"), frozenset({400}), packages, fetched.folder, fetched)
    shown = [(name, has) for name, _, _, has in rules(css)]
    assert shown[:2] == [("Noto Sans SC", {"A", "中"}), ("Noto Sans SC", {"ℝ"})]
    assert ("Deckwright Sans", {text}) in [(name, has & {text}) for name, has in shown]
    assert fetched.names == [family]


def test_a_picture_of_latin_and_chinese_text_has_one_family(packages: Path, fetched: Fetched) -> None:
    css = picture_fonts(frozenset("A中"), frozenset({400}), packages, fetched.folder, fetched)
    assert [name for name, *_ in rules(css)] == ["Noto Sans SC"]
    assert fetched.names == []


def test_symbols_that_no_family_of_the_theme_has_come_from_a_third(packages: Path, fetched: Fetched) -> None:
    found = faces("Noto Sans SC, JetBrains Mono: ℝ 中", packages, fetched)
    assert [(family, weight) for family, weight, only, has in found if only == "U+211D" and has == {"ℝ"}] == [
        (family, weight) for weight in ("400", "700") for family in ("Noto Sans SC", "JetBrains Mono")
    ]


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        ("A", ["Noto Sans"]),
        ("я", ["Noto Sans"]),
        ("한", ["Noto Sans", "Noto Sans KR"]),
        ("&#x4e2d;", ["Noto Sans"]),
        ("日あ", ["Noto Sans", "Noto Sans JP"]),
        ("م", ["Noto Sans", "Noto Sans Arabic"]),
        ("<code>😀</code>", ["Noto Sans", "Noto Color Emoji"]),
        ('<img class="emoji" alt="😀" src="x.svg" data-marp-twemoji="">', ["Noto Sans"]),
        ('<div class="bespoke-marp-note">한</div>', ["Noto Sans"]),
        ("<!-- 한 --><script>'한'</script><style>/* 한 */</style>", ["Noto Sans"]),
        ("<style>a::before{content:'\\d55c'}</style>", ["Noto Sans", "Noto Sans KR"]),
        ('<section lang="zh-TW">國</section>', ["Noto Sans", "Noto Sans TC"]),
    ],
)
def test_a_family_is_fetched_when_a_slide_needs_it(
    shown: str, names: list[str], packages: Path, fetched: Fetched
) -> None:
    faces(SANS + shown, packages, fetched)
    assert fetched.names == names


def test_each_letter_is_in_one_face_and_the_face_names_it(packages: Path, fetched: Fetched) -> None:
    found = faces(f"{SANS}A я 中 한 →", packages, fetched)
    regular = [(only, has) for _, weight, only, has in found if weight == "400"]
    assert ("U+4E2D", {"中"}) in regular
    assert ("U+D55C", {"한"}) in regular
    assert ("U+2192", {"→"}) in regular
    every = [letter for _, has in regular for letter in has]
    assert len(every) == len(set(every))


def test_a_family_that_cannot_be_had_leaves_its_letters_to_another(packages: Path, tmp_path: Path) -> None:
    fetched = Fetched(tmp_path / "families", absent="Noto Sans")
    assert {"A", "x"} <= set().union(*letters(f"{SANS}Ax", packages, fetched))


def test_a_serif_theme_has_serif_letters_and_the_rest_without(packages: Path, fetched: Fetched) -> None:
    page = "<style>a{font-family:Deckwright Serif,Deckwright Sans}</style>A中"
    assert letters(page, packages, Fetched(fetched.folder), "Deckwright Serif") == [{"A"}]
    assert {"中"} in letters(page, packages, fetched)


def test_parts_of_letters_come_with_them(packages: Path, fetched: Fetched) -> None:
    assert {"ำ", "ํ", "า"} in letters(f"{SANS}ำ", packages, fetched)


def test_joiners_are_in_the_font_of_the_letters(packages: Path, fetched: Fetched) -> None:
    assert {"م", "\u200c"} in letters(f"{SANS}م\u200cم", packages, fetched)


def test_a_mark_has_the_font_of_the_letter_below(packages: Path, fetched: Fetched) -> None:
    assert any({"x", "\u0301"} <= has for has in letters(f"{SANS}x\u0301", packages, fetched))


def test_letters_that_a_text_is_composed_to_come_with_it(packages: Path, fetched: Fetched) -> None:
    assert "é" in set().union(*letters(f"{SANS}e\u0301", packages, fetched))


@pytest.mark.parametrize(
    ("shown", "shared"),
    [
        ("A “A”", False),
        ("中 A’", True),
        ('<section lang="ja">あ “中', True),
        ('<section lang="ko">한 中 “A', False),
    ],
)
def test_punctuation_of_two_scripts_has_a_font_of_its_own(
    shown: str, shared: bool, packages: Path, fetched: Fetched
) -> None:
    last = letters(SANS + shown, packages, fetched)[-1]
    assert (last & set("“’") != set() and "A" not in last) is shared
