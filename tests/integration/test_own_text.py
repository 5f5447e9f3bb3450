"""Runs that look at the text of the author's code, or at its line numbers: comments count for them alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from integration.in_process import deckwright
from integration.shell import write

pytestmark = pytest.mark.integration

RAISES = "def f(x):\n    return 1 / x  # divides\n\n"
CAUGHT = "try:\n    f(0)\nexcept ZeroDivisionError as error:\n    "

LOOKS = {
    "print_exc": f"import traceback\n{RAISES}{CAUGHT}traceback.print_exc()\n",
    "value": f"import traceback\n{RAISES}{CAUGHT}text = traceback.format_exc()\n",
    "rich_traceback": f"from rich.console import Console\n{RAISES}{CAUGHT}Console().print_exception()\n",
    "thread": f"import threading\n{RAISES}t = threading.Thread(target=f, args=[0])\nt.start()\nt.join()\n",
    "tb_lineno": f"{RAISES}{CAUGHT}print(error.__traceback__.tb_lineno)\n",
    "warning": "import warnings\nwarnings.warn('careful')  # here\n",
    "library_warning": "import numpy as np\nnp.ones(2) / np.zeros(2)  # here\n",
    "recorded_warning": """
        import warnings
        with warnings.catch_warnings(record=True) as caught:
            warnings.warn("careful")
        print(caught[0])
        """,
    "log_line": """
        import logging
        logging.basicConfig(format="%(lineno)d %(message)s")
        logging.warning("careful")
        """,
    "getsource": "import inspect\ndef f():\n    return 1  # one\nprint(inspect.getsource(f))\n",
    "inspect_stack": "import inspect\nprint(inspect.stack()[0][2])\n",
    "frame": "import sys\nprint(sys._getframe().f_lineno)\n",
    "opened": "print(open(__file__).read())\n",
    "size": "import os\nprint(os.path.getsize(__file__))\n",
    "cache": "import linecache\nprint(linecache.getline(__file__, 2))\n",
    "debugger": "import pdb\ntry:\n    pdb.set_trace()\n    x = 1  # one\nexcept BaseException:\n    pass\n",
    "disassembled": "import dis\ndis.dis(lambda: 1)\n",
    "fault": "import faulthandler, sys\nfaulthandler.dump_traceback(sys.__stderr__)\n",
    "profiled": "import cProfile\ndef f():\n    return sum(range(9))\ncProfile.run('f()')\n",
    "lines": "import subprocess\nsubprocess.run(['wc', '-l', __file__])\n",
    "itself": """
        import subprocess, sys
        if len(sys.argv) > 1:
            print(len(open(__file__).read()))
        else:
            subprocess.run([sys.executable, __file__, "again"])
        """,
    "worker": """
        import multiprocessing, traceback
        def f(x):
            try:
                return 1 / x
            except ZeroDivisionError:
                return traceback.format_exc()
        if __name__ == "__main__":
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                print(*pool.map(f, [0]))
        """,
    "in_module": "import helper\nhelper.fail()\n",
    "module_line": "import helper\nprint(helper.line())\n",
}

DOES_NOT = {
    "prints": "print(1)  # one\n",
    "resolves": "from pathlib import Path\nprint(Path(__file__).resolve().name, Path(__file__).exists())\n",
    "log_message": "import logging\nlogging.warning('careful')\n",
    "quiet_warning": "import warnings\nwarnings.simplefilter('ignore')\nwarnings.warn('careful')\n",
    "caught": f"{RAISES}{CAUGHT}print(error)\n",
    "asserted": f"{RAISES}# %% r\n#| raises: ZeroDivisionError\nf(0)\n",
    "names": """
        import dataclasses, enum, typing
        from collections import namedtuple
        P = namedtuple("P", "x y")
        T = typing.TypeVar("T")
        @dataclasses.dataclass
        class D:
            x: int = 1
        print(P(1, 2), enum.Enum("E", "A").A, D())
        """,
    "seeded": "import torch\ntorch.manual_seed(1)\nprint(torch.ones(2))\n",
    "pool": """
        import multiprocessing
        if __name__ == "__main__":
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                print(pool.map(abs, [-1]))
        """,
}

HELPER = """
    import sys, traceback
    def fail():
        try:
            1 / 0  # zero
        except ZeroDivisionError:
            traceback.print_exc()
    def line():
        return sys._getframe().f_lineno
    """
REASON = "its text changed, and it looks at its text or at line numbers in it"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scripts = {**LOOKS, **DOES_NOT}
    slides = [f"# {name}\n\n```text output=../snippets/{name}.py stream=both\n```\n" for name in scripts]
    files = {f"snippets/{name}.py": text for name, text in scripts.items()}
    folder = write(tmp_path_factory.mktemp("text") / "course", {**files, "snippets/helper.py": HELPER})
    (folder / "slides").mkdir()
    (folder / "slides/deck.md").write_text("\n---\n\n".join(slides))
    assert deckwright(folder, "build", "--to", "html").code == 0
    return folder


def reasons(course: Path) -> dict[str, str]:
    """Return why each script runs, by name."""
    lines = deckwright(course, "plan", "--explain").out.splitlines()[:-1]
    said = [line.partition(" (last")[0].removeprefix("snippets/") for line in lines]
    return {line.partition(".py")[0]: line.partition(": ")[2] for line in said if ".py runs: " in line}


def test_a_comment_reruns_what_looks_at_its_text_or_lines(course: Path) -> None:
    assert reasons(course) == {}
    for file in (course / "snippets").glob("*.py"):
        if file.stem != "helper":
            file.write_text("# one\n" + file.read_text())
    assert reasons(course) == dict.fromkeys(LOOKS, REASON)
    assert deckwright(course, "build", "--to", "html").code == 0
    assert reasons(course) == {}
    shown = (course / "build/slides/deck.md").read_text()
    assert 'print_exc.py", line 7, in <module>' in shown
    helper = course / "snippets/helper.py"
    helper.write_text("# one\n" + helper.read_text())
    changed = "snippets/helper.py changed, read by snippets/"
    assert reasons(course) == {name: f"{changed}{name}.py" for name in ("in_module", "module_line")}


def test_the_same_in_a_deck(tmp_path: Path) -> None:
    """Its lines move with the prose above; prose that moves none is no text of the program."""
    syntax = "```python exec\n#| raises: SyntaxError\nif True:\nx = 1\n```\n\n```text\n```\n"
    deck = f"# A\n\nprose\n\n{syntax}"
    warns = "# B\n\nprose\n\n```python exec\nimport warnings\nwarnings.warn('x')  # here\n```\n"
    folder = write(tmp_path, {"slides/syntax.md": deck, "slides/warns.md": warns})
    assert deckwright(folder, "build", "--to", "html").code == 0
    for file in (folder / "slides").glob("*.md"):
        file.write_text(file.read_text().replace("prose", "more prose"))
    assert "0 to run" in deckwright(folder, "plan").out
    for file in (folder / "slides").glob("*.md"):
        file.write_text(file.read_text().replace("prose", "prose\n"))
    plan = deckwright(folder, "plan", "--explain").out
    assert [f"slides/{name}.md runs: {REASON}" in plan for name in ("syntax", "warns")] == [True, True], plan
