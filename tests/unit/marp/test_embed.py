"""Addresses in a page that become data."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from deckwright.marp.embed import Embedder, data_uri

SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'
DATA = base64.b64encode(SVG.encode()).decode()
DOT = f"data:image/svg+xml;base64,{DATA}"


@pytest.fixture
def embedder(tmp_path: Path) -> Embedder:
    deck, theme, packages = (tmp_path / name for name in ("deck", "theme", "packages"))
    for path in (
        deck / "dot.svg",
        deck / "a b.svg",
        theme / "back.svg",
        packages / "node_modules/@discordapp/twemoji/dist/svg/1f600.svg",
        packages / "node_modules/katex/dist/fonts/K.woff2",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SVG)
    return Embedder((deck, theme), packages)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<img src="dot.svg" alt="a>b">', f'<img src="{DOT}" alt="a>b">'),
        ("<img src='dot.svg'>", f"<img src='{DOT}'>"),
        ('<img src="a%20b.svg">', f'<img src="{DOT}">'),
        ('<img srcset="dot.svg 1x, dot.svg 2x">', f'<img srcset="{DOT} 1x, {DOT} 2x">'),
        ('<video poster="dot.svg">', f'<video poster="{DOT}">'),
        ('<image href="dot.svg"/>', f'<image href="{DOT}"/>'),
        ('<use href="dot.svg#part"/>', f'<use href="{DOT}#part"/>'),
        (
            '<figure style="background-image:url(&quot;dot.svg&quot;);">',
            f'<figure style="background-image:url(&quot;{DOT}&quot;);">',
        ),
        ("<style>a{background:url(back.svg)}</style>", f'<style>a{{background:url("{DOT}")}}</style>'),
        (
            '<img src="https://cdn.jsdelivr.net/gh/jdecked/twemoji@17.0.3/assets/svg/1f600.svg"/>',
            f'<img src="{DOT}"/>',
        ),
    ],
)
def test_local_files_come_inside(embedder: Embedder, page: str, expected: str) -> None:
    assert embedder.page(page) == expected
    assert embedder.diagnostics == []


@pytest.mark.parametrize(
    "page",
    [
        '<a href="dot.svg">a link goes somewhere</a>',
        "<script>\"<img src='dot.svg'>\"</script>",
        "<!-- <img src='dot.svg'> -->",
        "<p>&lt;img src=&quot;dot.svg&quot;&gt;</p>",
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<a style="color:red" href="#2">',
        "",
    ],
)
def test_everything_else_stays(embedder: Embedder, page: str) -> None:
    assert embedder.page(page) == page
    assert embedder.diagnostics == []


def reported(embedder: Embedder) -> list[tuple[str, str]]:
    return [(remark.slug, remark.address) for remark in embedder.diagnostics]


def test_what_is_remote_stays_and_is_reported_once(embedder: Embedder) -> None:
    page = '<img src="https://example.org/a.png"><img src="https://example.org/a.png"><img src="//b.org/c">'
    assert embedder.page(page) == page
    assert reported(embedder) == [
        ("remote-resource", "https://example.org/a.png"),
        ("remote-resource", "//b.org/c"),
    ]


def test_what_is_missing_stays_and_is_reported(embedder: Embedder) -> None:
    assert embedder.page('<img src="no.svg">') == '<img src="no.svg">'
    assert reported(embedder) == [("missing-file", "no.svg")]


def test_a_path_that_only_this_machine_has_is_reported(embedder: Embedder, tmp_path: Path) -> None:
    path = tmp_path / "deck/dot.svg"
    assert embedder.page(f'<img src="{path}">') == f'<img src="{DOT}">'
    assert reported(embedder) == [("machine-path", str(path))]


def test_style_sheets_from_the_network_are_left_out(embedder: Embedder) -> None:
    page = "<style>@import 'https://fonts.example/css?family=A:400;700';b{c:d}</style>"
    assert embedder.page(page) == "<style>b{c:d}</style>"
    assert reported(embedder) == [("remote-resource", "https://fonts.example/css?family=A:400;700")]


def test_of_a_fonts_formats_the_smallest_stays(embedder: Embedder) -> None:
    base = "https://cdn.jsdelivr.net/npm/katex@0.17.0/dist/fonts/K"
    sources = f"url('{base}.woff2') format(\"woff2\"),url('{base}.ttf') format(\"ttf\")"
    css = f"@font-face{{font-family:K;src:{sources}}}"
    assert embedder.css(css) == (
        f'@font-face{{font-family:K;src:url("data:font/woff2;base64,{DATA}") format("woff2")}}'
    )


def test_stills_stand_in_for_what_moves(embedder: Embedder, tmp_path: Path) -> None:
    still = tmp_path / "still.png"
    still.write_bytes(b"png")
    embedder.stills = {"../figures/a.gif": still}
    assert embedder.page('<img src="../figures/a.gif">') == f'<img src="{data_uri(still)}">'


def test_the_address_may_be_another(embedder: Embedder) -> None:
    embedder.address_of = lambda path: f"http://x/{path.name}"
    assert embedder.page('<img src="dot.svg">') == '<img src="http://x/dot.svg">'


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"1")
    before = data_uri(path)
    path.write_bytes(b"22")
    assert data_uri(path) != before


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ('<img src="https://e.org/p.png?a=1&amp;copy=x">', "https://e.org/p.png?a=1&copy=x"),
        ("<img src=https://e.org/p.png alt=x>", "https://e.org/p.png"),
        ('<IMG SRC="HTTPS://E.org/p.png">', "HTTPS://E.org/p.png"),
        ('<img srcset="//e.org/p.png 2x" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "//e.org/p.png"),
        ('<picture><source srcset="https://e.org/p.avif"></picture>', "https://e.org/p.avif"),
        ('<video poster="https://e.org/p.png"></video>', "https://e.org/p.png"),
        ('<video><source src="https://e.org/v.mp4"></video>', "https://e.org/v.mp4"),
        ('<iframe src="//e.org/page"></iframe>', "//e.org/page"),
        ('<iframe srcdoc="&lt;img src=&quot;//e.org/a&quot;&gt;"></iframe>', "//e.org/a"),
        ('<object data="https://e.org/o.svg"></object>', "https://e.org/o.svg"),
        ('<svg><image xlink:href="https://e.org/i.png"/></svg>', "https://e.org/i.png"),
        ('<td background="https://e.org/b.png">', "https://e.org/b.png"),
        ('<link rel="stylesheet" href="https://e.org/a.css">', "https://e.org/a.css"),
        ("<link href=//e.org/i.ico rel=icon>", "//e.org/i.ico"),
        ('<script src="https://e.org/a.js"></script>', "https://e.org/a.js"),
        ('<script type="module">import x from "https://e.org/x"</script>', "https://e.org/x"),
        ("<script type='module'>import 'https://e.org/x'</script>", "https://e.org/x"),
        ("<script>const x = await import(`//e.org/x`)</script>", "//e.org/x"),
        ('<script>export * from "https://e.org/x"</script>', "https://e.org/x"),
        (
            '<script type="importmap">{"imports": {"x": "https://e.org/x"}}</script>',
            "https://e.org/x",
        ),
        ("<style>a{background:URL( 'https://e.org/b.png' )}</style>", "https://e.org/b.png"),
        ("<style>a{background:image-set('//e.org/b.png' 2x)}</style>", "//e.org/b.png"),
        ("<style>a{mask:url(//e.org/b.png)}</style>", "//e.org/b.png"),
        ('<p style="background: url(https://e.org/b.png)">', "https://e.org/b.png"),
    ],
)
def test_what_comes_from_the_network_is_reported_however_it_is_written(
    embedder: Embedder, page: str, address: str
) -> None:
    assert embedder.page(page) == page
    assert reported(embedder) == [("remote-resource", address)]


@pytest.mark.parametrize(
    "imported",
    [
        '@import "https://e.org/a.css";',
        "@import url(//e.org/a.css) screen;",
        "@IMPORT URL( 'HTTPS://e.org/a.css' );",
        '@import/* now */url("https://e.org/a.css") supports(font-format("woff2"));',
        "@import '//e.org/a.css' layer(base);",
    ],
)
def test_no_style_sheet_is_imported_from_the_network(embedder: Embedder, imported: str) -> None:
    assert embedder.css(f"{imported}b{{c:d}}") == "b{c:d}"
    assert [(slug, address.lower()[-13:]) for slug, address in reported(embedder)] == [
        ("remote-resource", "//e.org/a.css")
    ]


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://e.org">a link</a>',
        '<link rel="canonical" href="https://e.org">',
        '<meta property="og:image" content="https://e.org/a.png">',
        "<style>/* url(https://e.org/b.png) */a{content:'url(//e.org/b)'}</style>",
        "<style>@namespace svg url(http://www.w3.org/2000/svg);</style>",
        '<script>// import "https://e.org/x"\nconst site = "https://e.org"</script>',
        '<img alt="an img src=\'https://e.org/a.png\'" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    ],
)
def test_what_loads_nothing_is_no_finding(embedder: Embedder, page: str) -> None:
    assert embedder.page(page) == page
    assert embedder.diagnostics == []


def test_sources_of_a_set_come_inside(embedder: Embedder) -> None:
    css = "a{background:image-set(url(dot.svg) 1x, 'back.svg' type('image/svg+xml') 2x)}"
    expected = f"a{{background:image-set(url(\"{DOT}\") 1x, '{DOT}' type('image/svg+xml') 2x)}}"
    assert embedder.css(css) == expected


@pytest.mark.parametrize(
    "page",
    [
        '<img src="{}">',
        '<img srcset="{} 2x">',
        '<video poster="{}"></video>',
        '<svg><image href="{}"/></svg>',
        '<td background="{}">',
        '<figure style="background-image:url(&quot;{}&quot;)">',
        "<style>section{{background:url({})}}</style>",
        "<style>section{{mask:image-set('{}' 1x)}}</style>",
    ],
)
@pytest.mark.parametrize("name", ["broken.svg", "empty.png", "paper.pdf"])
def test_a_picture_that_no_browser_shows_is_reported_wherever_it_is(
    embedder: Embedder, tmp_path: Path, page: str, name: str
) -> None:
    content = {"broken.svg": f"{SVG}</g>", "empty.png": "", "paper.pdf": "%PDF-1.4"}[name]
    (tmp_path / "deck" / name).write_text(content)
    embedder.page(page.format(name))
    assert reported(embedder) == [("broken-picture", name)]


@pytest.mark.parametrize(
    "page",
    [
        '<a href="paper.pdf">a link</a>',
        '<object data="paper.pdf"></object>',
        '<video src="film.mp4" poster="dot.svg"></video>',
        '<style>@font-face{src:url("no.woff2")}</style>',
        "<svg><use href='dot.svg#part'/></svg>",
    ],
)
def test_what_is_no_picture_is_not_looked_at(embedder: Embedder, tmp_path: Path, page: str) -> None:
    for name, content in (("paper.pdf", "%PDF-1.4"), ("film.mp4", "0000ftypisom"), ("no.woff2", "")):
        (tmp_path / "deck" / name).write_text(content)
    embedder.page(page)
    assert embedder.diagnostics == []


PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IEND\xaeB`\x82"
PLACES = {
    "img": '<img src="{}">',
    "srcset": '<img srcset="{} 2x">',
    "source": '<picture><source srcset="{}"></picture>',
    "poster": '<video poster="{}"></video>',
    "video": '<video src="{}"></video>',
    "film": '<video><source src="{}"></video>',
    "object": '<object data="{}"></object>',
    "embed": '<embed src="{}">',
    "iframe": '<iframe src="{}"></iframe>',
    "srcdoc": "<iframe srcdoc=\"&lt;img src='{}'&gt;\"></iframe>",
    "link": '<link rel="stylesheet" href="{}">',
    "script": '<script src="{}"></script>',
    "image": '<svg><image href="{}"/></svg>',
    "xlink": '<svg><image xlink:href="{}"/></svg>',
    "use": '<svg><use href="{}#a"/></svg>',
    "body": '<body background="{}">',
    "style": '<p style="background: url({})">',
    "sheet": "<style>a{{background:url('{}')}}</style>",
    "set": "<style>a{{background:image-set('{}' 1x)}}</style>",
    "import": '<style>@import url("{}");</style>',
    "face": '<style>@font-face{{src:url("{}")}}</style>',
    "case": "<IMG SRC={}>",
}
WAYS = {
    "dots": "../away/secret.png",
    "more dots": "img/../../away/secret.png",
    "encoded": "%2e%2e/away/secret.png",
    "encoded slash": "..%2Faway%2fsecret.png",
    "absolute": "{}/away/secret.png",
    "encoded absolute": "%2F{}/away/secret.png",
    "file": "file://{}/away/secret.png",
    "short file": "file:{}/away/secret.png",
    "local host": "file://localhost{}/away/secret.png",
    "upper case": "FILE://LOCALHOST{}/away/secret.png",
    "relative file": "file:../away/secret.png",
    "link": "link.png",
    "folder that is a link": "folder/secret.png",
}


@pytest.fixture
def bordered(tmp_path: Path) -> Embedder:
    for name in ("deck/img", "away", "theme"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "away/secret.png").write_bytes(PNG)
    (tmp_path / "deck/link.png").symlink_to("../away/secret.png")
    (tmp_path / "deck/folder").symlink_to(tmp_path / "away")
    return Embedder((tmp_path / "deck", tmp_path / "theme"), tmp_path / "packages")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_nothing_outside_comes_inside(bordered: Embedder, tmp_path: Path, place: str, way: str) -> None:
    address = way.format(tmp_path)
    page = place.format(address)
    assert bordered.page(page) == page
    assert {slug for slug, _ in reported(bordered)} == {"outside-project"}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_is_let_in_comes_inside(bordered: Embedder, tmp_path: Path, way: str) -> None:
    bordered.folders = [tmp_path / "away"]
    assert "base64" in bordered.page(f'<img src="{way.format(tmp_path)}">')
    assert {slug for slug, _ in reported(bordered)} <= {"machine-path"}


@pytest.mark.parametrize("name", ["notes.txt", "key", "data.db", "page.html", "a.svg"])
@pytest.mark.parametrize("place", ["img", "srcset", "source", "poster", "image", "body", "style", "set"])
def test_only_pictures_are_embedded_as_such(
    bordered: Embedder, tmp_path: Path, place: str, name: str
) -> None:
    (tmp_path / "deck" / name).write_bytes(b"SQLite\0" if name == "data.db" else b"PASSWORD=canary\n")
    page = PLACES[place].format(name)
    assert bordered.page(page) == page
    assert reported(bordered) == [("broken-picture", name)]


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/stdin", "/proc/self/environ", "pipe"])
def test_what_never_ends_is_not_read(bordered: Embedder, tmp_path: Path, target: str) -> None:
    os.mkfifo(tmp_path / "deck/pipe")
    (tmp_path / "deck/endless.png").symlink_to(target)
    for place in PLACES.values():
        page = place.format("endless.png")
        assert bordered.page(page) == page
    assert {slug for slug, _ in reported(bordered)} <= {"missing-file", "outside-project"}


def test_a_picture_has_an_end(bordered: Embedder, tmp_path: Path) -> None:
    with (tmp_path / "deck/large.png").open("wb") as file:
        file.write(PNG)
        file.truncate(2**29)
    assert bordered.page('<img src="large.png">') == '<img src="large.png">'
    assert reported(bordered) == [("broken-picture", "large.png")]


def test_what_has_no_copy_is_found_beside_the_deck(tmp_path: Path) -> None:
    copies = tmp_path / "course/build"
    for name in ("course/build/slides", "course/slides", "shared", "course/shared"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "shared/a.png").write_bytes(PNG)
    (tmp_path / "course/shared/a.png").write_bytes(PNG + b"another")
    where = ([tmp_path / "shared"], copies, tmp_path / "course/slides")
    embedder = Embedder((copies / "slides",), tmp_path, *where, address_of=str)
    assert embedder.page('<img src="../../shared/a.png">') == f'<img src="{where[2]}/../../shared/a.png">'
    assert embedder.diagnostics == []


@pytest.mark.parametrize("page", ['<video src="film.mp4"></video>', '<object data="film.mp4"></object>'])
@pytest.mark.parametrize("where", ["deck", "origin"])
def test_what_a_page_cannot_hold_is_named(bordered: Embedder, tmp_path: Path, page: str, where: str) -> None:
    bordered.folders, bordered.origin = [tmp_path], tmp_path / "origin"
    (tmp_path / "origin").mkdir()
    with (tmp_path / where / "film.mp4").open("wb") as file:
        file.truncate(2**34)
    assert bordered.page(page) == page
    assert [each.message for each in bordered.diagnostics] == ["too large for a page (1 GiB): film.mp4"]
