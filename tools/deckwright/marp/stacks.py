"""Family lists of a page's styles: our fonts stand before those that each computer has in another form.

A family that the page itself contains stays first. Before the first other one, such as `-apple-system` or
`monospace`, comes a stack of ours, so that text takes the same room on every computer.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

from deckwright.marp.fonts import MONO, SANS
from deckwright.text.addresses import is_remote
from deckwright.text.css import FACE, addresses_in, family_of

SANS_STACK = "Deckwright Sans"
SERIF_STACK = "Deckwright Serif"

_STYLES = re.compile(
    r"(?P<open><style\b[^>]*>)(?P<css>.*?)(?P<close></style\s*>)"
    r"|(?P<before><[a-zA-Z][^<>]*?\sstyle=(?P<quote>[\"']))(?P<inline>[^<>]*?font[^<>]*?)(?P=quote)",
    re.S | re.I,
)
_DECLARATION = re.compile(
    rf"{FACE.pattern}"
    r"|(?P<before>(?<![\w-])(?P<property>font(?:-family)?|--[\w-]+)\s*:\s*)(?P<value>[^;{}]+)",
    re.I,
)
_FAMILY_ATTRIBUTE = re.compile(
    r"(?P<before><[a-zA-Z][^<>]*?\sfont-family\s*=\s*)(?P<quote>[\"'])(?P<value>[^<>]*?)(?P=quote)"
)
_ROOT = re.compile(r"(<svg\b(?![^>]*\sfont-family=)[^>]*?)(/?>)")
_CODE_RULE = re.compile(
    r"(?<![\w.#-])(?:pre|code)(?![\w-])[^{}]*\{[^}]*?(?<![\w-])font(?:-family)?\s*:", re.I
)

_MONOSPACE = {"monospace", "ui-monospace"}
_SERIF = {"serif", "ui-serif"}
_GENERIC = (
    _MONOSPACE
    | _SERIF
    | {
        *("sans-serif", "system-ui", "ui-sans-serif", "ui-rounded", "cursive", "fantasy", "math", "emoji"),
        *("fangsong", "-apple-system", "blinkmacsystemfont"),
    }
)
_MONO_NAMES = re.compile(r"mono|courier|consol|menlo|code\b|terminal", re.I)
_SERIF_NAMES = re.compile(
    r"(?<!sans )(?<!sans-)\bserif|times|georgia|cambria|garamond|palatino|song|ming", re.I
)
_NO_FAMILY = {
    *("inherit", "initial", "unset", "revert", "revert-layer"),
    *("caption", "icon", "menu", "message-box", "small-caption", "status-bar"),
}
_SIZES = {
    *("xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"),
    *("smaller", "larger"),
}

_SMALLER = "font-size:.8125em"
"""How browsers show text whose only family is `monospace`, unless its size is given."""


def with_stacks(page: str) -> str:
    """Return a page whose styles name our stacks before families that it does not contain."""
    contained = _contained(page)
    own = SANS in page
    page = _STYLES.sub(partial(_styled, contained=contained, own=own), page)
    return page.replace("<style", f"<style>{_base(page, own)}</style><style", 1)


def with_stacks_of(part: str, page: str) -> str:
    """Return a part that is put into a page, whose styles name our stacks as those of the page do."""
    return _STYLES.sub(partial(_styled, contained=_contained(page + part), own=SANS in page), part)


def with_stacks_in_picture(svg: str) -> str:
    """Return a picture whose text names our stacks before families that it does not contain."""
    contained = _contained(svg)
    svg = _STYLES.sub(partial(_styled, contained=contained, own=False), svg)
    svg = _FAMILY_ATTRIBUTE.sub(partial(_attributed, contained=contained), svg)
    # Browsers show text that names no family in a font with serifs.
    serif = f'font-family="{_stack(["serif"], False)}"'
    return _ROOT.sub(lambda root: f"{root[1]} {serif}{root[2]}", svg, count=1)


def _contained(page: str) -> frozenset[str]:
    """Return the families, in lower case, that a page contains: of its style sheets, and ours."""
    named = (family_of(face).lower() for face in FACE.findall(page) if not _is_remote(face))
    return frozenset({SANS.lower(), MONO.lower(), *filter(None, named)})


def _is_remote(face: str) -> bool:
    return all(is_remote(each) and "/katex@" not in each for each in addresses_in(face))


def _base(page: str, own: bool) -> str:
    """Return a style sheet for what no theme styles. It yields to every other one."""
    code = (
        ""
        if _CODE_RULE.search(page)
        else (
            f"pre,code,kbd,samp,tt{{font-family:{_stack(['monospace'], own)};{_SMALLER}}}"
            ":is(pre,code,kbd,samp,tt) :is(code,kbd,samp,tt){font-size:1em}"
        )
    )
    return f"@layer deckwright{{section{{font-family:{_stack(['sans-serif'], own)}}}{code}}}"


def _styled(match: re.Match[str], contained: frozenset[str], own: bool) -> str:
    change = partial(_declared, contained=contained, own=own)
    if match["open"]:
        return match["open"] + _DECLARATION.sub(change, match["css"]) + match["close"]
    if "&" in match["inline"]:  # an entity ends with the sign that ends a declaration
        return match[0]
    return match["before"] + _DECLARATION.sub(change, match["inline"]) + match["quote"]


def _declared(match: re.Match[str], contained: frozenset[str], own: bool) -> str:
    if not match["before"]:
        return match[0]
    value = _listed(match["property"].lower(), match["value"], contained, own)
    alone = match["property"].lower() == "font-family" and match["value"].strip().lower() == "monospace"
    return match["before"] + value + (f";{_SMALLER}" if alone and not _has_size(match) else "")


def _attributed(match: re.Match[str], contained: frozenset[str]) -> str:
    value = _listed("font-family", html.unescape(match["value"]), contained, False)
    return f'{match["before"]}"{html.escape(value)}"'


def _has_size(match: re.Match[str]) -> bool:
    """Whether the declarations around one give a size."""
    css = match.string
    start, end = css.rfind("{", 0, match.start()), css.find("}", match.end())
    return re.search(r"(?<![\w-])font(?:-size)?\s*:", css[start + 1 : end if end >= 0 else None]) is not None


@lru_cache(maxsize=1024)
def _listed(name: str, value: str, contained: frozenset[str], own: bool) -> str:
    """Return the value of a property with a stack of ours in its list of families."""
    import tinycss2  # slow to import

    if name.startswith("--") and not _is_list(name, value):
        return value
    tokens = tinycss2.parse_component_value_list(value)
    place = _place(tokens, name == "font", contained)
    if place is None:
        return value
    families, token, after = place
    if after and families[0].startswith("katex_"):
        return value
    at = _offset(value, token)
    stack = _stack(families, own and SANS.lower() not in families)
    if after:
        end = at + len(token.serialize())
        return f"{value[:end]},{stack}{value[end:]}"
    return f"{value[:at]}{stack},{value[at:]}"


def _is_list(name: str, value: str) -> bool:
    """Whether a variable of a style sheet holds families."""
    items = [item.strip().strip("\"'").lower() for item in value.split(",")]
    return any(item in _GENERIC for item in items) or (
        bool(re.search("font|family", name))
        and (len(items) > 1 or '"' in value or "'" in value)
        and not re.search(r"\d|\(", value)
    )


def _place(
    tokens: Sequence[Any], shorthand: bool, contained: frozenset[str]
) -> tuple[list[str], Any, bool] | None:
    """Return the families of a list, and the token before which, or after which, our stack belongs."""
    groups = list(_groups(tokens))
    families, last, found = list[str](), None, None
    for number, group in enumerate(groups):
        words = _words(group, shorthand and number == 0)
        if not words:
            inner = next((_inside(token, contained) for token in group if token.type == "function"), None)
            if inner and found is None:
                return inner
            continue
        family = " ".join(word.value for word in words).lower()
        if family in _NO_FAMILY:
            return None
        families.append(family)
        last = words[-1]
        if found is None and family not in contained:
            found = words[0]
    if found is not None:
        return families, found, False
    return (families, last, True) if last is not None else None


def _inside(function: Any, contained: frozenset[str]) -> tuple[list[str], Any, bool] | None:
    """Return the place in what a variable is where it is not set."""
    if function.lower_name != "var":
        return None
    rest = list(_groups(function.arguments))[1:]
    flat = [token for group in rest for token in [*group, _COMMA]]
    return _place(flat[:-1], False, contained) if flat else None


class _Comma:
    type = "literal"
    value = ","


_COMMA = _Comma()


def _groups(tokens: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield what is between commas, without spaces."""
    group = list[Any]()
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield group
            group = []
        elif token.type == "literal" and token.value == "!":
            break
        elif token.type not in ("whitespace", "comment"):
            group.append(token)
    yield group


def _words(group: Sequence[Any], after_size: bool) -> list[Any]:
    """Return the tokens that name a family: of the first item of `font`, those behind the size."""
    start = 0
    for number, token in enumerate(group):
        is_word = token.type in ("ident", "string")
        if not is_word or (after_size and token.type == "ident" and token.value.lower() in _SIZES):
            start = number + 1
    if after_size and start == 0 and not (len(group) == 1 and group[0].value.lower() in _NO_FAMILY):
        return []
    return list(group[start:])


def _offset(value: str, token: Any) -> int:
    lines = value.split("\n")
    return sum(len(line) + 1 for line in lines[: token.source_line - 1]) + int(token.source_column) - 1


def _stack(families: Sequence[str], own: bool) -> str:
    """Return our families for a list. `own`: the page contains Noto Sans SC, which a theme of it names."""
    sans = f"{SANS},{SANS_STACK}" if own else SANS_STACK
    if any(family.startswith("katex_") for family in families):  # formulas have letters of their own
        return sans
    kinds = [family for family in families if family in _GENERIC]
    names = " , ".join(families)
    if _MONOSPACE & set(kinds) or (not kinds and _MONO_NAMES.search(names)):
        return f"{MONO},{sans}"
    if _SERIF & set(kinds) or (not kinds and _SERIF_NAMES.search(names)):
        return f"{SERIF_STACK},{sans}"
    return sans
