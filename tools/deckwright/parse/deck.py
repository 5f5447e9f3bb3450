"""Marp Markdown -> `Deck`: its slides, its references, and the files that it shows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import yaml
from markdown_it.token import Token

from deckwright.lines import Lines
from deckwright.model import Deck, Diagnostic, Dialect, Kind, Reference, Script, Severity, Target
from deckwright.parse.directives import directives_of, read_yaml
from deckwright.parse.emphasis import literal_emphasis
from deckwright.parse.fence import PYTHON, Info, Problem, misspelt_sources, parse_info
from deckwright.parse.html import file_of, is_local, local_files, style_files
from deckwright.parse.markdown import PLAIN, Places, markdown
from deckwright.parse.script import REMEMBERED, parse_program
from deckwright.parse.slides import cut_slides, slide_at

_VALUE = re.compile(r"(?P<path>[^#:]+\.py)#(?P<name>.+)")
_LIST_MARKER = re.compile(r"[-+*](?=\s)|\d+[.)](?=\s)")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_ADDRESS = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|(\S*?))(?=\s|\)$)")
"""Where a link or an image leads, as it is written: perhaps in angle brackets, perhaps encoded."""
_FIGURE = re.compile(r"(?:.*/)?figures/[^/]+\.\w+")


@lru_cache(maxsize=REMEMBERED)
def parse_deck(path: str, text: str, dialect: Dialect = PLAIN) -> Deck:
    """Parse a deck. Everything wrong with it is in `Deck.diagnostics`. Remembers, as `parse_script` does."""
    return _Parser(path, text, dialect).deck()


class _Parser:
    """One walk over a deck's tokens; collects, never raises."""

    def __init__(self, path: str, text: str, dialect: Dialect) -> None:
        self.path = path
        self.dialect = dialect
        self.lines = Lines(path, text)
        self.tokens = markdown(dialect).parse(text.removeprefix("\ufeff"))
        self.diagnostics: list[Diagnostic] = []
        self.front_matter = self._front_matter()
        self.slides = cut_slides(self.tokens, self.lines, self.front_matter, dialect)
        self.places = Places(self.lines)
        self.references: list[Reference] = []
        self.files: list[str] = []
        self.fences: list[tuple[int, str]] = []

    def deck(self) -> Deck:
        line = 1
        self._directives(self.front_matter)
        for token in self.tokens:
            line = token.map[0] + 1 if token.map else line
            for directives in directives_of(token):
                self._directives(directives)
            if token.type == "fence":
                self._fence(token)
            elif token.type == "inline":
                self._inline(token, line)
            elif token.type == "html_block":
                self._html(token.content)
        program = self._program()
        return Deck(
            path=self.path,
            text=self.lines.text,
            title=self._title(),
            slides=self.slides,
            references=tuple(self.references),
            program=program,
            files=tuple(dict.fromkeys(map(self._resolve, self.files))),
            front_matter=self.front_matter,
            diagnostics=(*self.diagnostics, *(program.diagnostics if program else ())),
        )

    # --- front matter -------------------------------------------------------------------------

    def _front_matter(self) -> dict[str, Any]:
        token = self.tokens[0] if self.tokens else None
        if token is None or token.type != "front_matter":  # what Marp finds in a list is none to its author
            return {}
        if not token.meta["closed"]:
            hint = "add a line '---' below it"
            self._wrong("front-matter", "the front matter is never closed", 1, hint=hint)
            return {}
        try:
            content = read_yaml(token.content)
        except yaml.MarkedYAMLError as error:
            # What ends too late is reported where it starts.
            late = error.problem_mark and error.problem_mark.index >= len(token.content)
            mark = error.context_mark if late else error.problem_mark
            line, column = (mark.line + 2, mark.column + 1) if mark else (1, 1)
            self._wrong("front-matter", f"the front matter is no YAML: {error.problem}", line, column)
            return {}
        except yaml.YAMLError as error:
            self._wrong("front-matter", f"the front matter is no YAML: {error}", 1)
            return {}
        if content and not isinstance(content, dict):
            message = "the front matter must be lines of 'key: value'"
            self._wrong("front-matter", message, 2)
            return {}
        return {str(key): value for key, value in (content or {}).items()}

    def _title(self) -> str:
        title = self.front_matter.get("title")
        headings = (slide.title for slide in self.slides if slide.title)
        return str(title) if title else next(headings, posixpath.basename(self.path))

    def _directives(self, directives: Mapping[str, Any]) -> None:
        """Note the files that directives show: in style sheets, and as Markdown above and below slides."""
        for key, value in directives.items():
            if key.removeprefix("_") in ("style", "backgroundImage"):
                self.files += style_files(str(value))
            elif key.removeprefix("_") in ("header", "footer"):
                self._shown(str(value))

    def _shown(self, text: str) -> None:
        (inline,) = markdown(self.dialect).parseInline(text)
        for child in inline.children or []:
            address = str(child.attrs.get("src", ""))
            if child.type == "image" and is_local(unquote(address)):
                self.files.append(file_of(address))
            elif child.type == "html_inline":
                self._html(child.content)

    # --- fences -------------------------------------------------------------------------------

    def _fence(self, token: Token) -> None:
        assert token.map
        info = parse_info(token.info)
        kind = _fence_kind(info)
        if kind is None:
            self._check_language(token, info)
        ours = kind not in (None, Kind.UNVERIFIED) or "no-exec" in info.attributes
        for problem in info.problems if ours else misspelt_sources(info):
            self._attribute_problem(token, problem)
        if kind is None:
            return
        target = self._fence_target(token, info, kind)
        if kind is Kind.EXEC:
            self.fences.append((token.map[0] + 2, token.content))
        if target is not None:
            self._add_fence(token, info, kind, target)

    def _add_fence(self, token: Token, info: Info, kind: Kind, target: Target) -> None:
        assert token.map
        first, last = token.map[0] + 1, token.map[1]
        opening = self.lines[first]
        marker = _FENCE.search(opening)
        prefix = opening[: marker.start()] if marker else ""
        source = info.attributes.get("file") or info.attributes.get("output")
        column = opening.find(token.info.strip()) + 1
        at = column + (source.start if source else 0) - _leading(token.info)
        length = source.end - source.start if source else len(token.info.strip())
        self.references.append(
            Reference(
                kind=kind,
                target=target,
                location=self.lines.location(first, max(at, 1), length),
                start=self.lines.start(first),
                end=self.lines.start(last + 1),
                slide=slide_at(self.slides, first),
                body=token.content,
                language=info.language,
                prefix=_LIST_MARKER.sub(lambda m: " " * len(m[0]), prefix),
                fence=marker[0] if marker else "```",
                info=token.info,
                display=info.display,
            )
        )

    def _fence_target(self, token: Token, info: Info, kind: Kind) -> Target | None:
        if kind in (Kind.EXEC, Kind.UNVERIFIED):
            assert token.map
            return Target(self.path, str(token.map[0] + 2))
        text = info.value("file") if kind is Kind.CODE else info.value("output")
        if kind is Kind.OUTPUT and not text:
            if not self.fences:
                self._at(
                    token,
                    "output",
                    "missing-script",
                    "there is no exec fence above",
                    "write output=FILE.py#region, or run a fence with 'exec'",
                )
                return None
            return Target(self.path, str(self.fences[-1][0]))
        if not text:
            self._at(token, "file", "missing-script", "file= names nothing", "write file=FILE.py")
            return None
        path, _, fragment = text.partition("#")
        return Target(self._resolve(path), fragment)

    def _check_language(self, token: Token, info: Info) -> None:
        key = info.language.partition("=")[0]
        if key in ("file", "output") and "=" in info.language:
            word = "python" if key == "file" else "text"
            self._at(
                token,
                key,
                "missing-language",
                "the language must come first",
                f"write ```{word} {token.info.strip()}",
            )

    def _attribute_problem(self, token: Token, problem: Problem) -> None:
        assert token.map
        line = token.map[0] + 1
        column = self.lines[line].find(token.info.strip()) + 1 - _leading(token.info)
        self._wrong(
            problem.slug,
            problem.message,
            line,
            column + problem.start,
            problem.end - problem.start,
            problem.hint,
        )

    # --- links, images, HTML ------------------------------------------------------------------

    def _inline(self, token: Token, line: int) -> None:
        children = token.children or []
        offsets = self.places.of(token, line, token.map[1] if token.map else line)
        self._emphasis(token, offsets)
        for index, child in enumerate(children):
            if child.type == "image":
                self._image(child, offsets)
            elif child.type == "link_open":
                self._link(token, child, offsets, children[index + 1 :])
            elif child.type == "html_inline":
                self._html(child.content)

    def _emphasis(self, inline: Token, offsets: Sequence[int]) -> None:
        position = None if self.dialect.cjk_emphasis else literal_emphasis(inline)
        if position is None:
            return
        place = self.lines.location(*self.lines.at(offsets[position]), 2)
        message = "beside full-width punctuation, Marp shows these asterisks"
        hint = "set cjk_emphasis = true in [tool.deckwright.marp], or put the punctuation outside"
        wrong = self.lines.diagnostic("literal-emphasis", message, place, hint, Severity.WARNING)
        self.diagnostics.append(wrong)

    def _image(self, image: Token, offsets: Sequence[int]) -> None:
        source = unquote(str(image.attrs.get("src", "")))
        if not is_local(source):
            return
        if not _FIGURE.fullmatch(source):
            self.files.append(file_of(str(image.attrs["src"])))
            return
        self._add_inline(Kind.FIGURE, Target(self._resolve(source)), image, offsets, body=image.content)

    def _link(self, inline: Token, link: Token, offsets: Sequence[int], rest: list[Token]) -> None:
        address = unquote(str(link.attrs.get("href", "")))
        match = _VALUE.fullmatch(address)
        label = list(_until_close(rest))
        if not match or not is_local(address) or not _can_be_value(inline, link, label):
            path = file_of(str(link.attrs.get("href", "")))
            if path and is_local(address):
                self.files.append(path)
            return
        text = "".join(" " if t.type in ("softbreak", "hardbreak") else t.content for t in label)
        target = Target(self._resolve(match["path"]), match["name"])
        self._add_inline(
            Kind.VALUE,
            target,
            link,
            offsets,
            body=text,
            format=str(link.attrs.get("title", "")),
        )

    def _add_inline(
        self,
        kind: Kind,
        target: Target,
        token: Token,
        offsets: Sequence[int],
        **more: str,
    ) -> None:
        start, label_end, end = (offsets[position] for position in token.meta["span"])
        address = _ADDRESS.match(self.lines.text[label_end:end])
        first, last = address.span(address.lastindex or 0) if address else (0, 1)
        line, column = self.lines.at((label_end if address else start) + first)
        self.references.append(
            Reference(
                kind=kind,
                target=target,
                location=self.lines.location(line, column, last - first),
                start=start,
                end=end,
                slide=slide_at(self.slides, line),
                label=self.lines.text[start + 1 : label_end],
                **more,  # type: ignore[arg-type]
            )
        )

    def _html(self, content: str) -> None:
        self.files += local_files(content)

    # --- shared -------------------------------------------------------------------------------

    def _program(self) -> Script | None:
        if not self.fences:
            return None
        return parse_program(self.path, len(self.lines), self.fences)

    def _resolve(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path))

    def _at(self, token: Token, word: str, slug: str, message: str, hint: str) -> None:
        assert token.map
        line = token.map[0] + 1
        column = self.lines[line].find(word) + 1
        self._wrong(slug, message, line, max(column, 1), len(word), hint)

    def _wrong(
        self, slug: str, message: str, line: int, column: int = 1, length: int = 0, hint: str = ""
    ) -> None:
        length = length or len(self.lines[line]) - column + 1
        place = self.lines.location(line, column, length)
        self.diagnostics.append(self.lines.diagnostic(slug, message, place, hint))


def _fence_kind(info: Info) -> Kind | None:
    if info.language and "file" in info.attributes:
        return Kind.CODE
    if info.language in PYTHON and "exec" in info.attributes:
        return Kind.EXEC
    if info.language and "output" in info.attributes:
        return Kind.OUTPUT
    return Kind.UNVERIFIED if info.language in PYTHON else None


def _leading(info: str) -> int:
    return len(info) - len(info.lstrip())


def _until_close(rest: list[Token]) -> Iterator[Token]:
    for token in rest:
        if token.type == "link_close":
            return
        yield token


def _can_be_value(inline: Token, link: Token, label: list[Token]) -> bool:
    """Only a link that says here where it leads, and has text for a label, can name a value."""
    written_here = "span" in link.meta and inline.content[link.meta["span"][-1] - 1] == ")"
    return written_here and not any(token.type == "image" for token in label)
