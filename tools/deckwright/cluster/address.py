"""The address of a cluster: that of a scheduler that runs, or what starts one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from deckwright.errors import ConfigError
from deckwright.frozen import dataclass
from deckwright.project.settings import ClusterSettings

NONE = "none"
LOCAL = "local"
QUEUES = {
    "slurm": "SLURMCluster",
    "pbs": "PBSCluster",
    "sge": "SGECluster",
    "lsf": "LSFCluster",
    "htcondor": "HTCondorCluster",
}
"""Queueing systems, each with its class in dask-jobqueue."""

_SCHEDULER = re.compile(r"(tcp|tls)://.+:\d+")


@dataclass(frozen=True, slots=True)
class Address:
    """Where jobs run."""

    text: str
    """As it was given: `tcp://HOST:PORT`, `tls://HOST:PORT`, `local`, or the name of a queueing system."""

    @property
    def is_running(self) -> bool:
        """Whether a scheduler is there already."""
        return "://" in self.text

    @property
    def is_queue(self) -> bool:
        """Whether workers may come late, when a queue lets them."""
        return self.text in QUEUES

    @property
    def is_open(self) -> bool:
        """Whether the scheduler has a port without encryption that other machines may reach."""
        from deckwright.text.hosts import is_loopback  # only who has a cluster pays for its imports

        return self.text.startswith("tcp://") and not is_loopback(urlsplit(self.text).hostname or "")


def cluster_warnings(settings: ClusterSettings) -> Iterator[str]:
    """Yield what is dangerous about the address of a cluster."""
    address = parse_address(settings.address)
    if address and address.is_open:
        yield f"{address.text} is not encrypted: everyone who reaches this port can run code as you; use tls://"
    if address and address.is_queue and not settings.tls_cert:
        risk = "everyone who reaches the port of the scheduler can run code as you"
        yield f"{address.text} is used without encryption: {risk}; set tls_ca, tls_cert and tls_key"


def parse_address(text: str) -> Address | None:
    """Return the address that an option or a setting names, None for no cluster; raises ConfigError."""
    if text in ("", NONE):
        return None
    if _SCHEDULER.fullmatch(text) or text == LOCAL or text in QUEUES:
        return Address(text)
    known = f"tcp://HOST:PORT, tls://HOST:PORT, {LOCAL}, {', '.join(QUEUES)} or {NONE}"
    raise ConfigError(f"no cluster has the address {text!r}", f"use {known}")
