"""What a terminal would show."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.live import Live
from rich.progress import track
from tqdm import tqdm

from deckwright.compose.terminal import Span, StyledText, show_terminal
from support.cases import Case, read_cases
from support.cost import MOST, growth

moves = st.builds(
    "\x1b[{}{}".format,
    st.sampled_from(["", 0, 1, 2, 3, "3;4", 85, "9" * 30]),
    st.sampled_from("ABCDEFGHJKLMPX@df"),
)
saved = st.sampled_from(
    ["\x1b7", "\x1b8", "\x1b[s", "\x1b[u", "\x1bc", "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25l", "\x1bM"]
)
sequences = st.lists(
    moves
    | saved
    | st.sampled_from(["a", "bc", "\n", "\r", "\b", "\t", "\x1b[K", "\x1b[1K", "\x1b[2K", "\x1b[31m",
                     "\x1b[0m", "\x1b[38;5;200m", "\x1b[48;2;1;2;3m", "\x1b[",
                     "\x1b]0;t\x07", "\x1b", "\x00", "中", "e\u0301", "\u0301", "\x9b"])
).map("".join)  # fmt: skip


def described(shown: StyledText) -> str:
    rows = [shown.text, *(f"{shown.text[s.start : s.end]!r} {s.classes}" for s in shown.spans)]
    return "\n".join(rows)


CASES = [*read_cases("terminal/screen.md"), *read_cases("terminal/moves.md")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_screen(case: Case) -> None:
    raw = case.inputs[0].encode("latin-1", "backslashreplace").decode("unicode_escape")
    assert described(show_terminal(raw)) == case.expected


@given(st.text() | sequences)
def test_nothing_with_power_is_left(raw: str) -> None:
    shown = show_terminal(raw)
    assert not [c for c in shown.text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0]
    shown.text.encode("utf-8")
    ends = [0, *(n for span in shown.spans for n in (span.start, span.end)), len(shown.text)]
    assert ends == sorted(ends)


@given(sequences)
def test_what_is_shown_is_shown_again(raw: str) -> None:
    text = show_terminal(raw).text
    assert show_terminal(text) == StyledText(text)


@given(st.text(st.sampled_from("ab\n\t中")))
def test_plain_text_takes_the_same_way(raw: str) -> None:
    assert show_terminal(raw).text == show_terminal(raw + "\x1b[0m").text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.just("\n")))
def test_plain_text_is_shown_as_it_is(raw: str) -> None:
    assert show_terminal(raw) == StyledText(raw)
    assert show_terminal(raw + "\x1b[0m") == StyledText(raw)


class Model:
    """A screen as a mapping from places to characters."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], str] = {}
        self.rows = 1
        self.at = self.saved = (0, 0)

    def length(self, row: int) -> int:
        return max((column + 1 for r, column in self.cells if r == row), default=0)

    def move(self, row: int, column: int) -> None:
        row = min(max(row, 0), max(self.rows, 24) - 1)
        self.rows = max(self.rows, row + 1)
        self.at = row, min(max(column, 0), max(79, self.length(row)))

    def erase(self, where: Callable[[tuple[int, int]], bool]) -> None:
        self.cells = {place: char for place, char in self.cells.items() if not where(place)}
        self.move(*self.at)

    def take(self, step: str, n: int) -> None:
        (row, column), at = self.at, self.at
        targets = {
            "\r": (row, 0), "\b": (row, column - 1), "A": (row - n, column), "B": (row + n, column),
            "C": (row, column + n), "D": (row, column - n), "E": (row + n, 0), "F": (row - n, 0),
            "G": (row, n - 1), "d": (n - 1, column), "H": (n - 1, 0), "u": self.saved,
        }  # fmt: skip
        if step in targets:
            self.move(*targets[step])
        elif step == "\n":
            self.rows = max(self.rows, row + 2)
            self.move(row + 1, 0)
        elif step == "s":
            self.saved = at
        elif step == "K0":
            self.erase(lambda place: place[0] == row and place[1] >= column)
        elif step == "K1":
            self.erase(lambda place: place[0] == row and place[1] <= column)
        elif step == "K2":
            self.erase(lambda place: place[0] == row)
        elif step == "J0":
            self.erase(lambda place: place >= at)
        elif step == "J1":
            self.erase(lambda place: place <= at)
        else:
            self.cells[at] = step
            self.at = row, column + 1

    def text(self) -> str:
        rows = ["".join(self.cells.get((r, c), " ") for c in range(self.length(r))) for r in range(self.rows)]
        return blank_free("\n".join(rows))


def blank_free(text: str) -> str:
    return "\n".join(row.rstrip(" ") for row in text.split("\n")).rstrip("\n")


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*"abx\r\n\bABCDEFGdHsu", "K0", "K1", "K2", "J0", "J1"]),
            st.sampled_from([1, 2, 3, 5, 30, 79, 99999]),
        ),
        max_size=60,
    )
)
def test_moves_are_those_of_a_simple_model(steps: list[tuple[str, int]]) -> None:
    model, raw = Model(), ""
    for step, n in steps:
        model.take(step, n)
        if step[0] in "KJ":
            raw += f"\x1b[{step[1]}{step[0]}"
        else:
            raw += f"\x1b[{n}{step}" if step in "ABCDEFGdH" else f"\x1b[{step}" if step in "su" else step
    assert blank_free(show_terminal(raw).text) == model.text()


@given(sequences)
def test_no_number_in_a_sequence_fills_the_memory(raw: str) -> None:
    assert len(show_terminal(raw).text) <= 24 * 80 + 80 * len(raw)


def test_bars_of_tqdm_in_each_other() -> None:
    drawn = io.StringIO()
    for _ in tqdm(range(2), "epoch", file=drawn, mininterval=0):
        for _ in tqdm(range(3), "batch", file=drawn, mininterval=0, leave=False):
            pass
    first, *rest = show_terminal(drawn.getvalue()).text.split("\n")
    assert first.startswith("epoch: 100%|")
    assert "".join(rest).strip() == ""


@pytest.mark.parametrize("is_terminal", [True, False])
def test_track_of_rich(is_terminal: bool) -> None:
    console = Console(file=io.StringIO(), force_terminal=is_terminal, legacy_windows=False)
    for _ in track(range(3), "train", console=console):
        pass
    console.print("done")
    bar, *rest = show_terminal(console.file.getvalue()).text.split("\n")  # type: ignore[attr-defined]
    assert bar.split()[::2] == ["train", "100%"]
    assert rest == ["done", ""]


def test_live_of_rich() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, legacy_windows=False)
    with Live("", console=console) as live:
        for epochs in range(4):
            live.update("\n".join(f"epoch {epoch}" for epoch in range(epochs)), refresh=True)
    assert show_terminal(console.file.getvalue()).text == "epoch 0\nepoch 1\nepoch 2\n"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "piece", ["\x1b[K", "\x1b[1K", "\x1b[2K", "\x1b[2Kx", "\b", "\r", "\x1b[", "\x1b]", "\x1b[31m",
              "\x1b[A", "\x1b[99999Gx\x1b[1K", "\x1b7\x1b8", "\n\x1b[1J", "\n\x1b[2J",
              "\x1b[H\x1b[9999B", "\u0301", "\r\x1b[@", "\r\x1b[P", "\r\x1b[99999X", "\n\x1b[L",
              "\x1b[H\x1b[M"],
)  # fmt: skip
def test_linear(piece: str) -> None:
    assert growth(show_terminal, lambda size: "x" * size + piece * size, 8000) < MOST


def test_a_style_goes_on_over_lines() -> None:
    assert show_terminal("\x1b[1;31ma\nb\x1b[0mc").spans == (
        Span(0, 1, "ansi-bold ansi-fg-1"),
        Span(2, 3, "ansi-bold ansi-fg-1"),
    )
