"""The fonts of a page: which families draw its letters, and the rules that bring them inside."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from deckwright.frozen import dataclass
from deckwright.marp.families import Family, Han, Script, Style, needed, script_of
from deckwright.marp.family_files import files_in
from deckwright.marp.fonts import FILES, MONO, SANS, SYMBOLS
from deckwright.marp.packages import make_once
from deckwright.marp.punctuation import SHARED
from deckwright.marp.stacks import SANS_STACK, SERIF_STACK
from deckwright.marp.subset import Face, letters_of, picture_faces, rule_of, shown_characters

FindFamily = Callable[[Family], Path | None]
"""Returns the folder of a family's files, fetched if need be; None if they cannot be had."""

_WESTERN = frozenset(map(chr, range(0xA0, 0x100))) | frozenset("–—‘’“”„‚…•€‹›Œœ")
"""What Latin text is likely to have besides ASCII."""

_JOINERS = frozenset("\u200c\u200d\u25cc\ufe0f")
"""They belong to the letters around them, in the same font."""
_SHAPED = frozenset(
    {Script.HEBREW, Script.ARABIC, Script.THAI, Script.DEVANAGARI, Script.BURMESE, Script.EMOJI}
)
_SPACES = frozenset("\n\t\r")

_NOT_PROSE = re.compile(r"<(script|style|pre|code)\b.*?</\1>|<[^>]*>", re.S)
_NOTES = re.compile(r'<div class="bespoke-marp-note".*?</div>', re.S)
_LANGUAGE = re.compile(r"<section\b[^>]*?\slang=\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a font, and all letters that it can draw."""

    family: Family | None
    """Whose scripts it draws; None for a file that draws what is left."""
    name: str
    weight: int
    path: Path
    letters: frozenset[str]


def font_faces(page: str, packages: Path, cache: Path, find: FindFamily) -> str:
    """Return CSS with the families that a page names: ours, and our stacks."""
    if not any(family in page for family in (SANS, MONO, SANS_STACK, SERIF_STACK)):
        return ""
    # The same for most decks: their fonts are made once, and an edit of the text makes no others.
    characters = shown_characters(page) | (frozenset[str]() if SANS in page else _WESTERN)
    base = _base_parts(packages, cache)
    faces = [*_named(page, characters, base)]
    own = frozenset[str]().union(*(face.letters for face in faces if face.family == SANS))
    slides = shown_characters(_NOTES.sub("", page))
    language = next(iter(_LANGUAGE.findall(page)), "")
    for stack, style in ((SANS_STACK, Style.SANS), (SERIF_STACK, Style.SERIF)):
        if stack in page:
            wanted = needed(slides - own, language, style)
            rest = _rest(wanted, base) if style is Style.SANS else ()
            parts = [*_parts(wanted, base, find), *rest]
            faces += _stack(stack, characters - own - _SPACES, parts, _is_wide(page, language))
    return "".join(rule_of(face, cache) for face in faces)


def picture_fonts(
    characters: frozenset[str], weights: frozenset[int], packages: Path, cache: Path, find: FindFamily
) -> str:
    """Return CSS with the fonts of a picture's text: Noto Sans SC, and a stack for scripts that it lacks."""
    base = _base_parts(packages, cache)
    symbols = (_without_shaped(part.letters) for part in base if part.name == SYMBOLS)
    lacking = characters.difference(*(part.letters for part in base if part.name == SANS), *symbols)
    parts = [part for part in _parts(needed(lacking), base, find) if part.weight in weights | {400}]
    faces = tuple(_stack(SANS_STACK, lacking, parts, False))
    rest = characters.difference(*(face.letters for face in faces))
    return picture_faces(rest, weights, packages) + "".join(rule_of(face, cache) for face in faces)


def _named(page: str, characters: frozenset[str], base: Sequence[Part]) -> Iterator[Face]:
    """Yield faces of those families that a theme names, or that a stack begins with."""
    # Anywhere in the page: a theme may keep the family in a variable.
    named = tuple(family for family in (SANS, MONO) if family in page)
    rest = characters
    for part in base:
        if part.name in named:
            letters = part.letters & characters
            rest -= letters
            yield Face(part.name, part.weight, part.path, letters)
    for part in base:
        if part.name == SYMBOLS and SANS in named and (letters := _without_shaped(part.letters & rest)):
            # The symbols that no named family has are added to each of these families.
            for family in named:
                yield Face(family, part.weight, part.path, letters, limited=True)


def _without_shaped(letters: frozenset[str]) -> frozenset[str]:
    """Return letters without those of scripts whose own families join or stack them."""
    return frozenset(each for each in letters if script_of(each) not in _SHAPED)


def _is_wide(page: str, language: str) -> bool:
    """Whether a page is Chinese or Japanese, by its language or else by its letters.

    `en` is what Marp says of a deck that names no language.
    """
    if language and not language.lower().startswith("en"):
        return language.lower().startswith(("zh", "ja"))
    text = _NOT_PROSE.sub("", page)
    scripts = Counter(map(script_of, text))
    return 3 * (scripts[Script.HAN] + scripts[Script.KANA]) > scripts[Script.LATIN]


def _stack(stack: str, characters: frozenset[str], parts: Sequence[Part], is_wide: bool) -> Iterator[Face]:
    """Yield the faces of a stack: each letter is in the family of its script, or in the first that has it."""
    for weight in sorted({part.weight for part in parts}):
        of_weight = [part for part in parts if part.weight == weight]
        shared = _shared(stack, characters, of_weight, is_wide)
        taken = _taken(characters - shared.letters if shared else characters, of_weight)
        for part, letters in zip(of_weight, taken):
            shaped = bool(part.family and _SHAPED & part.family.scripts)
            letters |= part.letters & characters & _JOINERS if shaped and letters else frozenset()
            if letters:
                yield Face(stack, weight, part.path, letters, limited=True, shaped=shaped)
        if shared:  # it comes last: of the rules of a family, browsers try the last one first
            yield replace(shared, letters=shared.letters | {" "})


def _shared(stack: str, characters: frozenset[str], parts: Sequence[Part], is_wide: bool) -> Face | None:
    """Return the face of punctuation that Latin text shares with Chinese or Japanese."""
    han = next((part.family.han for part in parts if part.family and part.family.han), Han.KOREAN)
    wide = [part for part in parts if part.family and part.family.han is han is not Han.KOREAN]
    narrow = [part for part in parts if part.family and Script.LATIN in part.family.scripts]
    if not wide or not narrow:
        return None
    first, second = (max(each, key=lambda part: len(part.letters & SHARED)) for each in (wide, narrow))
    signs = SHARED & characters & first.letters & second.letters
    if not signs:
        return None
    return Face(stack, first.weight, first.path, signs, True, narrow=second.path, is_wide=is_wide)


def _taken(characters: frozenset[str], parts: Sequence[Part]) -> list[frozenset[str]]:
    """Return which letters each part draws."""
    rest, taken = characters, list[frozenset[str]]()
    for part in parts:
        scripts = part.family.scripts if part.family else frozenset[Script]()
        taken.append(frozenset(each for each in rest & part.letters if script_of(each) in scripts))
        rest -= taken[-1]
    for number, part in enumerate(parts):
        letters = part.letters & rest
        if part.family is None and any(map(unicodedata.combining, letters)):
            # A mark has the font of the letter below it: this part draws both.
            letters |= part.letters & characters
        taken[number] |= letters
        rest -= letters
    return taken


def _parts(families: Iterable[Family], base: Sequence[Part], find: FindFamily) -> Iterator[Part]:
    """Yield the files of families, in order."""
    for family in families:
        if not family.package:
            yield from (replace(part, family=family) for part in base if part.name == family.name)
        elif folder := find(family):
            for file in files_in(folder):
                yield Part(family, family.name, file.weight, folder / file.name, frozenset(file.letters))


def _rest(wanted: Sequence[Family], base: Sequence[Part]) -> Iterator[Part]:
    """Yield what draws letters that no family of a script has. Chinese text has Chinese symbols."""
    is_chinese = any(family.han for family in wanted)
    for name in (SANS, SYMBOLS) if is_chinese else (SYMBOLS, SANS):
        yield from (part for part in base if part.name == name)


def own_letters(packages: Path, cache: Path) -> frozenset[str]:
    """Return the letters of the fonts that come with Marp."""
    return frozenset[str]().union(*(part.letters for part in _base_parts(packages, cache)))


def _base_parts(packages: Path, cache: Path) -> tuple[Part, ...]:
    """Return the files that come with Marp, in order."""

    def make(fresh: Path) -> None:
        letters = ["".join(sorted(letters_of(packages / file.source))) for file in FILES]
        (fresh / "letters.json").write_text(json.dumps(letters), "utf-8")

    return _read_parts(make_once(cache / f"letters-{packages.name}", make), packages)


@lru_cache(maxsize=2)
def _read_parts(folder: Path, packages: Path) -> tuple[Part, ...]:
    letters = json.loads((folder / "letters.json").read_text("utf-8"))
    return tuple(
        Part(None, file.family, file.weight, packages / file.source, frozenset(has))
        for file, has in zip(FILES, letters)
    )
