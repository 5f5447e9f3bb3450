"""What-if controls in a real page: with the keyboard, for screen readers, in several windows; and checked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from deckwright.marp.node import NodeProcess
from integration.browse import asked
from integration.in_process import deckwright
from integration.shell import Ran, write

pytestmark = pytest.mark.integration

CHOOSE = Path(__file__).parent / "choose.mjs"
COURSE = {
    "pyproject.toml": """
        [tool.deckwright]
        least_text = 5
        """,
    "slides/a.md": """
        ---
        marp: true
        ---

        # Descent

        ![w:200 The loss](../figures/loss.svg "vary: lr")
        ![w:200 The rule](../figures/rule.svg "vary: lr, rule")

        ```text output=../snippets/train.py#fit vary=lr,rule
        rate 0.5
        ```

        The loss is **[0.50](../snippets/train.py#loss "{:.2f} vary: lr, rule")**.

        ---

        # Without

        Nothing to choose.

        ---

        # Narrow

        ```text output=../snippets/wide.py vary=n
        ```

        <style scoped>strong { position: absolute; bottom: 14px; right: 150px }</style>

        **the corner of the author**
        """,
    "snippets/train.py": """
        # /// script
        # [tool.deckwright.vary]
        # lr = [0.1, 1.0]
        # rule = ["plain", "doubled", "broken"]
        # ///
        import matplotlib.pyplot as plt

        lr = 0.5
        rule = "plain"

        # %% fit
        loss = lr * {"plain": 1, "doubled": 2}[rule]
        for _ in range({"plain": 1, "doubled": 3}[rule]):
            print("rate", lr)

        # %% loss
        #| label: loss
        plt.plot([lr, 2 * lr])

        # %% rule
        #| label: rule
        plt.plot([1, len(rule)])
        """,
    "snippets/wide.py": """
        # /// script
        # [tool.deckwright.vary]
        # n = [1, 40]
        # ///
        n = 1
        print("line\\n" * n)
        """,
}
LR, RULE = 3, 3


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("what-if")
    write(folder, COURSE)
    return folder


@pytest.fixture(scope="module")
def checked(project: Path) -> Ran:
    return deckwright(project, "check")


@pytest.fixture(scope="module")
def seen(project: Path, checked: Ran, browser: NodeProcess) -> dict[str, Any]:
    keys = [
        "Tab",
        "ArrowRight",
        "Tab",
        "ArrowRight",
        "ArrowRight",
        "ArrowLeft",
        "Escape",
        "ArrowRight",
        "ArrowLeft",
    ]
    return asked(browser, CHOOSE, project / "build/html/a.html", keys=keys)


def test_a_check_runs_every_state_and_names_those_that_are_wrong(project: Path, checked: Ran) -> None:
    report = json.loads((project / "build/report.json").read_text("utf-8"))
    assert len(report["jobs"]) == LR * RULE + 2
    assert checked.code == 1
    wrong = re.findall(r"\[([\w-]+)\] .* \(with (.*)\)$", checked.err, re.M)
    assert sorted(wrong) == [
        ("overflow", "n = 40"),
        ("snippet-failed", "lr = 0.1, rule = 'broken'"),
        ("snippet-failed", "lr = 1.0, rule = 'broken'"),
        ("snippet-failed", "rule = 'broken'"),
    ]
    assert checked.err.count("error [") == len(wrong) + 1
    assert '[covered] slide 3 "Narrow": the paragraph overlaps the control by' in checked.err


def test_keys_change_the_state_and_not_the_slide(seen: dict[str, Any]) -> None:
    start, tab, high, rule, doubled, broken, back, left, next_, first = seen["seen"]
    assert (start["focus"], tab["focus"], rule["focus"]) == (None, "range 0.5", "radio plain")
    assert ("The loss is 0.50" in start["text"], "The loss is 1.00" in high["text"]) == (True, True)
    assert high["focus"] == "range 1.0"
    assert "The loss is 2.00" in doubled["text"]
    assert "KeyError: 'broken'" in broken["text"]
    assert "The loss is (failed)" in broken["text"]
    assert back["text"] == doubled["text"]
    assert left["focus"] is None
    assert next_["slide"] == "#2"
    assert {each["slide"] for each in (start, tab, high, rule, doubled, broken, back, left)} <= {"", "#1"}
    assert first["text"] == doubled["text"]


def test_after_a_click_keys_turn_slides(seen: dict[str, Any]) -> None:
    assert "The loss is 1.00" in seen["clicked"]["text"]  # 0.5, doubled
    assert (seen["clicked"]["focus"], seen["turned"]["slide"]) == (None, "#2")


def test_a_state_has_its_own_pictures_and_nothing_below_them_moves(seen: dict[str, Any]) -> None:
    start, _, high, _, doubled, *_ = seen["seen"]
    assert start["pictures"][0] != high["pictures"][0]
    assert start["pictures"][1] == high["pictures"][1] != doubled["pictures"][1]
    assert start["top"] == high["top"] == doubled["top"]


def test_screen_readers_name_the_controls_and_their_values(seen: dict[str, Any]) -> None:
    assert "slider lr 1.0" in seen["tree"]
    assert [each for each in seen["tree"] if each.startswith("radio ")] == [
        "radio plain false",
        "radio doubled true",
        "radio broken false",
    ]
    assert seen["violations"] == []


def test_windows_of_one_page_have_one_state(seen: dict[str, Any]) -> None:
    assert seen["opened"]["text"] == seen["seen"][-1]["text"]
    assert "The loss is 0.20" in seen["changed"]["text"]
    assert seen["followed"]["text"] == seen["reloaded"]["text"] == seen["changed"]["text"]
    assert seen["fresh"]["text"] == seen["seen"][0]["text"]
    assert "rate 0.5" in seen["plain"]


def test_a_page_needs_no_network(seen: dict[str, Any]) -> None:
    assert (seen["errors"], seen["wanted"]) == ([], [])


def test_a_picture_is_in_the_page_once(project: Path, seen: dict[str, Any]) -> None:
    page = (project / "build/html/a.html").read_text("utf-8")
    pictures = re.findall(r"data:image/svg\+xml;base64,PD94[\w+/=]+", page)  # of matplotlib: `<?x`
    assert len(pictures) == len(set(pictures)) == 5


def test_a_pdf_shows_the_accepted_state_and_a_strip_all_of_them(project: Path, checked: Ran) -> None:
    first, *others = (page.extract_text() for page in PdfReader(project / "build/pdf/a.pdf").pages)
    assert "The loss is 0.50" in first
    assert len(others) == 2
    deckwright(project, "build", "--to", "pdf", "--states", "strip")
    _, strip, _, _, wide = (page.extract_text() for page in PdfReader(project / "build/pdf/a.pdf").pages)
    assert strip.count("The loss is") == LR * RULE
    assert "lr = 1.0, rule = doubled" in strip
    assert "n = 40" in wide
