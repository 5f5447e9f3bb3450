"""A course whose students see the results of their own scripts: no other result reaches them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from integration.in_process import deckwright
from integration.shell import write

pytestmark = pytest.mark.integration

PLANTED = "planted 777777"
SETTINGS = '[tool.deckwright]\ntitle = "Own"\n\n[tool.deckwright.publish]\nresults = "own"\n'
SCRIPT = """
    # %% before
    import matplotlib.pyplot as plt

    heads = 8
    print("reached by everybody")


    # %% task
    def answer(n):
        # BEGIN SOLUTION
        return f"planted {n * 111111}"
        # END SOLUTION


    # %%
    #| label: early
    plt.plot([1, 2])

    # %% after
    print("still reached")
    said = answer(7)
    print(said)

    # %% shown
    {"a": said}

    # %%
    #| label: late
    plt.plot([1, 3])
    plt.title(said)
    """
DECK = f"""
    ---
    lang: en
    title: Own
    ---

    # One

    ```text output=../snippets/own.py#before
    ```

    ```text output=../snippets/own.py#after {{2}} lines=2
    {PLANTED}
    ```

    ```text output=../snippets/own.py#shown
    {{'a': '{PLANTED}'}}
    ```

    ---

    # Two

    It has [8](../snippets/own.py#heads) heads and says [{PLANTED}](../snippets/own.py#said).

    ![early](../figures/early.svg)

    ![bg right late](../figures/late.svg)

    ---

    # Three

    ```python file=../snippets/own.py#task
    ```

    ```python exec
    # BEGIN SOLUTION
    made = "planted " + str(7 * 111111)
    # END SOLUTION
    print(made)
    ```

    ```text output
    {PLANTED}
    ```
    """
USER = """
    from own import answer

    print(answer(7))
    """
ACCEPTED = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><desc>{PLANTED}</desc></svg>'
COURSE = {
    "pyproject.toml": SETTINGS,
    "slides/own.md": DECK,
    "slides/user.md": "# User\n\n```text output=../snippets/user.py\n```\n",
    "snippets/own.py": SCRIPT,
    "snippets/user.py": USER,
    "figures/late.svg": ACCEPTED,
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course, published into `site`."""
    root = write(tmp_path_factory.mktemp("own"), COURSE)
    ran = deckwright(root, "publish", "site")
    assert ran.code == 0, ran.err
    return root


def texts(path: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield name and text of a file, and of those in it."""
    if path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from texts(name, archive.read(name))
    elif path.endswith(".pdf"):
        yield path, "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    else:
        yield path, data.decode("latin-1")


def site(course: Path) -> dict[str, str]:
    files = (path for path in (course / "site").rglob("*") if path.is_file())
    return dict(pair for path in files for pair in texts(str(path), path.read_bytes()))


def test_the_build_shows_everything(course: Path) -> None:
    assert PLANTED in (course / "build/html/own.html").read_text("utf-8")


def test_no_file_has_what_only_the_solution_gives(course: Path) -> None:
    files = site(course)
    assert len(files) > 15
    assert [path for path, text in files.items() if "777777" in text] == []


def test_slides_show_what_students_get(course: Path) -> None:
    page = (course / "build/.students/slides/own.md").read_text("utf-8")
    assert "```text\nreached by everybody\n```" in page
    assert "still reached" in page
    assert "It has 8 heads and says …" in page
    assert page.count("(your own solution of answer gives this)") == 2
    assert "(your own solution of own gives this)" in page
    assert "![early](../figures/early.svg)" in page
    assert "![bg right late](../figures/late-svg-left-out.svg)" in page
    user = (course / "build/.students/slides/user.md").read_text("utf-8")
    assert "(your own solution of answer gives this)" in user


def test_a_script_s_page_and_notebook_show_it(course: Path) -> None:
    page = (course / "site/scripts/own.html").read_text("utf-8")
    assert "reached by everybody\nstill reached\n(your own solution of answer gives this)" in page
    notebook = json.loads((course / "site/notebook/own/own.ipynb").read_text("utf-8"))
    printed = "".join(
        "".join(output.get("text", "")) for cell in notebook["cells"] for output in cell.get("outputs", ())
    )
    assert printed == "reached by everybody\nstill reached\n"


def test_a_second_time_nothing_runs(course: Path) -> None:
    ran = deckwright(course, "publish", "site")
    assert (ran.code, "0 new or changed" in ran.out) == (0, True), ran.err
    log = (course / "build/.students/.store/index.log").read_text("utf-8")
    assert log.count('["run","snippets/own.py"') == 1, log


def test_prose_that_says_it_is_a_leak(tmp_path: Path) -> None:
    deck = f"# A\n\nIt says {PLANTED}.\n\n```text output=../snippets/own.py#after\n```\n"
    files = {"pyproject.toml": SETTINGS, "slides/own.md": deck, "snippets/own.py": SCRIPT}
    ran = deckwright(write(tmp_path, files), "publish", "site")
    assert ran.code == 1, ran.out
    assert "error [leak] this line of a result would be in " in ran.err
    assert "snippets/own.py:22:" in ran.err
    assert not (tmp_path / "site").exists()


CAUGHT = """
    try:
        # BEGIN SOLUTION
        x = 1
        # END SOLUTION
    except NotImplementedError:
        x = 2
    print(x)
    """


def test_a_gap_at_which_nothing_stops(tmp_path: Path) -> None:
    deck = "# A\n\n```text output=../snippets/own.py\n```\n"
    course = write(tmp_path, {"slides/own.md": deck, "snippets/own.py": CAUGHT})
    for arguments in (["kit"], ["publish", "site"]):
        ran = deckwright(course, *arguments)
        assert ran.code == 1, ran.out
        assert "snippets/own.py:2:1 error [not-at-gap] without its solution, snippets/own.py " in ran.err
        assert "does not stop at the gap: it runs to its end" in ran.err
    assert not (tmp_path / "site").exists()
    assert deckwright(course, "kit", "--solutions").code == 0
