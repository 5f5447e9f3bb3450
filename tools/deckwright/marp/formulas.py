"""Formulas of a part that is put into a page: elements that hold TeX, until Marp sets them."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

from deckwright.frozen import dataclass
from deckwright.marp.notices import Notice, NoticeKind, diagnostic_of
from deckwright.model import PageDiagnostic

_FORMULA = re.compile(r"<(span|p) data-formula>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SetFormula:
    """A formula that Marp has set."""

    html: str
    complaint: str
    """What the engine says of one that it cannot read; empty for a good one."""


@dataclass(frozen=True, slots=True)
class FormulasAnswer:
    """What Marp made of formulas: an answer of the Node process."""

    css: str
    formulas: tuple[SetFormula, ...]


def formulas_in(part: str) -> Sequence[dict[str, Any]]:
    """Return the formulas of a part, as Node knows them."""
    return [{"tex": html.unescape(tex), "isBlock": tag == "p"} for tag, tex in _FORMULA.findall(part)]


def with_formulas(part: str, answer: FormulasAnswer) -> tuple[str, Sequence[PageDiagnostic]]:
    """Return a part with its formulas set, in order, and what is wrong with those that cannot be read."""
    answers = zip(formulas_in(part), answer.formulas, strict=True)
    found = [
        diagnostic_of(Notice(NoticeKind.FORMULA, each.complaint, formula["tex"].strip(), 0))
        for formula, each in answers
        if each.complaint
    ]
    rest = iter(answer.formulas)
    return f"<style>{answer.css}</style>{_FORMULA.sub(lambda _: next(rest).html, part)}", found
