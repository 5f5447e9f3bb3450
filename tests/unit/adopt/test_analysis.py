"""What adopting a deck decides without running anything, and that it touches nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.adopt.analysis.classify import AWAITS, COMMANDS, FRAGMENT, PSEUDO, SESSION, apart
from deckwright.adopt.analysis.edits import Edit, applied, offset_before, undoing
from deckwright.adopt.analysis.extract import extract
from deckwright.adopt.analysis.fences import Verdict
from deckwright.adopt.analysis.free_names import Use, uses_of
from deckwright.adopt.analysis.mark import marks
from deckwright.adopt.analysis.outputs import commented_outputs, figure_labels, is_alike, shown_outputs
from deckwright.adopt.analysis.pictures import propose_alts
from deckwright.adopt.analysis.prose import read_mentions
from deckwright.adopt.analysis.usual_imports import brought_by, import_for
from deckwright.adopt.analysis.verdicts import DeckAnalysis, Raised, analyse
from deckwright.model import Deck
from deckwright.parse import parse_deck

# --- edits ------------------------------------------------------------------------------------


@given(st.text(), st.data())
def test_edits_can_be_undone(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    edits = [
        Edit(start, text[start:end], data.draw(st.text(max_size=5)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    changed = applied(text, edits)
    assert applied(changed, undoing(edits)) == text


def test_an_edit_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        applied("abc", [Edit(1, "x", "y")])


def test_an_offset_of_the_changed_text_has_a_place_in_the_old_one() -> None:
    edits = [Edit(1, "", "xyz"), Edit(3, "de", "D"), Edit(6, "", "!")]
    text = "abcdefg"
    assert applied(text, edits) == "axyzbcDf!g"
    assert [offset_before(edits, at) for at in range(11)] == [0, 1, 1, 1, 1, 2, 3, 5, 6, 6, 7]


def test_edits_at_one_place_keep_their_order() -> None:
    assert applied("ac", [Edit(1, "", "b"), Edit(1, "", "B")]) == "abBc"


# --- a deck as a whole ------------------------------------------------------------------------

LINES = st.sampled_from(
    [
        "# Title",
        "---",
        "```python",
        "```Python {1}",
        "~~~py",
        "  ```python",
        "> ```python",
        "- ```python",
        "```",
        "  ```",
        "> ```",
        "~~~",
        "x = 1",
        "\tprint(x)  ",
        "> print(np.ones(3))",
        "  y = z",
        ">>> 1 + 1",
        "def f(: ...",
        "f（1）",
        "from __future__ import annotations",
        "plt.plot([1])",
        "#| label: a",
        "```text",
        "1",
        "Output:",
        "![](a.png)",
        "![w:300 ]( <b c.png> 'title' )",
        '<img src="x.png"> <img alt="" src=y.png>',
        "<!-- ![](c.png) -->",
        "| ![](d.png) | ![bg](e.png) |",
        "torch.matmal and `np.arange`",
        "",
        "    ",
        "\u2028",
        "***",
    ]
)


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    bom = draw(st.sampled_from(["", "\ufeff"]))
    end = draw(st.sampled_from(["", newline]))
    return parse_deck("slides/deck.md", bom + newline.join(draw(st.lists(LINES, max_size=25))) + end)


@given(decks(), st.data())
def test_what_is_not_touched_stays_byte_for_byte(deck: Deck, data: st.DataObject) -> None:
    judged = analyse(deck, {})
    runs = [one.fence.line for one in judged.program]
    failing = data.draw(st.lists(st.sampled_from(runs), unique=True)) if runs else []
    judged = analyse(deck, dict.fromkeys(failing, Raised("TypeError", 'a "b" `c`')))
    printed = dict.fromkeys(runs, "1\n")
    shown, labels = dict(shown_outputs(deck, judged, printed)), figure_labels(deck, judged)
    alts = [edit for edit, _ in propose_alts(deck)]
    edits = [*marks(deck, judged, shown, labels), *alts]
    changed = applied(deck.text, edits)
    assert applied(changed, undoing(edits)) == deck.text
    after = parse_deck(deck.path, changed)
    assert [slide.title for slide in after.slides] == [slide.title for slide in deck.slides]
    wrong = {d.slug for d in after.diagnostics} - {d.slug for d in deck.diagnostics}
    assert wrong <= {"bad-option", "bad-attribute"}, after.diagnostics
    again = analyse(after, {})
    assert not list(propose_alts(after))
    if not failing:
        assert not list(marks(after, again, {}, figure_labels(after, again)))
    moved = extract(deck, judged, shown, labels, "snippets/deck.py")
    assert applied(applied(deck.text, moved.edits), undoing(moved.edits)) == deck.text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_is_added_ends_as_the_lines_around_it(end: str) -> None:
    rows = "```python\nfrom __future__ import annotations\nnp.ones(3)\n```\n"
    deck = parse_deck("slides/deck.md", rows.replace("\n", end))
    found = analyse(deck, {})
    expected = "```python exec\nfrom __future__ import annotations\nimport numpy as np\nnp.ones(3)\n```\n"
    assert applied(deck.text, marks(deck, found, {}, {})) == expected.replace("\n", end)


# --- what a fence is --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("x = 1", ""),
        ("print(１)", ""),
        ("f（1）", ""),
        ("if x\n    y = 1", ""),
        (">>> x = 1\n>>> x\n1", SESSION),
        ("!pip install torch", COMMANDS),
        ("%matplotlib inline\nx = 1", COMMANDS),
        ("    x = 1\n    y = 2", FRAGMENT),
        ("return x", FRAGMENT),
        ("    for x in y:\n        z += x\n    return z", FRAGMENT),
        ("def f(x):\n    # your code here", FRAGMENT),
        ("In [3]: x * 2\nOut[3]: 4", SESSION),
        ("for x in y:\n    ...\nelse ...", FRAGMENT),
        ("model(<your input>)", FRAGMENT),
        ("class A(…):\n    pass", FRAGMENT),
        ("await fetch()", AWAITS),
        ("repeat until converged:\n  choose the next batch\n  update all weights", PSEUDO),
        ("x = 1\0", ""),
    ],
)
def test_what_is_no_program(code: str, reason: str) -> None:
    assert apart(code) == reason


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("x", "x"),
        ("x = x + 1", "x"),
        ("x += 1", "x"),
        ("x = 1\nprint(x)", ""),
        ("del x", "x"),
        ("for i in items: print(i)", "items"),
        ("[i for i in items if i > low]", "items low"),
        ("{k: v for k, v in pairs}", "pairs"),
        ("def f(a, *b, c=d, **e): return a, b, c, e, g, len(a)", "d g+"),
        ("def f():\n    global y\n    y = 1\nf()\nprint(y)", ""),
        ("def f(): return h()\ndef h(): return 1", ""),
        ("@wrap\ndef f(x: T) -> U: ...", "wrap U T"),
        ("lambda a: a + b", "b+"),
        ("class A(B):\n    n = 1\n    def f(self): return self.n, A, other", "B other+"),
        ("with open('x') as f: f.read()", ""),
        ("try:\n    import a\nexcept ImportError as e:\n    print(e)", ""),
        ("import a.b as c, d.e\nc, d", ""),
        ("if (n := len([])) > 1: print(n)", ""),
        ("print(n := 1, n)", ""),
        ("match 1:\n    case [a, *b]: print(a, b)\n    case {'k': c, **d}: print(c, d)", ""),
        ("__name__, __file__, print", ""),
        ("x: int\ny: T = 1", "T"),
        ("f'{a} {b!r:>{c}}'", "a b c"),
        ("if x\n", ""),
        ("from x import *\ny", ""),
        ("y\nfrom x import *\nz", "y"),
        ("def f():\n    return y\nfrom x import *", ""),
        ("def f(a):\n    for b in a:\n        setattr(a, b, c)", "c+"),
        ("exec('y = 1')\ny", ""),
    ],
)
def test_names_that_code_needs(code: str, needed: str) -> None:
    found = [use.name + "+" * use.later for use in uses_of(code).needed]
    assert " ".join(dict.fromkeys(found)) == needed


def test_a_use_has_its_place_in_characters() -> None:
    (use,) = uses_of('x = 1\ny = "中文", np.ones(3)').needed
    assert (use.name, use.attribute, use.line, use.column) == ("np", "ones", 2, 11)


def test_a_star_may_bind_anything() -> None:
    assert uses_of("from torch import *").bound is None


@pytest.mark.parametrize(
    ("use", "line"),
    [
        (Use("np", 1, 1, attribute="ones"), "import numpy as np"),
        (Use("F", 1, 1, attribute="relu"), "import torch.nn.functional as F"),
        (Use("F", 1, 1), ""),
        (Use("time", 1, 1), ""),
        (Use("Tensor", 1, 1), "from torch import Tensor"),
        (Use("model", 1, 1, attribute="parameters"), ""),
    ],
)
def test_usual_imports(use: Use, line: str) -> None:
    assert import_for(use) == line


def test_what_code_imports() -> None:
    code = "import a.b\nimport c as d\nfrom e import f as g, h\nfrom . import i\n"
    assert dict(brought_by([code, "x ="])) == {
        "a": "import a.b",
        "d": "import c as d",
        "g": "from e import f as g",
        "h": "from e import h",
    }


# --- verdicts ---------------------------------------------------------------------------------


def judged(text: str, faults: dict[int, Raised] | None = None) -> DeckAnalysis:
    deck = parse_deck("slides/deck.md", text)
    return analyse(deck, faults or {})


def told(found: DeckAnalysis) -> list[tuple[str, int, str]]:
    return [(wrong.slug, wrong.location.line, wrong.message) for wrong in found.diagnostics]


def fence(*rows: str, info: str = "python") -> str:
    return "\n".join([f"```{info}", *rows, "```", ""])


def test_all_undefined_names_are_told_at_once() -> None:
    found = judged(fence("a = b") + fence("c = a") + fence("print(d, c)") + fence("d = 1"))
    assert [(slug, line) for slug, line, _ in told(found)] == [
        ("undefined-name", 2),
        ("undefined-name", 5),
        ("undefined-name", 8),
        ("undefined-name", 8),
    ]
    assert [wrong.hint for wrong in found.diagnostics] == [
        "bind it in a fence above",
        "line 2 binds it, but does not run itself: mend that first",
        "line 11 binds it, further down",
        "line 5 binds it, but does not run itself: mend that first",
    ]
    assert [one.verdict for one in found.fences] == [Verdict.FAILS] * 3 + [Verdict.RUNS]


def test_after_a_star_import_names_are_left_to_the_run() -> None:
    assert judged(fence("from math import *") + fence("sqrt(2)")).diagnostics == ()


def test_a_name_in_a_function_may_be_bound_later() -> None:
    assert judged(fence("def f():", "    return g()") + fence("def g(): ...")).diagnostics == ()


def test_an_error_is_taught_where_the_slide_speaks_of_it() -> None:
    fault = {1: Raised("torch.OutOfMemoryError", "too much")}
    assert judged(fence("f = 1"), fault).fences[0].verdict is Verdict.FAILS
    (one,) = judged(fence("f = 1") + "\nThis is an OutOfMemoryError.\n", fault).fences
    assert (one.verdict, one.reason) == (Verdict.TEACHES, "OutOfMemoryError")
    assert judged(fence("f = 1  # 报错") + "", fault).fences[0].verdict is Verdict.TEACHES
    assert judged(fence("fails = 1"), fault).fences[0].verdict is Verdict.FAILS
    below = fence("f = 1") + fence("g = 1") + "\nThis fails.\n"
    assert [one.verdict for one in judged(below, fault).fences] == [Verdict.FAILS, Verdict.RUNS]


def test_reasons_of_the_author_are_respected_and_ours_are_tried_again() -> None:
    assert judged(fence("x", info='python no-exec="needs a GPU"')).fences == ()
    for reason in ("NameError: nothing binds y", "ran longer than 300 s", FRAGMENT, SESSION):
        (one,) = judged(fence("x = 1", info=f'python no-exec="{reason}"')).fences
        assert one.verdict is Verdict.RUNS
    still = judged(fence("return x", info=f'python no-exec="{FRAGMENT}"'))
    assert (still.fences[0].verdict, still.diagnostics) == (Verdict.APART, ())


def test_self_is_of_a_class_around_it() -> None:
    (one,) = judged(fence("self.weight = 1")).fences
    assert (one.verdict, one.reason) == (Verdict.APART, FRAGMENT)


def test_a_reason_fits_into_an_info_string() -> None:
    message = 'no "way" `x` <b> {1} \\ & \n second line ' + "a" * 200
    (one,) = judged(fence("x = 1"), {1: Raised("ValueError", message)}).fences
    assert (
        one.reason.startswith("ValueError: no 'way' x b 1 aaa") or one.reason == "ValueError: no 'way' x b 1"
    )


# --- outputs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "printed", "alike"),
    [
        ("tensor([0.12, 0.5])", "tensor([0.7312, 0.25])", True),
        ("torch.Size([2, 3])\n", "torch.Size([2, 3])", True),
        ("loss: 2.3  [0/60000]", "loss: 2.298  [    0/60000]", True),
        ("pip install torch", "tensor([1, 2])", False),
        ("", "1", False),
    ],
)
def test_what_looks_like_the_output_of_another_run(shown: str, printed: str, alike: bool) -> None:
    assert is_alike(shown, printed) is alike


def shown_lines(text: str, printed: dict[int, str]) -> dict[int, int]:
    deck = parse_deck("slides/deck.md", text)
    found = shown_outputs(deck, analyse(deck, {}), printed)
    return {line: fence.line for line, fence in found}


def test_outputs_stand_right_below_on_the_same_slide() -> None:
    code, text = fence("print(1)"), fence("1", info="text")
    assert shown_lines(code + text, {1: "1"}) == {1: 4}
    assert shown_lines(f"{code}\n**输出：**\n\n" + fence("not at all", info=""), {1: "1"}) == {1: 7}
    assert shown_lines(f"{code}\n---\n\n{text}", {1: "1"}) == {}
    assert shown_lines(f"{code}\nA paragraph that explains something at length.\n\n{text}", {1: "1"}) == {}
    assert shown_lines(code + fence("not at all", info=""), {1: "1"}) == {}
    assert shown_lines(code + fence("1", info="bash"), {1: "1"}) == {}
    assert shown_lines(code + fence("1", info="text output"), {1: "1"}) == {}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("print(x)  # 输出: 3", "this comment tells an output"),
        ("print(x)  # => 3", "this comment tells an output"),
        ("print(x)  # => 30", "this comment tells an output that was not printed"),
        ("print(x)  # => 4", "this comment tells an output that was not printed"),
        ("print(f'x = {x}')  # 输出: 7.10", "this comment tells an output"),
        ("print(f'x = {x}')  # 输出: 7.5", "this comment tells an output that was not printed"),
        ("print(x)  # tensor([1, 2])", "this comment tells an output that was not printed"),
        ("print(x)  # the result", None),
        ("print(x)  # a -> b", None),
    ],
)
def test_comments_that_tell_an_output(row: str, message: str | None) -> None:
    deck = parse_deck("slides/deck.md", fence("x = 3", row))
    found = list(commented_outputs(deck, analyse(deck, {}), {}, {1: "3\nx = 7.1\n"}))
    assert [wrong.message for wrong in found] == ([message] if message else [])
    assert [wrong.location.line for wrong in found] == ([3] if message else [])


def test_what_draws_gets_a_label_of_its_own() -> None:
    text = "# Loss\n" + fence("import matplotlib.pyplot as plt", "plt.plot([1])") * 2
    text += fence("#| label: mine", "plt.imshow(x)").replace("x)", "[[1]])") + fence("def f(): plt.plot([1])")
    deck = parse_deck("slides/deck.md", text)
    labels = figure_labels(deck, analyse(deck, {}))
    assert list(labels.values()) == ["deck-loss", "deck-loss-2", "mine"]


# --- pictures ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n![](images/two_words.png)", "# A\n![A: two words](images/two_words.png)"),
        ("![w:300 center](my-net.png)", "![w:300 center my net](my-net.png)"),
        ("![](20240131-0001.png)", None),
        ("# 网络 $x^2$\n![](400px-lenet.svg.png)", "# 网络 $x^2$\n![网络 x^2: lenet](400px-lenet.svg.png)"),
        ("# A\n![a real text](b.png)", None),
        ("# A\n![bg right:40%](b.png)", None),
        ("# A\n![][1]\n\n[1]: b.png", None),
        ("# A\n`![](b.png)`", None),
        ("# A\n<!-- ![](b.png) <img src='c.png'> -->", None),
        ("# A\n<img src='curve.png'>", "# A\n<img alt=\"A: curve\" src='curve.png'>"),
        ("# A\n<img alt='' src='curve.png'>", None),
        ("# Gaussian blur\n![](invert.png)", "# Gaussian blur\n![Gaussian](invert.png)"),
        ("# A [b](c) `d`\n![](e_f.png)", "# A [b](c) `d`\n![A b d](e_f.png)"),
    ],
)
def test_text_alternatives(text: str, expected: str | None) -> None:
    deck = parse_deck("slides/deck.md", text)
    edits = [edit for edit, _ in propose_alts(deck)]
    assert applied(text, edits) == (expected or text)


def test_pictures_and_where_they_stand() -> None:
    text = (
        "---\nmarp: true\nbackgroundImage: url('https://a.org/1.png')\n---\n\n![](b.png) and ![](<c d.png>)\n"
        '\n<img src="//e.org/f.png">\n\n<!--\n_backgroundImage: url(http://g.org/h.jpg)\n-->\n'
        "\n# url\n\n# backgroundImage: url('https://no.org/x.png')\n"
    )
    deck = parse_deck("slides/deck.md", text)
    found = deck.pictures
    assert [picture.address for picture in found] == [
        *("https://a.org/1.png", "b.png", "c d.png", "//e.org/f.png", "http://g.org/h.jpg")
    ]
    assert [picture.is_remote for picture in found] == [True, False, False, True, True]
    assert all(text[picture.start : picture.end] == picture.address for picture in found)


# --- prose ------------------------------------------------------------------------------------


def test_names_of_libraries_in_the_prose() -> None:
    text = (
        "# nn.Linear的使用\n\n* torch.matmal, see torch.mul.\n* `np.arange` in train.py, torch.org\n"
        "* https://pytorch.org/torch.nn, model.fit, kit.look\n\n```python\ntorch.no\n```\n"
    )
    deck = parse_deck("slides/deck.md", text)
    found = read_mentions(deck, {"kit": "import kit"})
    assert [(m.name, m.line, m.location.line) for m in found] == [
        ("nn.Linear", "from torch import nn", 1),
        ("torch.matmal", "import torch", 3),
        ("torch.mul", "import torch", 3),
        ("np.arange", "import numpy as np", 4),
        ("kit.look", "import kit", 5),
    ]


def test_a_marked_fence_asserts_that_python_cannot_read_it() -> None:
    """Whatever its slide talks of: a build has nothing against it."""
    deck = parse_deck("slides/a.md", "# A\n\n```python exec\n#| raises: SyntaxError\nprint（1）\n```\n")
    found = analyse(deck, {})
    assert deck.diagnostics == found.diagnostics == ()
    assert [each.verdict for each in found.fences] == [Verdict.TEACHES]
