"""Downloads of pictures, limited in size, time and kind."""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request

from deckwright.errors import DownloadError
from deckwright.frozen import dataclass

MOST_BYTES = 20 * 2**20
TIMEOUT_SECONDS = 20.0

_BY_HAND = "open it in a browser, and save the picture by hand"

_AGENT = "Mozilla/5.0 (compatible; deckwright)"
_KINDS = (
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"\xff\xd8\xff", "jpg"),
    (rb"GIF8[79]a", "gif"),
    (rb"RIFF....WEBP", "webp"),
    (rb"....ftypavi[fs]", "avif"),
    (rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]", "svg"),
)
"""The first bytes of each kind of file, and its suffix."""


@dataclass(frozen=True, slots=True)
class Downloaded:
    data: bytes
    suffix: str
    """png, jpg, gif, webp, avif or svg, from the data and not from the address."""


def download(address: str, most_bytes: int = MOST_BYTES) -> Downloaded:
    """Download a picture; raises DownloadError, also if it is too large or not a picture."""
    url = f"https:{address}" if address.startswith("//") else address
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT})
    try:
        with _opener().open(request, timeout=TIMEOUT_SECONDS) as answer:
            data = answer.read(most_bytes + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise DownloadError(f"{address} cannot be fetched: {reason}", _BY_HAND) from None
    if len(data) > most_bytes:
        message = f"{address} is larger than {most_bytes // 2**20} MiB"
        raise DownloadError(message, "save a smaller one by hand")
    for beginning, suffix in _KINDS:
        if re.match(beginning, data, re.DOTALL):
            return Downloaded(data, suffix)
    raise DownloadError(f"{address} is not a picture", _BY_HAND)


def _opener() -> urllib.request.OpenerDirector:
    """Return an opener for HTTP and HTTPS, but not for files and FTP, even if a server redirects there."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
