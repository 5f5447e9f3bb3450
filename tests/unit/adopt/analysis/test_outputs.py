"""Fences and comments that show what code printed."""

import pytest

from deckwright.adopt.analysis.outputs import commented_outputs, is_similar, other_outputs, shown_outputs
from support.evidence import places
from support.plain_decks import fence, judged


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
    assert is_similar(shown, printed) is alike


def shown_lines(text: str, printed: dict[int, str]) -> dict[int, int]:
    outputs = shown_outputs(judged(text, printed=printed))
    return {line: fence.line for line, fence in outputs.items()}


def test_an_output_is_right_below_on_the_same_slide() -> None:
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
        ("print(x)  # 输出: 3", "this comment states an output"),
        ("print(x)  # => 3", "this comment states an output"),
        ("print(x)  # => 30", "this comment states an output that was not printed"),
        ("print(x)  # => 4", "this comment states an output that was not printed"),
        ("print(f'x = {x}')  # 输出: 7.10", "this comment states an output"),
        ("print(f'x = {x}')  # 输出: 7.5", "this comment states an output that was not printed"),
        ("print(x)  # tensor([1, 2])", "this comment states an output that was not printed"),
        ("print(x)  # the result", None),
        ("print(x)  # a -> b", None),
    ],
)
def test_comments_that_state_an_output(row: str, message: str | None) -> None:
    analysis = judged(fence("x = 3", row), printed={1: "3\nx = 7.1\n"})
    expected = [(message, 3)] if message else []
    assert [(each.message, each.location.line) for each in commented_outputs(analysis, ())] == expected
    assert list(commented_outputs(analysis, (1,))) == []


def test_a_fence_below_that_shows_something_else() -> None:
    analysis = judged(fence("print(1)") + fence("not at all", info=""), printed={1: "1"})
    assert places(other_outputs(analysis, ())) == [("unproved-output", 4)]
    assert list(other_outputs(analysis, (1,))) == []
