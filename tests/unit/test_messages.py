"""Every message that the source can give has a section on the messages page, and every section a message."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckwright.checks import ERRORS_IN_CHECK
from deckwright.errors import BAD_DECK, DeckwrightError
from deckwright.model import FailureKind, SlideSlug

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/messages.md").read_text("utf-8")
TREES = [ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "tools/deckwright").rglob("*.py"))]


def sections() -> dict[str, str]:
    heads = re.split(r"^## (.+)$", PAGE, flags=re.M)[1:]
    return dict(zip(heads[::2], heads[1::2], strict=True))


def emitted() -> frozenset[str]:
    """Return what any call gives for a parameter named `slug`, and what error classes set."""
    public = dict(place for tree in TREES for place in slug_places(tree) if not place[0].startswith("_"))
    assert {"Diagnostic", "diagnostic"} <= public.keys()
    found = {
        slug
        for tree in TREES
        for slug in (*given(tree, {**public, **dict(slug_places(tree))}), *class_slugs(tree))
    }
    # A failed run's kind is its slug, except for one that has a better name, and one that no author sees.
    failed = {*map(str, FailureKind)} - {FailureKind.RAISED, FailureKind.LEFT_OUT} | {"snippet-failed"}
    return frozenset(found | failed | {str(kind) for kind in SlideSlug})


def slug_places(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the name of each function and class that takes a `slug`, and at which position."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
        elif isinstance(node, ast.ClassDef):
            fields = [each.target for each in node.body if isinstance(each, ast.AnnAssign)]
            names = [field.id for field in fields if isinstance(field, ast.Name)]
        else:
            continue
        if "slug" in names:
            yield node.name, names.index("slug")


def given(tree: ast.AST, places: dict[str, int]) -> Iterator[str]:
    for call in calls(tree):
        if place := places.get(called(call), -1) + 1:
            values = [keyword.value for keyword in call.keywords if keyword.arg == "slug"]
            values += call.args[place - 1 : place]
            for value in values:
                texts = (node for node in ast.walk(value) if isinstance(node, ast.Constant))
                yield from (node.value for node in texts if isinstance(node.value, str))


def class_slugs(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            names = [getattr(target, "id", "") for target in node.targets]
            yield from [str(node.value.value)] if names == ["slug"] else []
        elif isinstance(node, ast.ClassDef):
            values = [keyword.value for keyword in node.keywords if keyword.arg == "slug"]
            yield from (str(value.value) for value in values if isinstance(value, ast.Constant))


def test_every_message_has_a_section_and_every_section_a_message() -> None:
    assert sorted(emitted() - sections().keys()) == []
    assert sorted(sections().keys() - emitted()) == []


def test_sections_are_in_alphabetical_order() -> None:
    assert list(sections()) == sorted(sections())


@pytest.mark.parametrize("slug", sections())
def test_a_section_says_cause_and_fix(slug: str) -> None:
    text = sections()[slug]
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", slug)
    assert re.search(r"\*\*Cause\.\*\* \S+", text)
    assert re.search(r"^\*\*Fix\.\*\* \S+", text, re.M)


def test_the_page_says_the_exit_codes() -> None:
    kinds = [DeckwrightError, *DeckwrightError.__subclasses__()]
    said = {slug: re.match(r"\s*Exit code (\d+)\.", text) for slug, text in sections().items()}
    codes = {slug: int(match[1]) for slug, match in said.items() if match}
    assert codes == {kind.slug: kind.exit_code for kind in kinds if kind.exit_code != BAD_DECK}


def test_the_page_says_what_is_only_a_warning() -> None:
    """Slugs that are given as warnings are marked so, and no others."""
    warned = {slug for tree in TREES for slug in warnings_of(tree)}
    marked = {slug for slug, text in sections().items() if text.lstrip().startswith("*Warning.*")}
    assert warned == marked


def warnings_of(tree: ast.Module) -> Iterator[str]:
    """Yield the slugs of calls that make a warning, or that call a function of the module that makes one."""
    makers = {name for name, _ in slug_places(ast.Module([*warning_functions(tree)], []))}
    for call in calls(tree):
        if makes_warning(call) or called(call) in makers:
            values = [*call.args, *(keyword.value for keyword in call.keywords)]
            slugs = (value.value for value in values if isinstance(value, ast.Constant))
            yield from (slug for slug in slugs if isinstance(slug, str) and slug in sections())


def warning_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(makes_warning, calls(node))):
            yield node


def makes_warning(call: ast.Call) -> bool:
    """Whether a call makes a warning; what rendering notices is one, unless the call says otherwise."""
    graded = any(keyword.arg == "severity" for keyword in call.keywords)
    return called(call) == "warning" or (called(call) == "PageDiagnostic" and not graded)


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_what_a_check_does_not_accept_is_said() -> None:
    warnings = {slug: text for slug, text in sections().items() if slug in ERRORS_IN_CHECK}
    assert warnings.keys() == ERRORS_IN_CHECK
    assert not [slug for slug, text in warnings.items() if "error for `check`" not in " ".join(text.split())]
