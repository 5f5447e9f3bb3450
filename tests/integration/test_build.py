"""`deckwright build` and `sync` on tiny projects: real processes, the real Marp, a real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pypdf import PdfReader

from deckwright.marp.node import NodeProcess
from integration import shell
from integration.browse import look, marp_cli
from integration.in_process import deckwright
from integration.shell import COMMAND, Ran, report_of, write

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).parents[1] / "golden"

COURSE = {
    "slides/one.md": """
        ---
        marp: true
        title: 第一讲
        style: "section { font-family: 'Noto Sans SC' }"
        ---
        # 第一张

        ```python file=../snippets/shapes.py#shapes
        ```

        ```text output=../snippets/shapes.py#shapes
        ```

        <!-- 备注：先看形状 -->

        ---

        # 第二张

        ![w:400 一条线](../figures/line.svg)

        准确率 [97.3%](../snippets/shapes.py#accuracy "{:.1%}")
        """,
    "slides/two.md": """
        # Two

        ```text output=../snippets/other.py#out
        ```
        """,
    "snippets/shapes.py": """
        from helper import size

        accuracy = 0.973
        # region shapes
        print("shape", size, "你好")
        # endregion shapes
        """,
    "snippets/helper.py": "size = 41\n",
    "snippets/other.py": """
        # region out
        print("from other")
        # endregion out
        """,
    "figures/line.py": """
        import matplotlib.pyplot as plt

        plt.plot([1, 2, 3])
        plt.title("标题")
        plt.show()
        """,
}

DETECTIVE = """
    import atexit, os, sys

    FORBIDDEN = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system"}

    def hook(event, args):
        if event in FORBIDDEN:
            os.write(2, f"{event} {args!r}".encode())
            os._exit(99)

    sys.addaudithook(hook)
    atexit.register(lambda: open(os.environ["MODULES"], "w").write(" ".join(sys.modules)))
    """
"""A sitecustomize that ends Python where it starts a process, and lists the modules imported."""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A project without any configuration, after its first build."""
    folder = write(tmp_path_factory.mktemp("first") / "course", COURSE)
    return folder, deckwright(folder, "build")


@pytest.fixture
def course(first: tuple[Path, Ran], tmp_path: Path) -> Path:
    """The built project, for this test alone."""
    return shutil.copytree(first[0], tmp_path / "course")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def pdf_texts(file: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(file).pages]


# --- decks come as their scripts end ----------------------------------------------------------


def test_a_deck_is_written_while_a_script_of_another_runs(tmp_path: Path) -> None:
    """The script goes on until its file is there; what is left is what a build in one go leaves."""
    waits = """
        import time
        from pathlib import Path

        while not Path("../go").exists():
            time.sleep(0.02)
        print("slow")
        """
    files = {
        "slides/quick.md": "# Quick\n\n```text output=../snippets/quick.py\n```\n",
        "slides/slow.md": "# Slow\n\n```text output=../snippets/slow.py\n```\n",
        "slides/prose.md": "# Prose\n\n[quick](quick.md)\n",
        "snippets/quick.py": "print('quick')\n",
        "snippets/slow.py": waits,
    }
    folder = write(tmp_path / "course", files)
    command = [*COMMAND, "build", "--jobs", "2"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        said = [process.stderr.readline()]
        while not {"rendered slides/quick.md", "rendered slides/prose.md"} <= {
            each.partition(":")[0] for each in said
        }:
            said.append(process.stderr.readline())
            assert said[-1], said
        assert "quick" in pdf_texts(folder / "build/pdf/quick.pdf")[0]
        assert not (folder / "build/html/slow.html").exists()
        assert not any("slow.py" in each for each in said)
        (folder / "go").touch()
        rest = process.stderr.read()
        assert process.wait() == 0
    assert "rendered slides/slow.md" in rest
    assert "rendered slides/quick.md" not in rest
    whole = write(tmp_path / "whole", {**files, "go": ""})
    assert deckwright(whole, "build").code == 0
    assert made(folder) == made(whole)


def made(folder: Path) -> dict[str, bytes]:
    """Return what a build left for readers, but for the reports, which have times in them."""
    root = folder / "build"
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*.*") if path.is_file()}
    shown = {name for name in files if name[0] != "."} - {"report.json", "index.html"}
    return {name: files[name].read_bytes() for name in shown}


# --- the first build --------------------------------------------------------------------------


def test_a_build_makes_everything_in_build(first: tuple[Path, Ran]) -> None:
    folder, ran = first
    assert ran.code == 0, ran.err
    made = {
        path.relative_to(folder / "build").as_posix()
        for path in (folder / "build").rglob("*")
        if path.is_file() and not path.is_relative_to(folder / "build/.store")
    }
    assert {
        *("html/one.html", "html/two.html", "pdf/one.pdf", "pdf/two.pdf", "figures/line.svg"),
        *("slides/one.md", "slides/two.md", "report.json", "index.html"),
    } <= made
    assert sorted(path.name for path in folder.iterdir()) == ["build", "figures", "slides", "snippets"]
    assert not list(folder.rglob("__pycache__"))
    assert "  build/html/one.html\n  build/pdf/one.pdf\n" in ran.out
    assert "3 scripts: 3 ran, 0 fresh\n2 decks, 3 slides, 5 references in " in ran.out


def test_the_report_says_what_was_done(first: tuple[Path, Ran]) -> None:
    report = report_of(first[0])
    assert report["good"] is True
    assert {job["id"]: (job["status"], job["ran"], job["device"]) for job in report["jobs"]} == {
        "figures/line.py": ("ok", True, "cpu"),
        "snippets/other.py": ("ok", True, "cpu"),
        "snippets/shapes.py": ("ok", True, "cpu"),
    }
    assert {job["reason"] for job in report["jobs"]} == {"it never ran"}
    one, two = report["decks"]
    assert (one["title"], one["slides"], one["scripts"]) == (
        "第一讲",
        2,
        ["figures/line.py", "snippets/shapes.py"],
    )
    assert one["references"] == {"code": 1, "figure": 1, "output": 1, "value": 1}
    assert two["slides"] == 1
    assert report["totals"]["slides"] == 3
    assert {"python", "deckwright", "matplotlib"} <= set(report["versions"])


def test_the_page_needs_no_network_and_has_a_presenter_view(
    first: tuple[Path, Ran], browser: NodeProcess
) -> None:
    page = first[0] / "build/html/one.html"
    seen = look(browser, page)
    assert (seen["wanted"], seen["errors"], seen["broken"]) == ([], [], [])
    assert (seen["slides"], seen["title"]) == (2, "第一讲")
    assert 'print("shape", size, "你好")' in seen["texts"][0]
    assert "shape 41 你好" in seen["texts"][0]
    assert "准确率 97.3%" in seen["texts"][1]
    presented = look(browser, page, view="presenter")
    assert (presented["view"], presented["wanted"]) == ("presenter", [])
    assert "备注：先看形状" in presented["notes"]


def test_the_index_needs_no_network(first: tuple[Path, Ran], browser: NodeProcess) -> None:
    seen = look(browser, first[0] / "build/index.html")
    assert (seen["wanted"], seen["errors"], seen["broken"]) == ([], [], [])


def test_the_pdf_has_pages_outlines_and_chinese_text(first: tuple[Path, Ran]) -> None:
    reader = PdfReader(first[0] / "build/pdf/one.pdf")
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) == 2
    assert "第一张" in texts[0]
    assert "shape 41 你好" in texts[0]
    assert "准确率 97.3%" in texts[1]
    assert [item["/Title"] for item in reader.outline] == ["第一张", "第二张"]  # type: ignore[call-overload]
    assert reader.metadata is not None
    assert reader.metadata.title == "第一讲"


# --- what runs again --------------------------------------------------------------------------


def test_a_second_build_starts_no_process(course: Path, tmp_path: Path) -> None:
    modules = tmp_path / "modules"
    watched = {"PYTHONPATH": str(tmp_path / "detective"), "MODULES": str(modules), "PATH": ""}
    # Another PYTHONPATH alone is a reason to run everything again.
    assert shell.deckwright(course, "build", PYTHONPATH=watched["PYTHONPATH"]).code == 0
    write(tmp_path, {"detective/sitecustomize.py": DETECTIVE})
    before = {path: path.stat().st_mtime_ns for path in (course / "build").rglob("*.[hp][td][mf]*")}
    for path in course.rglob("*.[mp][dy]"):
        os.utime(path)  # A newer time alone is no change.
    ran = shell.deckwright(course, "build", **watched)
    assert (ran.code, ran.err) == (0, "")
    assert "3 scripts: 0 ran, 3 fresh" in ran.out
    heavy = {
        "torch",
        "numpy",
        "matplotlib",
        "IPython",
        "rich",
        "jinja2",
        "importlib.metadata",
        "pypdf",
        "fontTools",
    }
    assert not heavy & set(modules.read_text().split())
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert shell.deckwright(course, "build", "--force", **watched).code == 99


def test_a_changed_number_reaches_slide_page_and_pdf(course: Path) -> None:
    change(course / "snippets/shapes.py", "0.973", "0.981")
    change(course / "snippets/shapes.py", '"你好"', '"再见"')
    ran = deckwright(course, "build", "--json", "--notes", "--profile", "trace.json")
    assert ran.code == 0, ran.out + ran.err
    assert ran.names("started") == ["snippets/shapes.py"]
    spans = {each["name"]: each for each in json.loads((course / "trace.json").read_text())["traceEvents"]}
    run, script = spans["run"], spans["snippets/shapes.py"]
    assert run["ts"] <= script["ts"] <= script["ts"] + script["dur"] <= run["ts"] + run["dur"]
    assert ran.names("rendered") == ["slides/one.md"] or ran.names("rendered") == [
        "slides/one.md",
        "slides/two.md",  # --notes is another PDF
    ]
    assert "shape 41 再见" in (course / "build/slides/one.md").read_text("utf-8")
    page = (course / "build/html/one.html").read_text("utf-8")
    assert "98.1%" in page
    assert "97.3%" not in page
    reader = PdfReader(course / "build/pdf/one.pdf")
    assert "98.1%" in reader.pages[1].extract_text()
    assert [note.get_object()["/Contents"] for note in reader.pages[0]["/Annots"]] == ["备注：先看形状"]  # type: ignore[attr-defined]
    (drift,) = [event for event in ran.events if event["event"] == "diagnostic"]
    assert (drift["slug"], drift["severity"], drift["path"]) == ("drifted", "warning", "slides/one.md")


def test_a_changed_helper_reruns_only_what_imports_it(course: Path) -> None:
    change(course / "snippets/helper.py", "41", "42")
    plan = deckwright(course, "plan")
    assert "stale   snippets/shapes.py  snippets/helper.py changed" in plan.out
    assert "1 to run, 2 fresh" in plan.out
    ran = deckwright(course, "build", "--json", "--to", "html")
    assert ran.names("started") == ["snippets/shapes.py"]
    assert "shape 42 你好" in (course / "build/slides/one.md").read_text("utf-8")


def test_a_comment_reruns_nothing_and_is_on_the_slide(course: Path) -> None:
    change(course / "snippets/shapes.py", 'print("shape"', '# 注意大小\nprint("shape"')
    ran = deckwright(course, "build", "--json", "--to", "html")
    assert (ran.code, ran.names("started")) == (0, [])
    assert "# 注意大小" in (course / "build/html/one.html").read_text("utf-8")


def test_force_runs_everything(course: Path) -> None:
    ran = deckwright(course, "build", "--force", "--json", "--to", "html", "--jobs", "1")
    assert ran.names("started") == ["figures/line.py", "snippets/other.py", "snippets/shapes.py"]
    assert next(each["stale"] for each in ran.events if each["event"] == "planned") == 3
    assert ran.events[-1]["event"] == "done"
    assert ran.events[-1]["good"] is True


def test_no_pdf_starts_no_browser(course: Path, tmp_path: Path) -> None:
    write(tmp_path, {"chromium": f"#!/bin/sh\ntouch '{tmp_path}/started'\nexit 1\n"})
    (tmp_path / "chromium").chmod(0o755)
    change(course / "slides/two.md", "# Two", "# Zwei")
    ran = shell.deckwright(course, "build", "--to", "html", DECKWRIGHT_BROWSER=str(tmp_path / "chromium"))
    assert (ran.code, ran.err.splitlines()[-1]) == (0, "rendered slides/two.md: 1 slide")
    assert "Zwei" in (course / "build/html/two.html").read_text()
    assert not (tmp_path / "started").exists()


def test_two_builds_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    folder = write(tmp_path / "course", COURSE)
    ran: list[Ran] = []
    builds = [
        threading.Thread(target=lambda: ran.append(shell.deckwright(folder, "build", "--to", "html")))
        for _ in range(2)
    ]
    for build in builds:
        build.start()
    for build in builds:
        build.join()
    assert [each.code for each in ran] == [0, 0], [each.err for each in ran]
    assert "0 to run, 3 fresh" in deckwright(folder, "plan").out


# --- which decks ------------------------------------------------------------------------------


def test_a_deck_that_stands_alone_is_built_from_anywhere(tmp_path: Path) -> None:
    write(
        tmp_path / "talk",
        {
            "deck.md": """
            # 独立

            ```python exec
            from tool import answer
            print(answer())
            ```

            ```text output
            ```
            """,
            "tool.py": "def answer():\n    return 6 * 7\n",
        },
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ran = deckwright(elsewhere, "build", "../talk/deck.md", "--to", "html")
    assert ran.code == 0, ran.err
    assert "\n42\n" in (tmp_path / "talk/build/slides/deck.md").read_text("utf-8")
    assert (tmp_path / "talk/build/html/deck.html").is_file()
    assert not any(elsewhere.rglob("build"))
    again = deckwright(Path("/"), "build", str(tmp_path / "talk/deck.md"), "--to", "html")
    assert "1 script: 0 ran, 1 fresh" in again.out


def test_a_deck_named_from_another_folder_belongs_to_its_project(course: Path) -> None:
    ran = deckwright(course.parent, "build", "course/slides/two.md", "--to", "html")
    assert ran.code == 0, ran.err
    assert "1 script: 0 ran, 1 fresh\n1 deck, 1 slide, 1 reference" in ran.out
    assert sorted(path.name for path in course.parent.iterdir()) == ["course"]


# --- devices ----------------------------------------------------------------------------------


def test_a_script_that_needs_an_absent_gpu_shows_its_accepted_result(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        {
            "slides/gpu.md": """
            # GPU

            ```text output=../snippets/gpu.py#r
            Tesla, 12 ms
            ```

            took [12 ms](../snippets/gpu.py#took "{} ms")
            """,
            "snippets/gpu.py": """
            # /// script
            # [tool.deckwright]
            # device = "cuda"
            # ///
            # region r
            raise SystemExit("this must not run")
            # endregion r
            took = 1
            """,
        },
    )
    ran = deckwright(folder, "build", "--to", "html", CUDA_VISIBLE_DEVICES="")
    assert ran.code == 0, ran.err
    assert "1 not run here (its device is absent)" in ran.out
    assert "slides/gpu.md:3:9 warning [accepted-result]" in ran.err
    seen = (folder / "build/slides/gpu.md").read_text()
    assert "Tesla, 12 ms" in seen
    assert "accepted" in seen.lower()
    report = report_of(folder)
    assert [(job["status"], job["device"], job["ran"]) for job in report["jobs"]] == [
        ("absent", "cuda", False)
    ]
    assert report["decks"][0]["accepted"] == 2
    plan = deckwright(folder, "plan", CUDA_VISIBLE_DEVICES="")
    assert plan.out.splitlines()[-1] == "0 to run, 0 fresh, 1 absent"


def test_two_devices_stand_side_by_side_and_an_absent_one_shows_its_accepted_result(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        {
            "slides/two.md": """
            # 同一段代码，两个设备

            ```text output=../snippets/where.py#r device=cpu
            ```

            ```text output=../snippets/where.py#r device=cuda
            on cuda
            ```

            [?](../snippets/where.py#name@cpu) and [cuda](../snippets/where.py#name@cuda)
            ![bars on the CPU](../figures/bars.svg "device: cpu")
            """,
            "snippets/where.py": """
            # region r
            import torch
            name = "cuda" if torch.cuda.is_available() else "cpu"
            print("on", name)
            # endregion r
            # %%
            #| label: bars
            import matplotlib.pyplot as plt
            plt.bar(name, 1)
            """,
        },
    )
    ran = deckwright(folder, "build", "--to", "html", CUDA_VISIBLE_DEVICES="")
    assert ran.code == 0, ran.err
    assert "2 scripts: 1 ran, 0 fresh, 1 not run here (its device is absent)" in ran.out
    said = ran.err.splitlines()
    assert [line.split(" [")[0] for line in said if "[accepted-result]" in line] == [
        "slides/two.md:6:9 warning"
    ]
    assert "also: slides/two.md:10" in said
    seen = (folder / "build/slides/two.md").read_text("utf-8")
    assert "```text\non cpu\n```" in seen
    assert "```text\non cuda\n(accepted result: cuda is absent here)\n```" in seen
    assert "![bars on the CPU](../figures/bars@cpu.svg)" in seen
    assert (folder / "build/figures/bars@cpu.svg").read_text("utf-8").startswith("<?xml")
    assert deckwright(folder, "sync", "--yes", CUDA_VISIBLE_DEVICES="").code == 0
    assert (folder / "figures/bars@cpu.svg").is_file()
    again = deckwright(folder, "build", "--to", "html", CUDA_VISIBLE_DEVICES="")
    assert "2 scripts: 0 ran, 1 fresh, 1 not run here" in again.out


# --- what goes wrong --------------------------------------------------------------------------

BAD = {
    "slides/bad.md": """
        # 错误

        ```python file=../snippets/matmull.py#shapes
        ```

        ```python file=../snippets/matmul.py#shapse
        ```

        ```python file=../snippets/matmul.py#shapes maxlines=3
        ```

        中文 [97%](../snippets/matmul.py#acuracy "{:.1%}") 值

        ![图](../figures/sofmax.svg)

        ![图](../figures/twice.svg)

        ```text output=../snippets/broken.py
        ```

        ```python file=../snippets/matmul.py#shapes {9}
        ```

        ```text output
        ```
        """,
    "slides/front.md": '---\nmarp: true\ntitle: "open\nmath: [\n---\n# Front\n',
    "slides/open.md": "---\nmarp: true\n# Never closed\n",
    "snippets/matmul.py": """
        # region shapes
        print(1)
        # endregion shapes
        accuracy = 0.97
        """,
    "snippets/broken.py": "def f(:\n    pass\n",
    "snippets/twice.py": "# %% one\n#| label: twice\nopen('../ran', 'w')\n",
    "figures/twice.py": "open('../ran', 'w')\n",
    "figures/softmax.py": "open('../ran', 'w')\n",
}


def test_everything_wrong_is_said_at_once_before_anything_runs(tmp_path: Path, accepting: bool) -> None:
    folder = write(tmp_path, BAD)
    ran = deckwright(folder, "build")
    if accepting:
        (GOLDEN / "bad_input.txt").write_text(ran.err, "utf-8")
    assert ran.err == (GOLDEN / "bad_input.txt").read_text("utf-8")
    assert (ran.code, ran.out) == (1, "")
    assert sorted(path.name for path in folder.iterdir()) == ["figures", "slides", "snippets"]


def test_json_says_what_is_wrong_too(tmp_path: Path) -> None:
    ran = deckwright(write(tmp_path, BAD), "build", "--json")
    assert (ran.code, ran.err) == (1, "")
    stage, *wrong, done = ran.events
    assert (stage["event"], stage["name"]) == ("stage", "read")
    assert {event["event"] for event in wrong} == {"diagnostic"}
    assert ("slides/bad.md", 3, 11, "missing-script") in [
        (each["path"], each["line"], each["column"], each["slug"]) for each in wrong
    ]
    assert (done["event"], done["good"]) == ("done", False)


def test_the_other_commands_refuse_bad_input_too(tmp_path: Path) -> None:
    folder = write(tmp_path, BAD)
    expected = (GOLDEN / "bad_input.txt").read_text("utf-8")
    for command in (["plan"], ["sync", "--check"], ["sync", "--yes"]):
        ran = deckwright(folder, *command)
        assert (ran.code, ran.out, ran.err) == (1, "", expected)


FAILING = {
    "boom": ("snippet-failed", 3, "print('before')\nnumbers = [1]\nprint(numbers[3])\n"),
    "loop": ("timeout", 1, "while True:\n    pass\n"),
    "exit": ("exited", 2, "import os\nos._exit(0)\n"),
    "crash": ("killed", 2, "import ctypes\nctypes.string_at(0)\n"),
    "flood": ("output-limit", 1, "while True:\n    print('x' * 1000)\n"),
    "eater": ("memory", 2, "held = []\nwhile True:\n    held.append(bytearray(b'x') * 2**20)\n"),
    "promise": ("did-not-raise", 1, "#| raises: ValueError\nprint('no error')\n"),
}
LIMITS = '# /// script\n# [tool.deckwright]\n# timeout = 1\n# memory = "64 MiB"\n# output = "64 KiB"\n# ///\n'
PATIENT = LIMITS.replace("timeout = 1", "timeout = 100")
"""For scripts that have to reach another limit first, also on a busy machine."""


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A project where scripts fail in every way, built."""
    folder = tmp_path_factory.mktemp("failing")
    names = ["good", *FAILING]
    slides = [f"# {name}\n\n```text output=../snippets/{name}.py#r max-lines=3\n```\n" for name in names]
    write(folder, {"slides/deck.md": "\n---\n\n".join([*slides, "# End\n\n![x](../figures/none.svg)\n"])})
    write(folder, {"snippets/good.py": "# %% r\nprint('all is well')\n"})
    for name, (slug, _, code) in FAILING.items():
        limits = LIMITS if slug == "timeout" else PATIENT
        write(folder, {f"snippets/{name}.py": f"{limits}# %% r\n{code}"})
    write(folder, {"figures/none.py": "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.close()\n"})
    return folder, deckwright(folder, "build", "--to", "html")


@pytest.mark.parametrize("name", FAILING)
def test_a_failing_script_is_named_with_its_line(failed: tuple[Path, Ran], name: str) -> None:
    _, ran = failed
    slug, line, _ = FAILING[name]
    shift = LIMITS.count("\n") + 1 + (name == "promise")
    assert ran.code == 1
    assert re.search(rf"^snippets/{name}\.py:{line + shift}:\d+ error \[{slug}\] ", ran.err, re.M), ran.err


def test_what_a_failure_says_fits_it(failed: tuple[Path, Ran]) -> None:
    for said in (
        "IndexError: list index out of range",
        "ran longer than 1 s",
        "ended without finishing (exit code 0)",
        "was killed by SIGSEGV",
        "printed more than 64 KiB",
        "used more than 64 MiB of memory",
        "cell 'r' should raise ValueError, and did not",
        "no figure is open for none.svg",
    ):
        assert said in failed[1].err


def test_failing_scripts_leave_the_other_slides(failed: tuple[Path, Ran]) -> None:
    folder, ran = failed
    report = report_of(folder)
    statuses = {job["id"].rpartition("/")[2]: job["status"] for job in report["jobs"]}
    assert statuses == {
        "good.py": "ok",
        **{f"{n}.py": "failed" for n in FAILING},
        "none.py": "failed",
    }
    assert report["good"] is False
    assert report["totals"]["failed"] == len(FAILING) + 1
    kinds = {
        job["id"].rpartition("/")[2]: job["failure"]["kind"] for job in report["jobs"] if "failure" in job
    }
    assert kinds["loop.py"] == "timeout"
    (loop,) = [job["failure"] for job in report["jobs"] if job["id"] == "snippets/loop.py"]
    assert (loop["message"], loop["frames"]) == ("ran longer than 1 s", ["snippets/loop.py:8"])
    assert "while True:\nran longer than 1 s\n" in (folder / "build/slides/deck.md").read_text("utf-8")
    page = (folder / "build/html/deck.html").read_text("utf-8")
    slides = re.findall(r"<section\b.*?</section>", page, re.S)
    assert len(slides) == len(FAILING) + 2
    assert "all is well" in slides[0]
    for slide, name in zip(slides[1:-1], FAILING):
        assert 'class="language-pytb"' in slide, name
    assert "before" in slides[1]
    assert "none.svg was not drawn" in slides[-1]
    assert f"{len(FAILING) + 1} errors" in ran.out


def test_a_failure_is_remembered_and_said_again(failed: tuple[Path, Ran]) -> None:
    folder, _ = failed
    ran = deckwright(folder, "build", "--to", "html", "--json")
    outside = {"timeout", "killed", "memory"}  # the next build may be right
    again = [f"snippets/{name}.py" for name, (slug, *_) in FAILING.items() if slug in outside]
    assert (ran.code, ran.names("started")) == (1, sorted(again))
    assert len(ran.names("diagnostic")) == len(FAILING) + 1


HOSTILE = r"""
    import sys

    from_author = "```\n\n---\n\n# fake\n\n````\n~~~~~~~~~~~~\n<!-- _class: x -->\n<!--\n"
    tags = (
        "</code></pre></section><script>touched = 1; document.title = 'owned'</script>"
        "<img src=x onerror='touched = 1'><style>* {display: none}</style>"
    )
    # %% fences
    print(from_author)
    # %% tags
    print(tags)
    # %% maths
    print("$$ \\frac{1}{2} $$ and $x$ and \\( y \\) &lt; &#x3c; [a](javascript:touched=1)")
    print("![b](//example.org/c.png) :rocket:")
    # %% colours
    print("\x1b[31mred\x1b[0m \x1b[1mbold\x1b[0m \x1b]0;title\x07 \x1b[?25l plain")
    # %% returns
    for i in range(100):
        print(f"\r{i:3}%", end="")
    print("\rdone")
    # %% bytes
    sys.stdout.flush()
    _ = sys.stdout.buffer.write(b"nul \x00 bad \xff\xfe utf-8\n")
    # %% long
    print("x" * 1_000_000)
    # %% raised
    #| raises: ValueError
    raise ValueError(from_author + tags)
    # %% shown
    class StyledText:
        def _repr_html_(self):
            return "<table><tr><td>" + tags + "</td></tr></table>"
        def __repr__(self):
            return tags
    StyledText()
    # %% end
    value = tags + "](x) *a* `b` | \n\n---\n\n$$"
    """


def test_what_a_script_prints_is_only_data(tmp_path: Path, browser: NodeProcess) -> None:
    cells = ["fences", "tags", "maths", "colours", "returns", "bytes", "long", "raised", "shown"]
    slides = [f"# {name}\n\n```text output=../snippets/hostile.py#{name}\n```\n" for name in cells]
    slides.append(
        "# value\n\nvalue [x](../snippets/hostile.py#value) here, **[y](../snippets/hostile.py#value)**\n"
    )
    slides.append(
        "- in a list\n\n  ```text output=../snippets/hostile.py#fences\n  ```\n\n"
        "> # quote\n>\n> ```text output=../snippets/hostile.py#tags\n> ```\n"
    )
    deck = "---\ntitle: mine\nmath: katex\n---\n" + "\n---\n\n".join(slides)
    options = '# /// script\n# [tool.deckwright]\n# output = "4 MiB"\n# ///\n'
    folder = write(tmp_path, {"slides/deck.md": deck, "snippets/hostile.py": HOSTILE})
    script = folder / "snippets/hostile.py"
    script.write_text(options + script.read_text())
    ran = deckwright(folder, "build", "--to", "html")
    assert ran.code == 0, ran.err
    seen = look(browser, folder / "build/html/deck.html")
    assert (seen["slides"], seen["sections"]) == (len(slides), len(slides))
    assert report_of(folder)["decks"][0]["slides"] == len(slides)
    assert (seen["title"], seen["touched"], seen["dialogs"]) == ("mine", None, [])
    assert (seen["scripts"], seen["wanted"], seen["errors"]) == (0, [], [])
    fences, tags, maths, colours, returns, raw, long, raised, shown, value, nested = seen["texts"]
    for text in (fences, nested):
        assert "```\n\n---\n\n# fake\n\n````\n~~~~~~~~~~~~\n<!-- _class: x -->\n<!--" in text
    for text in (tags, raised, value, nested):
        assert "<script>touched = 1; document.title = 'owned'</script>" in text
    assert "$$ \\frac{1}{2} $$ and $x$ and \\( y \\) &lt; &#x3c; [a](javascript:touched=1)" in maths
    assert "touched = 1" in shown  # A table's cells: text without its tags.
    assert ":rocket:" in maths
    assert "red bold" in colours
    assert "plain" in colours
    assert "\x1b" not in colours
    assert "done" in returns
    assert "99%" not in returns
    assert re.search(r"nul .+ bad \ufffd+ utf-8", raw)
    assert "\x00" not in raw
    assert "xxxxxxxxxx" in long
    assert "*a* `b` |" in value
    assert "$$" in value


# --- accepting results ------------------------------------------------------------------------


def test_sync_shows_accepts_and_then_is_in_step(course: Path) -> None:
    sources = {path: path.read_bytes() for path in sorted((course / "slides").iterdir())}
    shown = deckwright(course, "sync", "--check")
    assert shown.code == 1
    assert "+shape 41 你好" in shown.out
    assert "+from other" in shown.out
    assert "figures/line.svg: new" in shown.out
    assert shown.out.endswith("3 files differ\n")
    assert {path: path.read_bytes() for path in sources} == sources
    assert not (course / "figures/line.svg").exists()

    refused = deckwright(course, "sync", stdin="n\n")
    assert (refused.code, refused.out.splitlines()[-1]) == (0, "Write 3 files? [Y/n]: nothing was written")
    assert {path: path.read_bytes() for path in sources} == sources

    accepted = deckwright(course, "sync", "--yes")
    assert (accepted.code, accepted.out.splitlines()[-1]) == (0, "3 files accepted")
    deck = (course / "slides/one.md").read_text("utf-8")
    assert '#shapes\nprint("shape", size, "你好")\n```' in deck
    assert "#shapes\nshape 41 你好\n```" in deck
    assert (course / "figures/line.svg").read_bytes().startswith(b"<?xml")
    after = deckwright(course, "sync", "--check")
    assert (after.code, after.out, after.err) == (0, "up to date\n", "")
    assert "0 to run, 3 fresh" in deckwright(course, "plan").out


def test_sync_keeps_what_failed(tmp_path: Path) -> None:
    deck = "# A\n\n```text output=../snippets/a.py#r\naccepted\n```\n"
    folder = write(tmp_path, {"slides/a.md": deck, "snippets/a.py": "# %% r\nprint('new')\n1 / 0\n"})
    ran = deckwright(folder, "sync", "--yes")
    assert ran.code == 1
    assert "[snippet-failed] ZeroDivisionError" in ran.err
    assert (folder / "slides/a.md").read_text() == deck


def test_what_was_built_is_valid_marp_itself(first: tuple[Path, Ran], tmp_path: Path) -> None:
    text = marp_cli(first[0] / "build/slides/one.md", tmp_path / "page.html")
    assert len(re.findall(r"<section\b", text)) == 2
    assert "shape 41 你好" in text


# --- interruptions ----------------------------------------------------------------------------


def test_the_command_is_a_program_too(course: Path) -> None:
    program = Path(sys.executable).with_name("deckwright")
    done = subprocess.run(
        [program, "plan"], cwd=course, capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout) == (0, deckwright(course, "plan").out)
    assert json.loads(deckwright(course, "build", "--json").out.splitlines()[-1])["good"] is True
    assert COMMAND[0] == sys.executable
