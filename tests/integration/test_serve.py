"""The live server as its user meets it: a terminal, an editor that saves, and a browser."""

from __future__ import annotations

import http.client
import http.server
import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from integration.servers import Server, serving, wait_until
from integration.shell import deckwright, write
from integration.tabs import Tab, Tabs

pytestmark = pytest.mark.integration

COURSE = {
    "slides/deck.md": """
        # First

        one

        ---

        # Second

        two

        ---

        # Third

        ```text output=../snippets/a.py#r
        ```
        """,
    "snippets/a.py": "from helper import WORD\n\n# %% r\nprint('a', WORD)\n",
    "snippets/helper.py": "WORD = 'said'\n",
}
SLIDE = "document.querySelector('svg.bespoke-marp-active')"
BAR = "document.querySelector('.deckwright-live').shadowRoot.querySelector('.bar')"
PANEL = "document.querySelector('.deckwright-live').shadowRoot.querySelector('.panel')"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(write(tmp_path / "course", COURSE)) as server:
        yield server


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for the tests that change nothing in its project."""
    with serving(write(tmp_path_factory.mktemp("untouched") / "course", COURSE)) as server:
        yield server


def shows(text: str) -> str:
    return f"{SLIDE}?.textContent.includes({text!r})"


def opened(tabs: Tabs, server: Server) -> Tab:
    """Open the deck, and mark the page: the mark is lost when it is loaded again."""
    tab = tabs.open(server.root)
    tab.wait(shows("First"))
    tab.wait("document.querySelector('.deckwright-live')")
    tab.ask("void (window.mark = 1)")
    return tab


# --- the page follows -------------------------------------------------------------------------


def test_an_edit_is_shown_where_it_was_made(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    server.edit("slides/deck.md", "two", "zwei")
    tab.wait(shows("zwei"))
    assert tab.ask("[location.hash, window.mark]") == ["#2", 1]
    server.edit("snippets/a.py", "print('a'", "print('b'")
    tab.wait(shows("b said"))
    assert tab.ask("[location.hash, window.mark]") == ["#3", 1]
    server.edit("snippets/helper.py", "said", "told")
    tab.wait(shows("b told"))
    server.edit("slides/deck.md", "# First", "# Zeroth\n\n---\n\n# First")
    tab.wait(shows("Zeroth"))
    assert tab.ask("[location.hash, window.mark ?? null]") == ["#1", None]  # one slide more: loaded again
    assert tab.ask("document.querySelectorAll('svg[data-marpit-svg]').length") == 4


def test_a_slide_in_view_that_changed_stays_in_view(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    server.edit("snippets/a.py", "print('a'", "print('b'")
    tab.wait(shows("b said"))
    server.edit("slides/deck.md", "Second\n\ntwo\n\n---\n\n# Third", "Zweitens\n\ntwo\n\n---\n\n# Drittens")
    tab.wait(shows("Drittens"))
    assert tab.ask("[location.hash, window.mark]") == ["#3", 1]
    tab.wait("document.body.textContent.includes('Zweitens')")


CHART = """
    from IPython.display import display

    # %% r
    mark = {"mark": "bar", "data": {"values": [{"a": 1}]}, "encoding": {"x": {"field": "a"}}}
    display({"application/vnd.vegalite.v6+json": {"title": "Eins", **mark}}, raw=True)
    """


def test_a_chart_that_changed_is_live_again(tmp_path: Path, tabs: Tabs) -> None:
    live = f"{SLIDE}.querySelector('[data-live] [aria-label=\"Vega-Lite chart: %s\"]') !== null"
    with serving(write(tmp_path / "course", {**COURSE, "snippets/a.py": CHART})) as server:
        tab = tabs.open(f"{server.root}html/deck.html#3")
        tab.wait(live % "Eins")
        tab.ask("void (window.mark = 1)")
        server.edit("snippets/a.py", "Eins", "Zwei")  # meanwhile, the slide shows no chart
        tab.wait(live % "Zwei")
        assert tab.ask("[location.hash, window.mark]") == ["#3", 1]


RATE = """
    # /// script
    # [tool.deckwright.vary]
    # rate = [1, 2]
    # ///
    rate = 1

    # region r
    print("rate", rate)
    # endregion r
    """


def test_a_control_keeps_its_state_while_the_slide_changes(tmp_path: Path, tabs: Tabs) -> None:
    slider = f"{SLIDE}.querySelector('[data-deckwright-control]').shadowRoot.querySelector('input')"
    deck = COURSE["slides/deck.md"].replace("a.py#r", "a.py#r vary=rate")
    files = {**COURSE, "slides/deck.md": deck, "snippets/a.py": RATE}
    with serving(write(tmp_path / "course", files)) as server:
        tab = tabs.open(f"{server.root}html/deck.html#3")
        tab.wait(shows("rate 1"))
        tab.ask(f"void ({slider}.focus(), window.mark = 1)")
        tab.press("ArrowRight")
        tab.wait(shows("rate 2"))
        server.edit("snippets/a.py", 'print("rate"', 'print("Rate:"')
        tab.wait(shows("Rate: 2"))
        assert tab.ask(f"[location.hash, window.mark, {slider}.value]") == ["#3", 1, "1"]


def test_a_slide_that_comes_looks_as_it_does_when_the_page_is_loaded_again(
    server: Server, tabs: Tabs
) -> None:
    # Marp's script makes what it scales into elements of its own, once for each page.
    scaled = f"[...{SLIDE}.querySelectorAll('marp-pre')].map((pre) => pre.firstElementChild)"
    fits = f"{scaled}.some((code) => Math.abs(code.getBoundingClientRect().width - 680) < 2)"
    tab = opened(tabs, server)
    long = "a line of code that is as long as only the letters of a small hand can make it fit on a slide" * 2
    server.edit("slides/deck.md", "two", f"```python no-exec=x\n{long}\n```")
    tab.wait(f"{shows('small hand')} && {fits}")
    assert tab.ask("window.mark") == 1
    tabs.open(f"{server.root}html/deck.html#2").wait(f"{shows('small hand')} && {fits}")


def test_what_is_built_is_what_a_build_writes(untouched: Server, tmp_path: Path) -> None:
    other = write(tmp_path / "other", COURSE)
    assert deckwright(other, "build", "--to", "html").code == 0
    for path in ("html/deck.html", "slides/deck.md"):
        assert (untouched.folder / "build" / path).read_bytes() == (other / "build" / path).read_bytes()


def test_errors_lie_above_the_last_good_deck_until_they_are_fixed(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    evil = "<img src=x onerror=window.touched=1>"
    server.edit("slides/deck.md", "a.py#r", f"a.py#{evil.replace(' ', '')}")
    tab.wait(f"!{PANEL}.hidden")
    said = tab.ask(f"{PANEL}.textContent")
    assert "slides/deck.md:15:" in said
    assert "missing-region" in said
    assert "onerror" in said
    assert tab.ask(f"{PANEL}.querySelector('mark').textContent")
    assert tab.ask(f"{PANEL}.querySelectorAll('img').length + (window.touched ?? 0)") == 0
    assert tab.ask(shows("First"))
    tab.press("Escape")
    assert tab.ask(f"{PANEL}.hidden")
    server.edit("slides/deck.md", evil.replace(" ", ""), "r")
    server.edit("snippets/a.py", "print('a', WORD)", "raise SystemError('<b>no</b>')")
    tab.wait(f"!{PANEL}.hidden && {PANEL}.textContent.includes('SystemError: <b>no</b>')")
    assert "snippets/a.py:4:1" in tab.ask(f"{PANEL}.textContent")
    server.edit("snippets/a.py", "raise SystemError('<b>no</b>')", "print('fixed')")
    tab.wait(f"{PANEL}.hidden && {shows('fixed')}")


def test_warnings_are_listed_on_a_click(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    badge = "document.querySelector('.deckwright-live').shadowRoot.querySelector('.badge')"
    assert tab.ask(f"{badge}.hidden && {PANEL}.hidden")
    server.edit("slides/deck.md", "two", "two ![x](none.png)")
    tab.wait(f"{badge}.textContent === '1 warning' && {PANEL}.hidden")
    tab.ask(f"void {badge}.click()")
    assert "slides/deck.md:9:10" in tab.ask(f"!{PANEL}.hidden && {PANEL}.textContent")
    tab.press("Escape")
    assert tab.ask(f"{PANEL}.hidden && !{badge}.hidden")
    tab.press("ArrowLeft")  # the keys are Marp's again
    tab.wait(shows("First"))
    tab.ask(f"void {badge}.click()")
    server.edit("slides/deck.md", " ![x](none.png)", "")
    tab.wait(f"{badge}.hidden && {PANEL}.hidden")


MISFIT = "document.querySelector('.deckwright-live').shadowRoot.querySelector('.misfit')"


def test_what_does_not_fit_is_marked_as_a_check_finds_it(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    points = "\n".join(f"- point {number}" for number in range(30))
    server.edit("slides/deck.md", "two", points)
    note = tab.wait(f"location.hash === '#2' && {MISFIT}?.textContent")
    assert note.startswith('the list "point 0 point 1')
    checked = deckwright(server.folder, "check", "--json").events
    assert f'slide 2 "Second": {note}' in [event.get("message") for event in checked]
    bottom = "getBoundingClientRect().bottom"
    frame = MISFIT.replace(".misfit", ".frame")
    assert tab.ask(f"Math.abs({frame}.{bottom} - {SLIDE}.querySelector('section').{bottom}) <= 1")
    tab.press("ArrowLeft")
    tab.wait(f"{shows('First')} && !{MISFIT}")
    tab.press("ArrowRight")
    tab.wait(f"{MISFIT}?.textContent === {json.dumps(note)}")
    server.edit("snippets/a.py", "'a'", "1 / 0")
    tab.wait(f"!{PANEL}.hidden && location.hash === '#3'")
    tab.press("Escape")
    tab.press("ArrowLeft")
    tab.wait(f"location.hash === '#2' && !{MISFIT}")  # one thing at a time
    server.edit("snippets/a.py", "1 / 0", "'a'")
    tab.wait("location.hash === '#3'")
    tab.press("ArrowLeft")
    tab.wait(f"{MISFIT}?.textContent === {json.dumps(note)}")
    server.edit("slides/deck.md", points, "- point 0")
    tab.wait(f"{shows('point 0')} && !{MISFIT}")


def test_a_page_that_another_command_wrote_is_not_loaded_again_and_again(server: Server, tabs: Tabs) -> None:
    page = server.folder / "build/html/deck.html"
    page.write_bytes(page.read_bytes().replace(b"one", b"eins"))
    count = "sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1"
    tab = tabs.open(f"{server.root}html/deck.html", before=count)
    tab.wait("history.state.deckwrightReloadedFor")
    time.sleep(1)
    assert tab.ask("sessionStorage.loads") == "2"
    server.edit("slides/deck.md", "two", "zwei")
    tab.wait("document.body.textContent.includes('zwei') && !history.state.deckwrightReloadedFor")


def test_a_page_says_that_its_deck_went_away(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    note = "document.querySelector('.deckwright-live').shadowRoot.querySelector('.note')"
    deck = server.folder / "slides/deck.md"
    deck.rename(deck.with_name("other.md"))
    tab.wait(f"!{note}.hidden && {note}.textContent.includes('removed or renamed')")
    deck.with_name("other.md").rename(deck)
    tab.wait(f"{note}.hidden")


def test_a_folder_that_comes_back_is_watched_again(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    slides = server.folder / "slides"
    slides.rename(server.folder / "elsewhere")
    tab.wait(f"!{PANEL}.hidden")
    (server.folder / "elsewhere").rename(slides)
    tab.wait(f"{PANEL}.hidden")
    server.edit("slides/deck.md", "two", "zwei")
    tab.wait(shows("zwei"))


REMOVALS = {
    "clean": lambda folder: deckwright(folder, "clean"),
    "the folder": lambda folder: remove(folder / "build"),
    "the pages": lambda folder: remove(folder / "build/html"),
}


def remove(folder: Path) -> None:
    """Remove a folder as `rm -r` does, again where a build has just written into it."""
    while folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("way", REMOVALS)
def test_a_build_folder_that_is_removed_is_built_again(server: Server, tabs: Tabs, way: str) -> None:
    tab = opened(tabs, server)
    page = server.folder / "build/html/deck.html"
    REMOVALS[way](server.folder)
    wait_until(page.exists)  # without a save
    tabs.open(f"{server.root}html/deck.html#3").wait(shows("a said"))
    REMOVALS[way](server.folder)
    server.edit("slides/deck.md", "two", "zwei")
    # A tab that was loaded again while there was no page does not know which slide is new.
    tab.wait("document.body.textContent.includes('zwei')")


def test_whatever_goes_away_while_a_script_never_ends_comes_back(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    server.edit("snippets/a.py", "print('a', WORD)", "while True: pass")
    tab.wait(f"{BAR}.textContent.includes('snippets/a.py')")
    remove(server.folder / "build")
    server.edit("slides/deck.md", "two", "zwei")
    tab.wait(shows("zwei"))
    slides, elsewhere = server.folder / "slides", server.folder / "elsewhere"
    slides.rename(elsewhere)
    tab.wait(f"!{PANEL}.hidden")
    elsewhere.rename(slides)
    tab.wait(f"{PANEL}.hidden")
    server.edit("slides/deck.md", "zwei", "deux")
    tab.wait(shows("deux"))
    write(server.folder, {"slides/new/more.md": "# More\n\none\n"})
    more = server.folder / "build/html/new/more.html"
    wait_until(more.exists)
    server.edit("slides/new/more.md", "one", "eins")
    wait_until(lambda: "eins" in more.read_text("utf-8"))


def test_a_project_that_is_moved_away_is_not_made_anew_and_comes_back(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    elsewhere = server.folder.with_name("elsewhere")
    server.folder.rename(elsewhere)
    tab.wait(f"!{PANEL}.hidden && {PANEL}.textContent.includes('is gone')")
    assert not server.folder.exists()
    elsewhere.rename(server.folder)
    tab.wait(f"{PANEL}.hidden")
    server.edit("slides/deck.md", "two", "zwei")
    tab.wait(shows("zwei"))


def test_an_editor_that_empties_a_file_before_it_writes_shows_no_error(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    for number, path in enumerate(["slides/deck.md", "snippets/a.py", "snippets/helper.py"] * 3):
        file = server.folder / path
        text = file.read_text("utf-8")
        for is_gone in (False, True):
            file.unlink() if is_gone else file.write_text("", "utf-8")
            time.sleep(0.02)
            file.write_text(text, "utf-8")
        server.edit("slides/deck.md", f"state {number - 1}" if number else "two", f"state {number}")
        tab.wait(shows(f"state {number}"))
    assert "error" not in server.said


def test_changes_are_looked_for_where_that_is_asked_for(tmp_path: Path, tabs: Tabs) -> None:
    with serving(write(tmp_path / "course", COURSE), "--poll") as server:
        tab = opened(tabs, server)
        for number in range(3):
            server.edit("snippets/helper.py", f"{number - 1}." if number else "said", f"{number}.")
            tab.wait(shows(f"a {number}."))


def test_a_deck_that_was_never_good_comes_when_it_is(tmp_path: Path, tabs: Tabs) -> None:
    folder = write(tmp_path / "course", {**COURSE, "slides/deck.md": "# A\n\n```text output=none.py\n```\n"})
    with serving(folder, built=False) as server:
        tab = tabs.open(server.root)
        tab.wait(f"!{PANEL}.hidden && {PANEL}.textContent.includes('missing-script')")
        (folder / "slides/deck.md").write_text("# Good\n")
        tab.wait(shows("Good"))
        assert tab.ask("location.pathname").endswith("/html/deck.html")


def test_files_that_come_and_go_are_noticed(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    write(server.folder, {"slides/more/second.md": "# Another deck\n", "build/slides/none.md": "# None\n"})
    tab.go(server.root)
    tab.wait(
        f"(await fetch({server.root!r})).text().then((text) => text.includes('Another deck'))".join(
            ["(async () => ", ")()"]
        )
    )
    (server.folder / "slides/more/second.md").unlink()
    wait_until(lambda: "Another deck" not in (server.folder / "build/index.html").read_text("utf-8"))


def test_many_saves_at_once_are_one_build(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    before = server.builds
    for number in range(20):
        (server.folder / "snippets/helper.py").write_text(f"WORD = 'save {number}.'\n")
        (server.folder / f"snippets/other{number}.py").write_text(f"print({number})\n")
    tab.go(f"{server.root}html/deck.html#3")
    tab.wait(shows("save 19."))
    wait_until(lambda: server.builds > before)
    assert server.builds <= before + 2  # two where the machine was too busy to see them at once


def test_a_save_gives_way_to_nothing_that_is_still_wanted(tmp_path: Path, tabs: Tabs) -> None:
    slow = """
        import time
        from pathlib import Path
        with open("started", "a") as file:
            file.write("x")
        # %% r
        while "go" not in Path("started").read_text():
            time.sleep(0.02)
        print("trained")
        """
    deck = "# A\n\nword\n\n```text output=../snippets/slow.py#r\n```\n"
    folder = write(tmp_path / "course", {"slides/deck.md": deck, "snippets/slow.py": slow})
    with serving(folder, built=False) as server:
        tab = tabs.open(server.root)
        wait_until(lambda: (folder / "snippets/started").exists())
        tab.wait(f"!{BAR}.hidden && {BAR}.textContent.includes('snippets/slow.py')")
        server.edit("slides/deck.md", "word", "prose")
        server.edit("snippets/slow.py", "# %% r", "# a comment\n# %% r")
        time.sleep(0.5)
        with (folder / "snippets/started").open("a") as file:
            file.write("go")
        tab.wait(f"{shows('prose')} && {shows('trained')}")
        assert (folder / "snippets/started").read_text() == "xgo"


# --- many connections -------------------------------------------------------------------------


def test_half_requests_do_not_stop_pages_and_builds(tmp_path: Path, tabs: Tabs) -> None:
    few = ("sh", "-c", 'ulimit -n 256 && exec "$@"', "sh")
    with serving(write(tmp_path / "course", COURSE), before=few) as server, ExitStack() as close:
        tab = opened(tabs, server)
        port = urlsplit(server.root).port or 0
        for _ in range(300):
            half = close.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            half.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert psutil.Process(server.process.pid).num_fds() < 256
        server.edit("snippets/a.py", "print('a'", "print('b'")
        tab.wait(shows("b said"))
        assert tab.ask("window.mark") == 1
        tabs.open(f"{server.root}html/deck.html#3").wait(shows("b said"))
        assert "Traceback" not in server.said


NO_WORKER = """
    delete window.SharedWorker
    Object.defineProperty(document, 'hidden', { get: () => window.isHidden ?? false })
    window.show = (isShown) => {
      window.isHidden = !isShown
      document.dispatchEvent(new Event('visibilitychange'))
    }
    """


@pytest.mark.parametrize("before", ["", NO_WORKER], ids=["one connection", "one for each page in sight"])
def test_twelve_tabs_of_one_browser(server: Server, tabs: Tabs, before: str) -> None:
    opened = []
    for _ in range(12):
        if before and opened:
            opened[-1].ask("void show(false)")
        opened.append(tabs.open(server.root, before))
    server.edit("slides/deck.md", "two", "zwei")
    for tab in opened:
        if before:
            opened[-1].ask("void show(false)")
            tab.ask("void show(true)")
        tab.wait("document.body.textContent.includes('zwei')")
        if before:
            tab.ask("void show(false)")


# --- the terminal -----------------------------------------------------------------------------


def test_prose_is_shown_while_a_script_runs(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    server.edit("snippets/a.py", "print('a', WORD)", "import time; time.sleep(600); print('slow')")
    tab.wait(f"{BAR}.textContent.includes('snippets/a.py')")
    server.edit("slides/deck.md", "one", "a word")
    tab.wait(shows("a word"))
    assert server.builds == 1  # the run goes on
    server.edit("snippets/a.py", "time.sleep(600)", "0")
    tab.wait(shows("slow"))


TWO_DECKS = {
    "slides/quick.md": "# Quick\n\n```text output=../snippets/quick.py\n```\n",
    "slides/slow.md": "# Slow\n\n```text output=../snippets/slow.py\n```\n",
    "snippets/quick.py": "print('quick', 1)\n",
    "snippets/slow.py": """
        import time
        from pathlib import Path

        step = 1
        while not Path(f"../go{step}").exists():
            time.sleep(0.02)
        print("slow", step)
        """,
}


def test_a_deck_does_not_wait_for_a_script_of_another(tmp_path: Path, tabs: Tabs) -> None:
    """Neither at first nor after an edit: the script goes on until its file is there."""
    folder = write(tmp_path / "course", TWO_DECKS)
    with serving(folder, built=False) as server:
        tab = tabs.open(server.root)
        wait_until(lambda: (folder / "build/html/quick.html").exists())
        tab.go(f"{server.root}html/quick.html")
        tab.wait(shows("quick 1"))
        wait_until(lambda: (folder / "build/html/slow.html").exists())
        other = tabs.open(f"{server.root}html/slow.html")
        other.wait(shows("it runs now"))
        server.edit("snippets/slow.py", "step = 1", "step = 2")
        server.edit("snippets/quick.py", "1", "2")
        tab.wait(shows("quick 2"))
        other.wait(f"{BAR}.textContent.includes('snippets/slow.py')")
        assert server.builds == 0
        (folder / "go2").touch()
        other.wait(shows("slow 2"))
        server.wait_for("built in ")
        server.edit("snippets/slow.py", "step = 2", "step = 3")
        other.wait(f"{BAR}.textContent.includes('snippets/slow.py')")
        server.edit("snippets/quick.py", "2", "3")
        tab.wait(shows("quick 3"))
        other.wait(shows("it runs now"))
        (folder / "go3").touch()
        other.wait(shows("slow 3"))


def test_a_first_visit_lists_the_decks_that_are_there(tmp_path: Path, tabs: Tabs) -> None:
    folder = write(tmp_path / "course", {**TWO_DECKS, "slides/third.md": "# Third\n"})
    with serving(folder, built=False) as server:
        wait_until(lambda: len(list((folder / "build/html").glob("*.html"))) == 3)
        tab = tabs.open(server.root)
        tab.wait("document.querySelectorAll('nav a').length === 3")
        tab.ask("document.querySelector('nav a[href$=\"html/third.html\"]').click()")
        tab.wait(shows("Third"))
        waiting = tabs.open(server.root)
        waiting.wait("document.querySelector('nav a')")
        (folder / "go1").touch()
        waiting.wait("location.pathname.endsWith('/index.html')")


def test_ctrl_c_leaves_nothing(server: Server, tabs: Tabs) -> None:
    opened(tabs, server)
    server.edit("snippets/a.py", "print('a'", "import time; time.sleep(600); print('b'")
    children = psutil.Process(server.process.pid).children
    wait_until(lambda: len(children(recursive=True)) >= 3)  # Python, the script in it, Node
    left = children(recursive=True)
    server.interrupt()
    assert server.process.returncode == 0
    assert server.said.endswith("stopped\n")
    assert [p for p in left if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []
    assert list((server.folder / "build/.scratch").iterdir()) == []


def test_a_page_says_that_the_server_ended(server: Server, tabs: Tabs) -> None:
    tab = opened(tabs, server)
    server.interrupt()
    note = "document.querySelector('.deckwright-live').shadowRoot.querySelector('.note')"
    tab.wait(f"!{note}.hidden && {note}.textContent.includes('deckwright serve')")
    assert tab.ask(shows("First"))


def test_a_port_that_is_taken(untouched: Server, tmp_path: Path) -> None:
    port = urlsplit(untouched.root).port
    ran = deckwright(untouched.folder, "serve", "--port", str(port))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error [serve] port {port} is taken\nhint: choose another with --port")
    with serving(write(tmp_path / "second", COURSE)) as other:
        assert urlsplit(other.root).port != port


def test_usage(tmp_path: Path) -> None:
    folder = write(tmp_path, COURSE)
    assert deckwright(folder, "serve", "slides/none.md").code == 2
    assert deckwright(folder, "serve", "--device", "cuda:99").code == 2
    ran = deckwright(folder, "serve", "--host", "192.0.2.1")
    assert (ran.code, ran.err.partition(":")[0]) == (2, "error [serve] cannot listen on 192.0.2.1")


# --- nobody else ------------------------------------------------------------------------------


def test_it_listens_on_loopback_only(untouched: Server) -> None:
    listening = [c for c in psutil.Process(untouched.process.pid).net_connections() if c.status == "LISTEN"]
    assert {connection.laddr.ip for connection in listening} == {"127.0.0.1"}


def test_requests_that_a_rebound_name_would_bring_are_refused(untouched: Server) -> None:
    where = urlsplit(untouched.root)
    assert where.port

    def status(path: str, **headers: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=10)
        connection.request("GET", path, headers=headers)
        found = connection.getresponse().status
        connection.close()
        return found

    page = f"{where.path}html/deck.html"
    assert status(page) == 200
    assert status(page, Host=f"evil.example:{where.port}") == 403
    assert status(page, Origin="http://evil.example") == 403
    assert status("/html/deck.html") == 404
    assert status(f"{where.path}.store/") == 404


def test_raw_requests_lead_nowhere_outside(untouched: Server) -> None:
    where = urlsplit(untouched.root)
    for path in (
        "../pyproject.toml",
        "/etc/passwd",
        "..%2f..%2fetc/passwd",
        ".store/index",
        "html/../../slides/deck.md",
    ):
        with socket.create_connection(("127.0.0.1", where.port or 0), timeout=10) as raw:
            headers = f"Host: {where.netloc}\r\nConnection: close\r\n\r\n"
            raw.sendall(f"GET {where.path}{path} HTTP/1.1\r\n{headers}".encode())
            assert raw.makefile("rb").readline().split()[1] == b"404"


ATTACK = """
(async () => {
  const address = ADDRESS
  const within = (work) => Promise.race([work, new Promise((done) => setTimeout(done, 3000, 'silence'))])
  const outcome = (work) => within(work().then((value) => `read ${value}`, () => 'refused'))
  const loads = (name, attributes) => () => new Promise((done, fail) => {
    const element = Object.assign(document.createElement(name), attributes)
    element.onload = () => done('loaded')
    element.onerror = fail
    document.body.append(element)
  })
  const stream = () => new Promise((done, fail) => {
    const source = new EventSource(`${address}.live/events`)
    source.onmessage = () => done('message')
    source.onerror = () => { source.close(); fail() }
  })
  const frame = document.createElement('iframe')
  frame.src = `${address}html/deck.html`
  document.body.append(frame)
  await new Promise((done) => { frame.onload = done; setTimeout(done, 3000) })
  let framed
  try { framed = frame.contentWindow.document.body.textContent } catch { framed = 'refused' }
  const opened = window.open(`${address}html/deck.html`)
  await new Promise((done) => setTimeout(done, 500))
  let other
  try { other = opened.document.body.textContent } catch { other = 'refused' }
  opened?.close()
  return {
    fetch: await outcome(() => fetch(`${address}html/deck.html`).then((answer) => answer.text())),
    post: await outcome(() => fetch(address, { method: 'POST', body: 'x' }).then((answer) => answer.text())),
    script: await outcome(loads('script', { src: `${address}.live/live.js` })),
    picture: await outcome(loads('img', { src: `${address}figures/f.svg` })),
    style: await outcome(loads('link', { rel: 'stylesheet', href: `${address}.live/live.css` })),
    stream: await outcome(stream),
    worker: await outcome(async () => new SharedWorker(`${address}.live/messages.js`)),
    framed, other,
  }
})()
"""


@contextmanager
def strange_site(folder: Path) -> Iterator[int]:
    """Serve an empty page of another origin."""
    write(folder, {"index.html": "<!doctype html><title>elsewhere</title><body>"})

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield site.server_port
        site.shutdown()
        thread.join()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_tab_of_another_origin_reads_and_drives_nothing(
    untouched: Server, tabs: Tabs, tmp_path: Path, name: str
) -> None:
    # It even knows the whole address: the token alone must not be all that protects.
    (untouched.folder / "build/figures").mkdir(exist_ok=True)
    (untouched.folder / "build/figures/f.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    )
    builds = untouched.builds
    with strange_site(tmp_path / "elsewhere") as port:
        tab = tabs.open(f"http://{name}:{port}/")
        found = tab.ask(ATTACK.replace("ADDRESS", repr(untouched.root)))
    assert found == dict.fromkeys(found, "refused")
    assert untouched.builds == builds
    own = opened(tabs, untouched)
    read = own.ask("fetch(location.href).then((answer) => answer.text())")
    assert "First" in read
