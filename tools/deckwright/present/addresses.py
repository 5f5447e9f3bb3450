"""The addresses that phones open, computed when they are asked for: a machine may change its network."""

from __future__ import annotations

from deckwright.frozen import dataclass
from deckwright.present.access import ENTER
from deckwright.serve.sockets import LOOPBACK, authority, public_host

_MISSING = "pip install 'deckwright[handout]'"


@dataclass(frozen=True, slots=True)
class Address:
    """An address, and a picture of it for the camera of a phone."""

    address: str
    picture: str
    """An address with the data of an SVG; empty if the package is missing that draws it."""
    missing: str = ""
    """What to do to get the picture."""


@dataclass(frozen=True, slots=True)
class PublicAddresses:
    """Where the audience and the remote control of a lecture find it."""

    audience: Address
    remote: Address
    is_offline: bool
    """Whether this machine has no network: then nobody else can open them."""


def public_addresses(host: str, port: int, secret: str) -> PublicAddresses:
    """Return the addresses of a server that listens on `host`; `secret` is that of the remote control."""
    ours = public_host(host)
    root = f"http://{authority(ours, port)}"
    return PublicAddresses(
        _address(f"{root}/"), _address(f"{root}{ENTER}{secret}"), is_offline=ours == LOOPBACK
    )


def _address(text: str) -> Address:
    try:
        import segno
    except ImportError:  # an optional package: the address can be typed
        return Address(text, "", _MISSING)
    return Address(text, segno.make_qr(text, error="m").svg_data_uri(border=2, omitsize=True))
