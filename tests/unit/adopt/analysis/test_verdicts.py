"""The verdict on each fence of a deck."""

from deckwright.adopt.analysis.classify import FRAGMENT, SESSION
from deckwright.adopt.analysis.fences import Verdict
from deckwright.adopt.analysis.verdicts import analyse
from deckwright.model import Raised
from deckwright.parse import parse_deck
from support.evidence import places
from support.plain_decks import fence, judged


def test_all_undefined_names_are_reported_at_once() -> None:
    analysis = judged(fence("a = b") + fence("c = a") + fence("print(d, c)") + fence("d = 1"))
    assert places(analysis.diagnostics) == [
        ("undefined-name", 2),
        ("undefined-name", 5),
        ("undefined-name", 8),
        ("undefined-name", 8),
    ]
    assert [diagnostic.hint for diagnostic in analysis.diagnostics] == [
        "bind it in a fence above",
        "line 2 binds it, but does not run: fix that first",
        "line 11 binds it, further down",
        "line 5 binds it, but does not run: fix that first",
    ]
    assert [each.verdict for each in analysis.fences] == [Verdict.FAILS] * 3 + [Verdict.RUNS]


def test_after_a_star_import_names_are_left_to_the_run() -> None:
    assert judged(fence("from math import *") + fence("sqrt(2)")).diagnostics == ()


def test_a_name_in_a_function_may_be_bound_later() -> None:
    assert judged(fence("def f():", "    return g()") + fence("def g(): ...")).diagnostics == ()


def test_an_error_is_taught_if_the_slide_mentions_it() -> None:
    fault = {1: Raised("torch.OutOfMemoryError", "too much")}
    assert judged(fence("f = 1"), fault).fences[0].verdict is Verdict.FAILS
    (only,) = judged(fence("f = 1") + "\nThis is an OutOfMemoryError.\n", fault).fences
    assert (only.verdict, only.reason) == (Verdict.TEACHES, "OutOfMemoryError")
    assert judged(fence("f = 1  # 报错") + "", fault).fences[0].verdict is Verdict.TEACHES
    assert judged(fence("fails = 1"), fault).fences[0].verdict is Verdict.FAILS
    below = fence("f = 1") + fence("g = 1") + "\nThis fails.\n"
    assert [each.verdict for each in judged(below, fault).fences] == [Verdict.FAILS, Verdict.RUNS]


def test_reasons_of_the_author_are_respected_and_ours_are_tried_again() -> None:
    assert judged(fence("x", info='python no-exec="needs a GPU"')).fences == ()
    for reason in ("NameError: nothing binds y", "ran longer than 300 s", FRAGMENT, SESSION):
        (only,) = judged(fence("x = 1", info=f'python no-exec="{reason}"')).fences
        assert only.verdict is Verdict.RUNS
    still = judged(fence("return x", info=f'python no-exec="{FRAGMENT}"'))
    assert (still.fences[0].verdict, still.diagnostics) == (Verdict.APART, ())


def test_self_is_of_a_class_around_it() -> None:
    (only,) = judged(fence("self.weight = 1")).fences
    assert (only.verdict, only.reason) == (Verdict.APART, FRAGMENT)


def test_a_reason_fits_into_an_info_string() -> None:
    message = 'no "way" `x` <b> {1} \\ & \n second line ' + "a" * 200
    (only,) = judged(fence("x = 1"), {1: Raised("ValueError", message)}).fences
    assert (
        only.reason.startswith("ValueError: no 'way' x b 1 aaa")
        or only.reason == "ValueError: no 'way' x b 1"
    )


def test_a_marked_fence_asserts_that_python_cannot_read_it() -> None:
    deck = parse_deck("slides/a.md", "# A\n\n```python exec\n#| raises: SyntaxError\nprint（1）\n```\n")
    analysis = analyse(deck, {})
    assert deck.diagnostics == analysis.diagnostics == ()
    assert [each.verdict for each in analysis.fences] == [Verdict.TEACHES]
