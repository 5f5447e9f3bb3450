"""Markup of other tools, which Marp shows as it is written: call-outs, footnotes, containers, attributes.

Only forms that mean nothing else count. What stands in code, formulas and HTML, or behind a backslash, means
itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from deckwright.frozen import dataclass
from deckwright.model import Cause, Diagnostic, Fence, Location, Slide
from deckwright.parse.info_string import PYTHON
from deckwright.parse.slides import slide_at
from deckwright.text.diagrams import LANGUAGES
from deckwright.text.lines import Lines

_LINK, _OTHER = "\1", "\2"
"""What stands for the edge of a link or a picture, and for code, formulas, emphasis and HTML."""

_CLASSES = 'write HTML: <div class="…"> … </div>; for the whole slide <!-- _class: … -->'
_BOX = 'write a quotation without it, or HTML: <div class="…"> … </div>'
_PROPERTIES = "write them as a comment, such as <!-- _class: lead -->"

_KINDS = (
    "note|abstract|summary|tldr|info|todo|tip|hint|important|success|check|done|question|help|faq|warning|caution"
    "|attention|failure|fail|missing|danger|error|bug|example|quote|cite|seealso"
)
"""Call-outs of Python-Markdown and MkDocs, which may have a title of their own behind any word, too."""

_CPP = (
    r"(?:[a-z]+::)?(?:nodiscard|deprecated|fallthrough|(?:un)?likely|maybe_unused|noreturn|assume"
    r"|carries_dependency|no_unique_address)"
)
"""Attributes of C++, which stand between double brackets."""

_PLAYERS = "youtube|vimeo|bilibili|youku|vine|prezi|osf|slideshare|twitch|video|audio|card|tweet"
_NAMES_OF_PYTHON = r"i?(?:loc|at)\b|values|columns|index|shape|str|dt|args|groups|T\b"

Where = Callable[[Sequence[Token], int], bool]
"""Whether a form is looked for in the inline token at an index."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of markup: what it is, what to write in its place, and where it is looked for."""

    name: str
    pattern: re.Pattern[str]
    hint: str
    where: Where = lambda tokens, index: True


def _anywhere(name: str, pattern: str, hint: str) -> _Form:
    return _Form(name, re.compile(pattern, re.MULTILINE), hint)


def _first_in(kind: str) -> Where:
    """Return whether a text begins a block of a kind, or is the first below it."""
    return lambda tokens, index: index > 1 and tokens[index - 2].type == kind


def _is_followed(tokens: Sequence[Token], index: int) -> bool:
    """Whether more of the slide stands below a paragraph."""
    return index + 2 < len(tokens) and tokens[index + 2].type != "hr"


def _below_ruler(tag: str) -> Where:
    """Return whether a text is in the line below a ruler, in a block with a tag."""
    return lambda tokens, index: (
        tokens[index - 1].tag == tag
        and _first_in("hr")(tokens, index)
        and _line(tokens[index - 2]) + 1 == _line(tokens[index])
    )


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


_FORMS = (
    _Form("call-outs", re.compile(r"\A\[![A-Za-z][\w-]*\][+-]?"), _BOX, _first_in("blockquote_open")),
    _Form("task lists", re.compile(r"\A\[[ xX]\](?= )"), "write ☐ or ☑", _first_in("list_item_open")),
    _Form(
        "properties of slides between rulers",
        re.compile(r"\A(?:class|layout|template|background-image|count|exclude):[^\n]*\Z"),
        _PROPERTIES,
        _below_ruler("p"),
    ),
    _Form(
        "front matter of slides",
        re.compile(r"\A(?:layout|class|background|image|transition|clicks|hideInToc|level|src|zoom):[^\n]*"),
        _PROPERTIES,
        _below_ruler("h2"),
    ),
    _Form(
        "front matter below other text",
        re.compile(r"\Amarp:[ \t]*true\b[^\n]*"),
        "move it to the first line of the deck, with nothing above it",
        _below_ruler("h2"),
    ),
    _Form(
        "notes behind `???`",
        re.compile(r"\A\?{3}\Z"),
        "write notes for the speaker as a comment: <!-- … -->",
        _is_followed,
    ),
    _anywhere("notes behind `???`", r"^\?{3}(?=\n.)", "write notes for the speaker as a comment: <!-- … -->"),
    _anywhere("steps behind `--`", r"\A--\Z", "a list with `*` in place of `-` appears step by step"),
    _anywhere("containers", r"^:{3,}[ \t]*(?=[\w{.#])[^\n]*", _CLASSES),
    _anywhere(
        "call-outs",
        rf"^(?:!!!|\?\?\?\+?)[ \t]+(?:(?i:{_KINDS})(?: inline)?(?: end)?[ \t]*"
        r"|[a-z][\w -]*[ \t]+\"[^\"\n]*\")$",
        _BOX,
    ),
    _anywhere("tabs", r"^={3}[!+]?[ \t]+\"[^\"\n]+\"", "show one after the other"),
    _anywhere(
        "tables of contents", r"\A(?i:@?\[toc\]|\[\[_?toc_?\]\]|\{:toc\})\Z", "write links: [Part two](#5)"
    ),
    _anywhere("definition lists", r"(?<=\n): {1,3}\S[^\n]*", "write a list, or HTML: <dl><dt>…<dd>…</dl>"),
    _anywhere(
        "footnotes",
        r"^\[\^[\w-]{1,40}\]:|\[\^\d{1,3}\](?![*+?{(\]])|(?<=\x01)\^[\w-]{1,40}(?=\x01)"
        r"|(?<=\S)\^\[[^\[\]\n]{0,200} [^\[\]\n]{0,200}\]",
        "write the note on the slide: <sup>1</sup>",
    ),
    _anywhere(
        "highlighted text",
        r"(?<![=A-Za-z0-9_])==(?![=\s])[^=\n]{1,200}?(?<!\s)==(?![=A-Za-z0-9_])",
        "write <mark>…</mark> or **…**",
    ),
    _anywhere(
        "links between double brackets",
        rf"(?<![\w)\]\[])!?\[\[(?!(?i:_?toc_?)\])(?!{_CPP}[\](])[^\W\d][^\[\]=,;\"'\n]{{1,200}}\]\]",
        "write [text](file.md) or ![text](file.png)",
    ),
    _anywhere(
        "short codes",
        r"\{\{[<%][^\n]{0,200}?[>%]\}\}|\{%-?[ \t]+\w[^\n]{0,200}?%\}",
        "write what it stands for",
    ),
    _anywhere(
        "attributes in braces",
        r"(?<=[\x01\]])\{:?[ \t]*(?:[.#][A-Za-z]|[\w-]+=)[^{}\n]{0,200}\}"
        r"|(?<!:)(?<!: )\{:?[ \t]*[.#][A-Za-z][\w:-]*(?:[ \t][^{}\n]{0,200})?\}$",
        _CLASSES,
    ),
    _anywhere(
        "subscripts between tildes", r"(?<=[A-Za-z)])~[A-Za-z0-9+-]{1,6}~(?!~)", "write <sub>…</sub> or $x_2$"
    ),
    _anywhere(
        "superscripts between carets",
        r"(?<=[A-Za-z0-9)])\^[A-Za-z0-9+-]{1,6}\^(?![\w^])",
        "write <sup>…</sup> or $x^2$",
    ),
    _anywhere(
        "icons by name",
        r":(?:material|fontawesome|octicons|simple)-[a-z0-9-]{1,60}:",
        "show a picture or an emoji",
    ),
    _anywhere("classes before brackets", rf"^\.(?!(?:{_NAMES_OF_PYTHON})\[)[a-z][\w-]{{0,40}}\[", _CLASSES),
    _anywhere(
        "LaTeX outside of formulas",
        r"\\begin\{[a-z]{1,30}\*?\}|\A\\(?:newpage|pagebreak|clearpage)\b",
        "write Markdown, a formula between dollars, or `---` for a new slide",
    ),
    _anywhere("embedded media", rf"(?<![\w@])@(?=\x01(?:{_PLAYERS})\x01)", "show a picture with a link"),
)

_DRAWN_ELSEWHERE = frozenset(
    {
        *("abc", "actdiag", "blockdiag", "bytefield", "chart", "d2", "ditaa", "echarts", "erd", "excalidraw"),
        *(
            "flow",
            "graphviz",
            "markmap",
            "math",
            "mindmap",
            "nomnoml",
            "nwdiag",
            "pikchr",
            "plantuml",
            "puml",
        ),
        *("seqdiag", "sequence", "structurizr", "svgbob", "vega", "vega-lite", "wavedrom"),
    }
)
"""Languages of fences that other tools draw, and that are hardly ever shown as code."""

_INSTEAD = {"graphviz": "write dot", "math": "write the formula between lines of $$"}
_NO_DRAW = "show a picture, or mermaid or dot; no-draw behind the language says that the code is meant"


class ForeignMarkup:
    """Reader of the texts and fences of one deck: each form counts once per slide."""

    def __init__(self, lines: Lines, slides: Sequence[Slide]) -> None:
        self._lines = lines
        self._slides = slides
        self._seen: set[tuple[str, int]] = set()

    def read(self, tokens: Sequence[Token], index: int, offsets: Sequence[int]) -> Iterator[Diagnostic]:
        """Yield a warning for each form in the inline token at an index; `offsets` are of its content."""
        shown, written = _shown(tokens[index]), _without_code(tokens[index])
        for form in _FORMS:
            if not form.where(tokens, index):
                continue
            for match in form.pattern.finditer(shown):
                text = re.split(f"[{_LINK}{_OTHER}]", match[0])[0]
                at = written.find(text)
                if at >= 0 and written[at - 1 : at] != "\\":
                    yield from self._once(form, offsets[at], offsets[at + len(text)])
                    break

    def _once(self, form: _Form, start: int, end: int) -> Iterator[Diagnostic]:
        place = self._lines.span(start, end)
        key = form.name, slide_at(self._slides, place.line)
        if key not in self._seen:
            self._seen.add(key)
            message = f"Marp has no {form.name}, and shows this as it is written"
            yield _warning(self._lines, place, message, form.hint)


def foreign_fence(fence: Fence, lines: Lines, has_scripts: bool) -> Iterator[Diagnostic]:
    """Warn of a fence that is no reference, and that another tool would run or draw.

    Scripts of the deck's own may draw it.
    """
    language, attributes = fence.info.language, fence.info.attributes
    start = fence.info_start
    place = lines.span(start, start + len(fence.info_text))
    if re.match(r"\{[.#]?[A-Za-z]", fence.info_text):
        message = "Marp has no fences with braces, and shows this as plain text"
        yield _warning(lines, place, message, "write the language alone: `python`; to run it, `python exec`")
    elif "exec" in attributes and attributes["exec"].value is None and language not in PYTHON:
        place = lines.span(start + attributes["exec"].start, start + attributes["exec"].end)
        message = f"only Python runs: this {language} stays as it is written"
        yield _warning(lines, place, message, "remove exec, or write it in Python: subprocess.run(…)")
    elif (hint := _not_drawn(language)) and "no-draw" not in attributes and not has_scripts:
        yield _warning(lines, place, f"nothing draws {language} here: this is shown as code", hint)


def _warning(lines: Lines, place: Location, message: str, hint: str) -> Diagnostic:
    return lines.warning("foreign-markup", message, place, hint, cause=Cause(message))


def _not_drawn(language: str) -> str:
    """Return what to write instead of a language that other tools draw; empty for any other."""
    lower = language.lower()
    if lower in LANGUAGES and language != lower:
        return f"write {lower}"
    return _INSTEAD.get(lower, _NO_DRAW) if lower in _DRAWN_ELSEWHERE else ""


def _shown(inline: Token) -> str:
    """Return the text of a paragraph, with a sign in place of all else."""
    return "".join(map(_sign, inline.children or []))


def _sign(child: Token) -> str:
    if child.type == "text":
        return child.content
    if child.type in ("softbreak", "hardbreak"):
        return "\n"
    return _LINK if child.type in ("image", "link_open", "link_close") else _OTHER


def _without_code(inline: Token) -> str:
    """Return the content of a paragraph with blanks in place of code, formulas and HTML."""
    text, done = inline.content, 0
    for child in inline.children or []:
        at = text.find(child.content, done) if child.content else -1
        if at >= 0:
            done = at + len(child.content)
            if child.type in ("code_inline", "math_inline", "html_inline"):
                text = text[:at] + _OTHER * len(child.content) + text[done:]
    return text
