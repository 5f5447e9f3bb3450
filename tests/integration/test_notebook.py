"""`build --to notebook` on a small project: Jupyter runs its notebooks, and gets the outputs inside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from integration.in_process import deckwright
from integration.shell import write
from support.jupyter import executed

pytestmark = pytest.mark.integration

PROJECT = {
    "slides/one.md": """
        ---
        title: 一
        ---
        # First

        <!-- secret -->

        ```python file=../snippets/part/data.py#read
        ```

        ```text output=../snippets/part/data.py#read
        ```

        ---

        # Second

        ```python file=../snippets/draw.py#curve
        ```

        ![A curve](../figures/curve.svg)

        ---

        # Third: [6](../snippets/part/data.py#total)

        ```python file=../snippets/part/data.py#sum {1|2}
        ```

        ```text output=../snippets/part/data.py#sum
        ```

        ---

        ```python exec
        import random
        random.random() < 1
        ```

        ```text output
        ```

        ```python exec
        #| raises: ZeroDivisionError
        1 / 0
        ```
        """,
    "snippets/part/data.py": '''
        """Numbers from a file."""
        from pathlib import Path

        def numbers():
            return [int(each) for each in Path("numbers.txt").read_text().split()]

        # region read
        print(numbers())
        # endregion read
        len(numbers())
        if __name__ == "__main__":
            # region sum
            total = sum(numbers())
            print(f"sum {total}")
            # endregion sum
            assert total == 6
        ''',
    "snippets/part/numbers.txt": "1 2 3\n",
    "snippets/draw.py": """
        import matplotlib.pyplot as plt

        class Table:
            def _repr_html_(self):
                return "<table><tr><td>1</td></tr></table>"

            def __repr__(self):
                return "a table"

        # %% curve
        #| label: curve
        total = "not that of the other script"
        plt.plot([1, 3, 2])

        # %% table
        Table()
        """,
}

NAMES = ["one.ipynb", "one/data.ipynb", "one/draw.ipynb"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    write(root, PROJECT)
    ran = deckwright(root, "build", "--to", "notebook")
    assert ran.code == 0, ran
    return root


def read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8")))


def left_by(notebook: dict[str, Any]) -> list[list[str]]:
    """Return what each code cell left, apart from the forms and metadata of pictures."""
    cells = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    return [[_left(output) for output in cell["outputs"]] for cell in cells]


def _left(output: dict[str, Any]) -> str:
    if output["output_type"] == "stream":
        return "".join(output["text"])
    if output["output_type"] == "error":
        return f"{output['ename']}: {output['evalue']}"
    is_picture = any(kind.startswith("image/") for kind in output["data"])
    return "a picture" if is_picture else "".join(output["data"]["text/plain"])


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_beside_the_project_and_gives_what_is_inside(project: Path, name: str) -> None:
    pytest.importorskip("nbclient")
    beside = project / "kit"
    beside.mkdir(exist_ok=True)
    before = read(project / "build/notebook" / name)
    assert left_by(executed(project / "build/notebook" / name, beside)) == left_by(before)


def test_what_is_inside(project: Path) -> None:
    left = [each for cell in left_by(read(project / "build/notebook/one.ipynb")) for each in cell]
    assert left == [
        *("[1, 2, 3]\n", "a picture", "a table", "sum 6\n", "True", "ZeroDivisionError: division by zero")
    ]
    text = (project / "build/notebook/one.ipynb").read_text("utf-8")
    assert "secret" not in text
    assert "data:image/svg+xml;base64," in text


def test_only_what_was_asked_for_stays(project: Path) -> None:
    made = project / "build/notebook"
    before = {name: (made / name).read_bytes() for name in NAMES}
    deck = project / "slides/one.md"
    text = deck.read_text("utf-8")
    deck.write_text(text.replace("```python file=../snippets/draw.py#curve\n```\n", ""), "utf-8")
    assert deckwright(project, "build", "--to", "notebook").code == 0
    assert not (made / "one/draw.ipynb").exists()
    deck.write_text(text, "utf-8")
    assert deckwright(project, "build", "--to", "notebook").code == 0
    assert {name: (made / name).read_bytes() for name in NAMES} == before
