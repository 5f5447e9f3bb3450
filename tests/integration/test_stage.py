"""Code that the presenter runs and edits on slides, in a real browser; and pages of others that try to."""

from __future__ import annotations

import http.client
import http.server
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from integration.servers import Server
from integration.shell import COMMAND, write
from integration.tabs import Tab, Tabs, tabbed_browser

pytestmark = pytest.mark.integration

COURSE = {
    "slides/deck.md": """
        # Squares

        ```python file=../snippets/a.py#squares
        ```

        ```text output=../snippets/a.py#squares
        ```

        ---

        # A plot

        ```python file=../snippets/a.py#curve
        ```

        ![w:400 the curve](../figures/curve.svg)

        ---

        # Cubes

        ```python exec
        print([k**3 for k in range(4)])
        ```
        """,
    "snippets/a.py": """
        import matplotlib.pyplot as plt

        n = 4

        # %% squares
        squares = [k * k for k in range(n)]
        print(squares)

        # %% curve
        #| label: curve
        fig, ax = plt.subplots(figsize=(4, 2))
        ax.plot(squares)
        """,
}
SLIDE = "document.querySelector('svg.bespoke-marp-active')"
RESULT = f"{SLIDE}.querySelector('.deckwright-stage')"
EDITOR = f"{SLIDE}.querySelector('.cm-content')"


class Lecture(Server):
    """A `deckwright present` that runs."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "--no-open", "--audience", command="present")
        self.address = self.wait_for(r"http://\S+/enter/\S+", 100)
        self.wait_for("built in ", 100)
        self.root = self.address.partition("/.present")[0]
        self.page = f"{self.root}/html/deck.html"

    def audience(self) -> str:
        """Return the address of the audience on this machine."""
        port = urlsplit(self.root).port or 0
        numbers = (each for each in range(port + 1, port + 20))
        return next(f"http://127.0.0.1:{each}" for each in numbers if _status(each, "/html/deck.html") == 200)


def _status(port: int, path: str) -> int:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status
    except OSError:
        return 0


@pytest.fixture(scope="module")
def lecture(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lecture]:
    lecture = Lecture(write(tmp_path_factory.mktemp("lecture") / "course", COURSE))
    try:
        yield lecture
    finally:
        lecture.interrupt()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with tabbed_browser() as browser:
        yield browser


@pytest.fixture
def tabs(browser: Any, lecture: Lecture) -> Iterator[Tabs]:
    with Tabs(browser) as tabs:
        tabs.open(lecture.address).wait("document.querySelector('section')")
        yield tabs


def opened(tabs: Tabs, lecture: Lecture, slide: int = 1, query: str = "") -> Tab:
    """Open the deck as the presenter, as soon as its code can be run."""
    tab = tabs.open(f"{lecture.page}{query}#{slide}")
    tab.wait(f"{SLIDE}.querySelector('[role=group][tabindex]')")
    return tab


def rewrite(tab: Tab, code: str) -> None:
    """Write other code into the editor, which is opened if it is not."""
    if not tab.ask(f"Boolean({EDITOR}) && document.activeElement === {EDITOR}"):
        tab.press("e")
        tab.wait(f"{EDITOR} && document.activeElement === {EDITOR}")
    tab.press("Control+a")
    tab.type(code)


def edited(tab: Tab, code: str) -> None:
    """Write other code into the editor, and run it."""
    rewrite(tab, code)
    tab.press("Control+Enter")


def wait_for_result(tab: Tab, text: str, status: str = "done") -> None:
    tab.wait(f"{RESULT}?.dataset.status === {status!r} && {RESULT}.textContent.includes({text!r})")


def restored(tab: Tab) -> None:
    tab.press("Escape")
    tab.wait(f"!{RESULT} && !{EDITOR}")


def test_a_block_runs_into_the_output_of_its_slide(lecture: Lecture, tabs: Tabs) -> None:
    tab = opened(tabs, lecture)
    outputs = f"[...{SLIDE}.querySelectorAll('[data-deckwright]')].filter(SEEN)".replace(
        "SEEN", "(each) => each.checkVisibility({ visibilityProperty: true })"
    )
    tab.press("r")
    wait_for_result(tab, "[0, 1, 4, 9]")
    assert tab.ask(f"{outputs}.map((each) => each.textContent.trim())") == ["[0, 1, 4, 9]"]
    assert "edited" not in tab.ask(f"{RESULT}.textContent")
    restored(tab)
    assert tab.ask(f"{outputs}.map((each) => each.textContent.trim())") == ["[0, 1, 4, 9]"]


def test_edited_code_is_marked_seen_in_all_windows_and_restored(lecture: Lecture, tabs: Tabs) -> None:
    before = (lecture.folder / "snippets/a.py").read_text("utf-8")
    tab, other = opened(tabs, lecture), opened(tabs, lecture, query="?view=presenter&sync=x")
    parts = f"[...{SLIDE}.querySelectorAll('section > :not(.deckwright-cover)')]"
    places = f"JSON.stringify({parts}.map((each) => each.getBoundingClientRect()))"
    first = tab.ask(places)
    edited(tab, "n = 3\nprint('<b>', [k + n for k in range(n)])")
    for each in (tab, other):
        wait_for_result(each, "<b> [3, 4, 5]")
        assert "edited, not from the file" in each.ask(f"{RESULT}.textContent")
    shown = f"{SLIDE}.querySelector('.deckwright-edited')?.textContent"
    assert "n = 3" in other.ask(shown)
    assert tab.ask(places) == first  # nothing of the slide has moved
    restored(tab)
    other.wait(f"!{RESULT}")
    assert other.ask(shown) is None
    assert tab.ask(places) == first
    assert (lecture.folder / "snippets/a.py").read_text("utf-8") == before
    results = json.loads((lecture.folder / "build/report.json").read_text("utf-8"))
    assert "[3, 4, 5]" not in json.dumps(results)


def test_a_plot_is_drawn_again(lecture: Lecture, tabs: Tabs) -> None:
    tab = opened(tabs, lecture, 2)
    source = f"{SLIDE}.querySelector('img')?.src"
    first = tab.ask(source)
    edited(tab, "fig, ax = plt.subplots(figsize=(4, 2))\nax.bar(range(4), squares)")
    tab.wait(f"{source} !== {first!r}")
    wait_for_result(tab, "edited")
    second = tab.ask(source)
    assert second.startswith("data:image/svg+xml")
    assert tab.ask(f"{SLIDE}.querySelectorAll('img').length") == 1
    tab.wait(f"{SLIDE}.querySelector('img').naturalWidth > 0")
    edited(tab, "fig, ax = plt.subplots(figsize=(4, 2))\nax.plot([4, 3])")
    tab.wait(f"{source} !== {second!r}")
    restored(tab)
    tab.wait(f"{source} === {first!r}")


def test_an_endless_loop_is_stopped(lecture: Lecture, tabs: Tabs) -> None:
    tab = opened(tabs, lecture)
    edited(tab, "print('begun', flush=True)\nwhile True: pass")
    wait_for_result(tab, "begun", "running")
    tab.ask("document.activeElement.blur()")
    tab.press("s")
    wait_for_result(tab, "begun", "stopped")
    edited(tab, "print('next')")
    wait_for_result(tab, "next")
    restored(tab)


def test_input_has_a_field(lecture: Lecture, tabs: Tabs) -> None:
    tab = opened(tabs, lecture)
    edited(tab, "print('Hello', input('name? '))")
    tab.wait(
        f"{RESULT}?.querySelector('input') === document.activeElement && document.activeElement !== null"
    )
    assert "name?" in tab.ask(f"{RESULT}.textContent")
    tab.type("Ada r e s")
    tab.press("Enter")
    wait_for_result(tab, "name? Ada r e s\nHello Ada r e s")
    restored(tab)


def test_a_syntax_error_is_marked_in_the_editor(lecture: Lecture, tabs: Tabs) -> None:
    tab = opened(tabs, lecture, 3)
    edited(tab, "x = 1\nprint((x]")
    wait_for_result(tab, "SyntaxError", "failed")
    tab.wait(f"Boolean({SLIDE}.querySelector('.cm-lintRange-error'))")
    assert tab.ask(f"{SLIDE}.querySelector('.cm-lintRange-error').textContent") == "]"
    edited(tab, "print('fixed')")
    wait_for_result(tab, "fixed")
    assert not tab.ask(f"Boolean({SLIDE}.querySelector('.cm-lintRange-error'))")
    restored(tab)


def test_edited_code_is_saved_into_a_new_script(lecture: Lecture, tabs: Tabs) -> None:
    tab = opened(tabs, lecture)
    edited(tab, "print(n + 100)")
    wait_for_result(tab, "104")
    bar = "[...document.querySelectorAll('.deckwright-tools')].map(BAR).find(Boolean)".replace(
        "BAR", "(each) => each.shadowRoot.querySelector('.stage-bar')"
    )
    dialog = f"{bar}.getRootNode().querySelector('dialog')"
    for name, says in (
        ("a", "there already"),
        ("random", "hide the module"),
        ("../x", "cannot be called"),
        ("mine", "Written: snippets/mine.py"),
    ):
        tab.ask(f"{bar}.querySelector('[data-action=save]').click()")
        tab.wait(f"{dialog}?.open")
        tab.ask(f"void ({dialog}.querySelector('input').value = {name!r})")
        tab.ask(f"{dialog}.querySelector('.save').click()")
        tab.wait(f"{dialog}.textContent.includes({says!r})")
        tab.ask(f"{dialog}.close()")
        tab.wait(f"!{dialog}")
    restored(tab)
    alone = subprocess.run(
        [COMMAND[0], "mine.py"], cwd=lecture.folder / "snippets", capture_output=True, text=True, check=True
    )
    assert alone.stdout == "104\n"
    assert not list(lecture.folder.glob("**/.deckwright-new*"))


def go(tab: Tab, slide: int) -> None:
    tab.ask(f"void (location.hash = '#{slide}')")
    tab.wait(f"{SLIDE} === document.querySelectorAll('svg.bespoke-marp-slide')[{slide - 1}]")


def test_a_save_brings_back_what_the_file_gives_but_keeps_an_edit(lecture: Lecture, tabs: Tabs) -> None:
    tab = opened(tabs, lecture, 3)
    edited(tab, "print('mine')")
    wait_for_result(tab, "mine")
    go(tab, 1)
    tab.ask("document.activeElement.blur()")
    tab.press("r")
    wait_for_result(tab, "[0, 1, 4, 9]")
    script = lecture.folder / "snippets/a.py"
    text = script.read_text("utf-8")
    script.write_text(text.replace("n = 4", "n = 6"), "utf-8")
    tab.wait(f"!{RESULT} && {SLIDE}.textContent.includes('[0, 1, 4, 9, 16, 25]')")
    tab.press("r")
    wait_for_result(tab, "[0, 1, 4, 9, 16, 25]")
    go(tab, 3)
    wait_for_result(tab, "mine")
    script.write_text(text, "utf-8")
    tab.wait(f"location.hash === '#1' && !{RESULT} && !{SLIDE}.textContent.includes('25]')")
    go(tab, 3)
    restored(tab)


# --- attacks ----------------------------------------------------------------------------------


ATTACK = (Path(__file__).parent / "attack.mjs").read_text("utf-8")


@contextmanager
def another_site(folder: Path) -> Iterator[str]:
    (folder / "index.html").write_text("<!DOCTYPE html><title>evil</title><body></body>")

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def attacks(tab: Tab, root: str, code: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        tab.ask(f"({ATTACK})({json.dumps(root)}, {json.dumps(code)}).then(JSON.stringify)")
    )
    return found


@pytest.mark.parametrize("way", ["another port", "another name", "the audience"])
def test_no_other_page_runs_code(lecture: Lecture, tabs: Tabs, tmp_path: Path, way: str) -> None:
    """The browser is the presenter's: it has the cookie."""
    mark = tmp_path / "ran"
    code = f"open({str(mark)!r}, 'w').write('x')"
    with another_site(tmp_path) as site:
        address = {
            "another port": site,
            "another name": site.replace("127.0.0.1", "localhost"),
            "the audience": f"{lecture.audience()}/html/deck.html",
        }[way]
        tab = tabs.open(address)
        found = attacks(tab, lecture.root, code)
        assert not found["isPresenters"]
        assert {*found["answers"]} <= {"refused", "opaque", 403, 404}
        if way == "the audience":
            assert (
                tab.ask("document.querySelector('script[data-deckwright-role]').dataset.deckwrightRole")
                == "audience"
            )
            own = attacks(tab, lecture.audience(), code)
            assert not own["isPresenters"]
            assert {*own["answers"]} <= {403, 404, "opaque"}
    real = opened(tabs, lecture)
    edited(real, f"{code}\nprint('mine')")  # what was tried before would have run by now
    wait_for_result(real, "mine")
    assert mark.read_text() == "x"
    mark.unlink()
    restored(real)
    time.sleep(0.3)
    assert not mark.exists()
