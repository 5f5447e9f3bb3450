"""What the first cells of notebooks do: scripts run in one process as each runs alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deckwright.formats.notebook.cells import start_cell

pytestmark = pytest.mark.integration

RUN = """import json, sys
names = {"__name__": "__main__", "open": open}
for cell in json.load(sys.stdin):
    exec(cell, names)
"""
USE_A, USE_B = (
    "_use_script('snippets/a/a.py', seed=3)",
    "_use_script('snippets/b.py', modules=('snippets/lib',))",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "snippets/a/a.py": "",
        "snippets/a/helper.py": "me = 'of a'\n",
        "snippets/b.py": "",
        "snippets/lib/helper.py": "me = 'of lib'\n",
        "notebook/x.ipynb": "",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def run(project: Path, *cells: str, start: str = "start") -> list[Any]:
    """Return what cells print, as JSON."""
    code = [start_cell(start)["source"], *cells]
    command = [sys.executable, "-c", RUN]
    ran = subprocess.run(
        command, input=json.dumps(code), capture_output=True, text=True, cwd=project / "notebook", timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


PRINT = "import json; print(json.dumps({}))"


@pytest.mark.parametrize("start", ["start", "start_alone"])
def test_a_script_is_where_it_lies(project: Path, start: str) -> None:
    told = PRINT.format("[os.getcwd(), __file__, sys.argv, sys.path[:1], helper.me]")
    folder = str(project / "snippets/a")
    assert run(project, USE_A, f"import os, sys, helper\n{told}", start=start) == [
        [folder, f"{folder}/a.py", ["a.py"], [folder], "of a"]
    ]


@pytest.mark.parametrize("start", ["start", "start_alone"])
def test_a_notebook_that_lies_elsewhere_stays_there(project: Path, start: str) -> None:
    cells = ("_use_script('gone/a.py')", "import os\n" + PRINT.format("[os.getcwd(), __file__]"))
    folder = str(project / "notebook")
    assert run(project, *cells, start=start) == [[folder, f"{folder}/a.py"]]


def test_names_of_other_scripts_are_not_there(project: Path) -> None:
    names = PRINT.format("sorted(n for n in globals() if n[0] != '_')")
    first, second = run(
        project, USE_A, "x = 1; open = 2; _y = 3", USE_B, names, "_y = 4; z = 5", USE_A, names
    )
    assert first == ["json", "open"]
    assert second == ["json", "open", "x"]


def test_a_script_goes_on_where_it_was(project: Path) -> None:
    left = "def f():\n    return x, _y\nx, _y, open = 1, 2, 3"
    cells = (USE_A, left, USE_B, "x, _y = 7, 8\n" + PRINT.format("open is not 3"))
    assert run(project, *cells, USE_A, PRINT.format("[f(), open]")) == [True, [[1, 2], 3]]


def test_modules_are_those_of_the_script(project: Path) -> None:
    told = "import helper\n" + PRINT.format("helper.me")
    again = "import helper; same = helper is kept; " + PRINT.format("same")
    cells = (USE_A, f"{told}\nkept = helper", USE_B, told, USE_A, again)
    assert run(project, *cells) == ["of a", "of lib", True]


def test_modules_of_other_folders_are_those_of_the_script(project: Path) -> None:
    lib = project / "snippets/lib"
    (lib / "setting.py").write_text("import os\nos.environ['X'] = '1'\n", "utf-8")
    (lib / "later.py").write_text("me = 'later'\n", "utf-8")
    use_a, use_b = USE_A, USE_B.partition(",")[0] + ")"
    told = f"import os, sys\nsys.path.append({str(lib)!r})\nimport setting\n"
    told += PRINT.format("os.environ.get('X')")
    cells = (use_a, told, use_b, told, use_a, "import later\n" + PRINT.format("later.me"))
    assert run(project, *cells) == ["1", "1", "later"]


def test_random_numbers_are_those_of_the_script(project: Path) -> None:
    draw = "import random\n" + PRINT.format("random.random()")
    alone = run(project, USE_A, draw, draw)
    mixed = run(project, USE_A, draw, USE_B, draw, USE_A, draw)
    assert [mixed[0], mixed[2]] == alone
    assert run(project, USE_A, draw, start="start_alone") == alone[:1]


def test_what_a_script_changes_is_put_back(project: Path) -> None:
    change = "import os, warnings\nos.environ['X'] = '1'\nwarnings.simplefilter('error')"
    told = "import os, warnings\n" + PRINT.format("[os.environ.get('X'), warnings.filters[0][0] == 'error']")
    assert run(project, USE_A, change, USE_B, told, USE_A, told) == [[None, False], ["1", True]]


def test_libraries_are_put_back(project: Path) -> None:
    pytest.importorskip("torch")
    use_a, use_b = (use[:-1] + ", imports=('numpy', 'torch', 'matplotlib'))" for use in (USE_A, USE_B))
    change = "import torch, numpy as np, matplotlib as mpl, matplotlib.pyplot as plt\n"
    change += "torch.set_default_dtype(torch.float64); torch.set_grad_enabled(False)\n"
    change += "np.set_printoptions(precision=2); mpl.rcParams['lines.linewidth'] = 9; plt.figure()"
    told = "import torch, numpy as np, matplotlib as mpl, matplotlib.pyplot as plt\n" + PRINT.format(
        "[str(torch.get_default_dtype()), torch.is_grad_enabled(), np.get_printoptions()['precision'],"
        " mpl.rcParams['lines.linewidth'], plt.get_fignums(), torch.rand(1).item(), np.random.rand()]"
    )
    use_c = use_b.replace("b.py", "c.py")
    first, left, second = run(project, use_a, change, use_b, told, use_a, told, use_c, told)
    assert first[:5] == ["torch.float32", True, 8, 1.5, []]
    assert left[:4] == ["torch.float64", False, 2, 9]
    assert second == first
