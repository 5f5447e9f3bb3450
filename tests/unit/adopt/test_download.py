"""Pictures from a server on this machine: what is taken, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from deckwright.adopt.download import download
from deckwright.errors import DownloadError

PNG = b"\x89PNG\r\n\x1a\n and so on"
BODIES = {
    "/a.png": PNG,
    "/wrong-name.jpg": PNG,
    "/drawing": b"<?xml version='1.0'?>\n<!-- made by hand -->\n<svg xmlns='http://www.w3.org/2000/svg'/>",
    "/page.png": b"<!DOCTYPE html><html>not found</html>",
    "/huge.png": PNG * 100,
}
LEADS = {
    "/moved": "/a.png",
    "/local": "file:///etc/hostname",
    "/ftp": "ftp://127.0.0.1/a.png",
    "/loop": "/loop",
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in LEADS:
            self.send_response(302)
            self.send_header("Location", LEADS[self.path])
            self.end_headers()
        elif self.path in BODIES:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(BODIES[self.path])
        else:
            self.send_error(404)

    def log_message(self, *parts: object) -> None:
        pass


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "suffix"),
    [("/a.png", "png"), ("/wrong-name.jpg", "png"), ("/drawing", "svg"), ("/moved", "png")],
)
def test_pictures_are_what_their_data_is(host: str, path: str, suffix: str) -> None:
    got = download(host + path)
    assert (got.suffix, got.data) == (suffix, BODIES[LEADS.get(path, path)])


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/page.png", "is not a picture"),
        ("/huge.png", "is larger than 0 MiB"),
        ("/local", "cannot be fetched: .*(redirects|not allowed)"),
        ("/ftp", "cannot be fetched: unknown url type: ftp"),
        ("/loop", "cannot be fetched"),
        ("/gone.png", "cannot be fetched: HTTP Error 404|cannot be fetched: Not Found"),
    ],
)
def test_what_is_refused(host: str, path: str, message: str) -> None:
    with pytest.raises(DownloadError, match=message):
        download(host + path, most_bytes=500)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "ftp://127.0.0.1/a", "data:image/png;base64,AA", "http://", "http://a b/"],
)
def test_only_http(address: str) -> None:
    with pytest.raises(DownloadError, match="cannot be fetched"):
        download(address)
