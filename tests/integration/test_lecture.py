"""A lecture as its presenter and its audience meet it: windows, phones, a remote control."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from pypdfium2 import PdfDocument

from integration.servers import Server, serving
from integration.shell import write
from integration.tabs import Tab, Tabs

pytestmark = pytest.mark.integration

DECK = """
    # First

    <!-- 3 min -->

    <!-- The first secret of the speaker. -->

    ---

    # Steps

    ```python file=../snippets/a.py#r {1|2}
    ```

    <!-- The second secret of the speaker.

    2 min -->

    ---

    # Third

    * one
    * two

    ![w:300 A square](square.svg)

    ---

    # Fourth

    a needle in the hay

    ```text output=../snippets/b.py#r vary=k
    ```
    """
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
COURSE = {
    "slides/deck.md": DECK,
    "slides/other.md": "# Other\n\n[the deck](deck.md)\n",
    "slides/square.svg": SQUARE,
    "snippets/a.py": "# %% r\nprint(1)\nprint(2)\n",
    "snippets/b.py": """
        # /// script
        # [tool.deckwright.vary]
        # k = [10, 20]
        # ///
        k = 10

        # %% r
        print("twice", 2 * k)
        """,
}
NOTES = ("The first secret", "The second secret")
HOSTS = "[...document.querySelectorAll('.deckwright-tools')].map((host) => host.shadowRoot)"
TOOLS = f"{HOSTS}.find((root) => root.querySelector('.layer'))"
SHOWN = "document.querySelector('svg.bespoke-marp-active')"
STROKES = f"{TOOLS}.querySelectorAll('.layer path')"
PLACE = """(() => {
    const slides = [...document.querySelectorAll('svg[data-marpit-svg]')]
    const shown = slides.findIndex((slide) => slide.classList.contains('bespoke-marp-active'))
    const parts = slides[shown]?.querySelectorAll('[data-bespoke-marp-fragment=active]').length
    return `#${shown + 1}${parts || ''}`
})()"""
"""The number of the slide in view, and how many parts of it that come one by one are there: `#41`."""


@dataclass
class Lecture:
    """A lecture that is given."""

    server: Server
    tabs: Tabs
    presenter: Tab
    """The presenter view."""
    screen: Tab
    """What the projector shows."""
    audience_root: str
    remote_address: str

    def follower(self, path: str = "") -> Tab:
        """Open a page as somebody in the audience does."""
        tab = self.tabs.open(f"{self.audience_root}{path}")
        tab.wait(TOOLS)
        return tab

    def go(self, slide: int) -> None:
        """Let the presenter go to a slide, with all steps left."""
        self.screen.ask(f"void (location.hash = '#{slide}')")
        self.presenter.wait(f"{PLACE} === '#{slide}'")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("lecture") / "course", COURSE)


@pytest.fixture(scope="module")
def presenting(course: Path) -> Iterator[Server]:
    with serving(course, "--audience", "--no-open", command="present") as server:
        yield server


@pytest.fixture
def lecture(presenting: Server, tabs: Tabs) -> Lecture:
    """A lecture at its beginning; what is drawn is that of earlier tests."""
    presenter = tabs.open(presenting.root)
    root = re.match(r"http://[^/]+/", presenting.root)
    assert root
    presenter.go(f"{root[0]}html/deck.html?view=presenter&sync=lecture#1")
    screen = tabs.open(f"{root[0]}html/deck.html?sync=lecture#1")
    for tab in (presenter, screen):
        tab.size(1280, 720)
        tab.wait(f"{TOOLS}.querySelector('.toolbar')")
    found = presenter.ask("fetch('/.present/addresses').then((answer) => answer.json())")
    audience = local(found["audience"]["address"])
    remote = local(found["remote"]["address"], "localhost")  # a browser of its own, as far as cookies go
    return Lecture(presenting, tabs, presenter, screen, audience, remote)


def local(address: str, host: str = "127.0.0.1") -> str:
    """Return an address as this machine reaches it without a network."""
    parts = urlsplit(address)
    return parts._replace(netloc=f"{host}:{parts.port}").geturl()


def tool(name: str) -> str:
    return f"{TOOLS}.querySelector('[data-tool={name}]')"


# --- the audience -----------------------------------------------------------------------------


def test_the_audience_follows_and_who_strays_comes_back(lecture: Lecture) -> None:
    first, second = lecture.follower(), lecture.follower()
    for where in ("#2", "#3", "#4", "#41"):
        lecture.screen.press("ArrowRight")
        for tab in (first, second, lecture.presenter):
            tab.wait(f"{PLACE} === '{where}'")
    back = f"{TOOLS}.querySelector('.back')"
    assert first.ask(f"{back}.hidden")
    first.press("Home")
    first.wait(f"!{back}.hidden && {PLACE} === '#1'")
    lecture.presenter.press("ArrowRight")
    second.wait(f"{PLACE} === '#42'")
    assert first.ask(PLACE) == "#1"
    first.ask(f"void {back}.click()")
    first.wait(f"{PLACE} === '#42' && {back}.hidden")
    lecture.presenter.press("Home")
    for tab in (first, second):
        tab.wait(f"{PLACE} === '#1'")


def test_the_audience_follows_to_another_deck_and_who_reads_another_one_stays(lecture: Lecture) -> None:
    follower, reader = lecture.follower(), lecture.follower("html/other.html")
    reader.wait(f"!{TOOLS}.querySelector('.back').hidden")
    assert reader.ask("location.pathname") == "/html/other.html"
    lecture.screen.go(lecture.screen.ask("location.origin") + "/html/other.html?sync=lecture")
    follower.wait("location.pathname === '/html/other.html'")
    assert lecture.follower().ask("location.pathname") == "/html/other.html"


def test_what_is_drawn_and_pointed_at_is_seen_by_all(lecture: Lecture) -> None:
    follower = lecture.follower()
    lecture.go(2)
    before = follower.ask(f"{STROKES}.length")
    lecture.screen.press("d")
    lecture.screen.drag((100, 300), (300, 320), (500, 300))
    for tab in (lecture.screen, lecture.presenter, follower):
        tab.wait(f"{STROKES}.length === {before + 1}")
    d = f"{STROKES}[{before}].getAttribute('d')"
    assert lecture.screen.ask(d) == lecture.presenter.ask(d) == follower.ask(d)  # in the slide's coordinates
    assert lecture.tabs.open(f"{lecture.audience_root}html/deck.html").wait(f"{STROKES}.length") == before + 1
    lecture.screen.press("ArrowRight")  # to the next step of the same slide
    follower.wait(f"{PLACE} === '#3' && {STROKES}.length === {before + 1}")
    lecture.screen.press("ArrowRight")
    follower.wait(f"{PLACE} === '#4' && {STROKES}.length === 0")
    lecture.go(2)
    lecture.screen.press("u")
    follower.wait(f"{PLACE} === '#2' && {STROKES}.length === {before}")
    lecture.screen.press("l")
    for x in range(200, 400, 20):
        lecture.screen.move(x, 300)
    follower.wait(f"{TOOLS}.querySelector('circle')")
    lecture.screen.press("l")
    follower.wait(f"!{TOOLS}.querySelector('circle')")


def test_the_eraser_takes_what_it_touches(lecture: Lecture) -> None:
    lecture.go(5)
    follower = lecture.follower()
    follower.wait(f"{PLACE} === '#5'")
    lecture.screen.press("d")
    lecture.screen.drag((100, 300), (500, 300))
    lecture.screen.press("c")
    lecture.screen.drag((100, 400), (500, 400))
    follower.wait(f"{STROKES}.length === 2")
    colours = follower.ask(f"[...{STROKES}].map((path) => path.getAttribute('fill'))")
    assert len(set(colours)) == 2
    lecture.screen.press("x")
    lecture.screen.drag((300, 350), (300, 500))
    follower.wait(f"{STROKES}.length === 1 && {STROKES}[0].getAttribute('fill') === '{colours[0]}'")
    lecture.screen.press("Delete")
    follower.wait(f"{STROKES}.length === 0")


def test_the_audience_sees_what_the_presenter_lets_vary(lecture: Lecture) -> None:
    follower = lecture.follower()
    lecture.go(5)
    for tab in (lecture.screen, follower):
        tab.wait(f"{PLACE} === '#5' && {SHOWN}.textContent.includes('twice 20')")
    control = f"{SHOWN}.querySelector('[data-deckwright-control]').shadowRoot.querySelector('input')"
    lecture.screen.ask(f"{control}.value = 1, void {control}.dispatchEvent(new Event('input'))")
    for tab in (lecture.presenter, follower, lecture.follower("html/deck.html")):
        tab.wait(f"{SHOWN}.textContent.includes('twice 40')")
    lecture.screen.ask(f"{control}.value = 0, void {control}.dispatchEvent(new Event('input'))")
    follower.wait(f"{SHOWN}.textContent.includes('twice 20')")


def test_the_audience_gets_no_note_and_nothing_that_runs_code(lecture: Lecture) -> None:
    page = read(f"{lecture.audience_root}html/deck.html")
    assert "a needle in the hay" in page
    texts = [page, *(read(f"{lecture.audience_root}{path}") for path in sorted(linked(page)))]
    for secret in (*NOTES, "3 min", 'data-key="x'):
        assert not [text for text in texts if secret in text]
    assert 'data-key=""' in page
    lecture.server.edit("slides/deck.md", "first secret of", "first secret, changed, of")
    lecture.presenter.wait("document.body.textContent.includes('secret, changed,')")
    assert "secret" not in events(lecture.audience_root, until="versions")
    follower = lecture.follower()
    tried = ["outline/html/deck.html", "addresses", "pdf", "remote", "say/place", "say/turn", "say/ink/1"]
    for path in tried:
        answers = f"Promise.all(['GET', 'POST'].map((method) => fetch('/.present/{path}', {{method}})))"
        statuses = follower.ask(f"{answers}.then((all) => all.map(({{status}}) => status))")
        assert set(statuses) <= {403, 404, 405}, path
    assert lecture.presenter.ask(PLACE) == "#1"


def read(address: str) -> str:
    with urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


def linked(page: str) -> set[str]:
    """Return the paths of the scripts that a page of a lecture loads."""
    assert "/.present/page/start.mjs" in page
    names = "start tools audience words slides strokes layer elements black laser"
    return {".live/live.js", *(f".present/page/{name}.mjs" for name in names.split())}


def events(root: str, until: str) -> str:
    """Return what the stream of events says to the audience, until it has said something."""
    with urlopen(f"{root}.live/events", timeout=60) as stream:
        lines = ""
        while until not in lines:
            lines += stream.readline().decode()
        return lines


def test_a_phone_that_slept_or_lost_the_network_comes_back(lecture: Lecture) -> None:
    follower = lecture.follower()
    follower.wait(f"{PLACE} === '#1'")
    follower.offline(True)
    lecture.go(2)
    lecture.go(4)
    follower.ask("void document.dispatchEvent(new Event('visibilitychange'))")
    note = f"{TOOLS}.querySelector('.note')"
    follower.wait(f"!{note}.hidden")
    follower.offline(False)
    follower.ask("void document.dispatchEvent(new Event('visibilitychange'))")
    follower.wait(f"{PLACE} === '#4' && {note}.hidden")


def test_a_hundred_listeners_keep_nobody_waiting(lecture: Lecture) -> None:
    parts = urlsplit(lecture.audience_root)
    with ExitStack() as stack:
        listeners = [
            stack.enter_context(socket.create_connection((parts.hostname, parts.port), 60))
            for _ in range(100)
        ]
        for listener in listeners:
            listener.sendall(f"GET /.live/events HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        follower = lecture.follower()
        lecture.go(4)
        follower.wait(f"{PLACE} === '#4'")
        for listener in listeners:
            heard = b""
            while b'"slide": 3' not in heard:
                part = listener.recv(2**16)
                assert part
                heard += part


# --- the remote control -----------------------------------------------------------------------


def test_a_remote_control_turns_slides_once_per_press(lecture: Lecture) -> None:
    remote = lecture.tabs.open(lecture.remote_address)
    text = "document.getElementById('{}').textContent"
    remote.wait(f"{text.format('title')} === '1. First'")
    assert remote.ask("location.pathname") == "/.present/remote"  # without the secret
    assert remote.ask(text.format("notes")).startswith("The first secret")
    assert "Steps" in remote.ask(text.format("following"))
    # Pressed twice as fast as can be, and as two phones would: from the same place there is one step.
    turn = "document.getElementById('next').onclick()"
    assert remote.ask(f"Promise.all([{turn}, {turn}]).then(() => 1)") == 1
    remote.wait(f"{text.format('title')} === '2. Steps'")
    lecture.presenter.wait(f"{PLACE} === '#2'")
    remote.wait("!document.getElementById('previous').disabled")
    for where, title in [("#3", "2. Steps"), ("#4", "3. Third"), ("#41", "3. Third")]:
        remote.wait("!document.getElementById('next').disabled")
        remote.ask("void document.getElementById('next').click()")
        lecture.screen.wait(f"{PLACE} === '{where}'")
        remote.wait(f"{text.format('title')} === '{title}'")
    remote.wait("!document.getElementById('previous').disabled")
    remote.ask("void document.getElementById('previous').click()")
    lecture.screen.wait(f"{PLACE} === '#4'")
    lecture.presenter.go(lecture.presenter.ask("location.href"))  # an old command does nothing to a new page
    lecture.presenter.wait(f"{TOOLS}.querySelector('.toolbar')")
    assert lecture.presenter.ask(PLACE) == "#4"


# --- the presenter ----------------------------------------------------------------------------


def test_the_presenter_needs_no_mouse(lecture: Lecture) -> None:
    screen, view = lecture.screen, lecture.presenter
    screen.press("g")
    screen.type("needle")
    screen.press("Enter")
    view.wait(f"{PLACE} === '#5'")
    screen.press("g")
    screen.type("2")
    screen.press("Enter")
    view.wait(f"{PLACE} === '#2'")
    black = f"!{TOOLS}.querySelector('.black').hidden"
    view.press("b")
    screen.wait(black)
    view.wait(f"!{TOOLS}.querySelector('.black-note').hidden")
    view.press("Escape")
    screen.wait(f"!({black})")
    shown = f"{SHOWN}.style.transform"
    lecture.go(4)
    screen.press("z")
    screen.press("Enter")
    for tab in (screen, view):
        tab.wait(f"{shown}.includes('scale')")
    picture = f"{SHOWN}.querySelector('img').getBoundingClientRect()"
    assert screen.ask(f"Math.abs({picture}.height / innerHeight - 0.94) < 0.02")
    screen.press("Escape")
    view.wait(f"{shown} === ''")
    view.press("q")
    screen.wait(f"{TOOLS}.querySelector('.invitation img')?.complete")
    address = screen.ask(f"{TOOLS}.querySelector('.address').textContent")
    assert local(address) == lecture.audience_root
    view.press("q")
    screen.wait(f"{TOOLS}.querySelector('.invitation').hidden")
    screen.press("?")
    keys = screen.wait(f"[...{TOOLS}.querySelectorAll('dialog kbd')].map((key) => key.textContent)")
    assert {*"ldbgzqocxurefp?"} <= set(keys)
    screen.press("Escape")
    screen.wait(f"{TOOLS}.querySelector('dialog') === null && {PLACE} === '#4'")


def test_the_window_for_the_projector_follows_the_presenter_view(lecture: Lecture) -> None:
    lecture.go(2)
    lecture.presenter.ask("void (window.open = (address) => (window.opened = String(address)))")
    lecture.presenter.press("w")
    screen = lecture.tabs.open(lecture.presenter.wait("window.opened"))
    screen.wait(f"{PLACE} === '#2' && document.body.dataset.bespokeView === ''")
    lecture.presenter.press("ArrowRight")
    screen.wait(f"{PLACE} === '#3'")
    screen.press("ArrowRight")
    lecture.presenter.wait(f"{PLACE} === '#4'")
    lecture.screen.press("w")  # from the projector there is nothing to open
    assert lecture.screen.ask(f"{tool('screen')}.hidden")


def test_every_button_has_a_name_and_works_without_a_key(lecture: Lecture) -> None:
    buttons = lecture.presenter.ask(
        f"[...{TOOLS}.querySelectorAll('.toolbar button')].map((button) => button.ariaLabel)"
    )
    assert all(buttons)
    assert len(set(buttons)) == len(buttons)
    lecture.screen.ask(f"void {tool('jump')}.click()")
    lecture.screen.wait(f"{TOOLS}.querySelector('dialog.jump[open]')")
    lecture.screen.type("Third")
    lecture.screen.press("l")  # a letter of a text is no command
    assert lecture.screen.ask(f"{tool('laser')}.ariaPressed") == "false"
    lecture.screen.press("Escape")
    lecture.presenter.ask(f"void {tool('remote')}.click()")
    lecture.presenter.wait(f"{TOOLS}.querySelector('dialog.remote img')?.complete")
    assert lecture.screen.ask(f"{tool('remote')}.hidden")  # everybody would see it


def test_the_clock_knows_the_plan_and_notes_are_without_times(lecture: Lecture) -> None:
    view = lecture.presenter
    clock = "document.querySelector('.bespoke-marp-presenter-container .deckwright-tools').shadowRoot"
    view.wait(f"{clock}.querySelector('.plan').textContent === 'plan 0:00 – 3:00 / 5:00'")
    note = "document.querySelector('.bespoke-marp-note.active').innerText.trim()"
    assert view.ask(note).startswith("The first secret")
    lecture.go(2)
    view.wait(f"{clock}.querySelector('.plan').textContent === 'plan 3:00 – 5:00 / 5:00'")
    assert view.ask(note) == "The second secret of the speaker."
    assert "ahead" in view.ask(f"{clock}.querySelector('.pace').textContent")
    view.wait(f"{clock}.querySelector('.time').textContent > '0:00'")  # the first turn has started it
    pace = "import('/.present/page/pace.mjs').then(({{aheadBy, timeText, elapsed, paused}}) => {})"
    plan = "{start: 180, end: 300, all: 300}"
    says = view.ask(pace.format(f"[0, 121, 180, 300, 359, 360, 500].map((time) => aheadBy({plan}, time))"))
    assert says == [3, 0, 0, 0, 0, -1, -3]
    assert view.ask(pace.format("[timeText(59.9), timeText(3661)]")) == ["0:59", "1:01:01"]
    assert view.ask(pace.format("elapsed(paused({passed: 5, since: 1000}, 3000), 99000)")) == 7


def test_what_was_drawn_can_be_kept_and_is_in_no_other_file(lecture: Lecture, course: Path) -> None:
    lecture.go(5)
    lecture.screen.press("d")
    lecture.screen.drag((200, 500), (600, 500))
    lecture.presenter.wait(f"{STROKES}.length > 0")
    lecture.presenter.ask(f"void {tool('print')}.click()")
    said = lecture.presenter.wait(
        f"{TOOLS}.querySelector('.status').textContent.match(/(Written|failed).*/)?.[0]", 120
    )
    assert said == "Written: build/session/deck.pdf"
    assert reddish(course / "build/session/deck.pdf") == [False, False, False, False, True]
    assert reddish(course / "build/pdf/deck.pdf") == [False] * 5
    lecture.screen.press("Delete")
    lecture.presenter.wait(f"{STROKES}.length === 0")
    page = (course / "build/html/deck.html").read_text("utf-8")
    assert not [word for word in ("/.present/", "deckwright-tools", "perfect-freehand") if word in page]


def reddish(pdf: Path) -> list[bool]:
    """Return for each page whether it is red where the stroke was drawn."""
    pages = (page.render(scale=4 / 3).to_pil() for page in PdfDocument(pdf))
    return [picture.getpixel((400, 500))[0] > picture.getpixel((400, 500))[1] + 80 for picture in pages]
