"""The scheduler of a cluster: connecting to one that runs, or starting one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dask
from distributed import Client, LocalCluster
from distributed.security import Security

from deckwright.cluster.address import LOCAL, Address
from deckwright.cluster.queue import ANY_PORT, Queue, first_line, import_queues
from deckwright.errors import ClusterError, ConfigError
from deckwright.project.settings import ClusterSettings

_CONNECT_SECONDS = 15

_CONFIG = {
    "distributed.worker.daemon": False,  # a daemonic process may have no children, and scripts are children
    "distributed.scheduler.allowed-failures": 0,  # a script that ends its worker must not end others
    "distributed.comm.timeouts.connect": f"{_CONNECT_SECONDS}s",
}


@dataclass(frozen=True, slots=True)
class Scheduler:
    """A scheduler that is connected."""

    client: Client
    queue: Queue | None = None
    """What brings its workers, if that is a queueing system."""


def prepare(address: Address) -> None:
    """Import what only the main thread may import; raises ToolMissing."""
    if address.is_queue:
        import_queues(address)


@contextmanager
def open_scheduler(
    address: Address, settings: ClusterSettings, slots: int, root: Path, scratch: Path
) -> Iterator[Scheduler]:
    """Connect to the scheduler at an address, or start one; raises ClusterError, ConfigError, ToolMissing.

    `slots` is how many jobs a cluster on this machine runs at once; paths of certificates begin at `root`.
    """
    _silence()
    security = None if address.text == LOCAL else _security(settings, root)
    with dask.config.set(_CONFIG), ExitStack() as stack:
        if address.is_queue:
            queue = stack.enter_context(Queue(address, settings, security, scratch))
            queue.submit()
            yield Scheduler(stack.enter_context(_client(queue.cluster, address, security)), queue)
        else:
            target = address.text if address.is_running else stack.enter_context(_local(settings, slots))
            yield Scheduler(stack.enter_context(_client(target, address, security)))


def _client(target: Any, address: Address, security: Security | None) -> Client:
    try:
        return Client(target, security=security, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TypeError, ValueError) as error:
        hint = "check the address, and that a scheduler runs there: dask scheduler"
        what = f"no scheduler answers at {address.text}: {first_line(error)}"
        raise ClusterError(what, hint) from None


def _silence() -> None:
    """Let no part of Dask write to the terminal: what goes wrong, we say. Some have levels of their own."""
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _security(settings: ClusterSettings, root: Path) -> Security | None:
    """Return the certificates for encryption, if there are any."""
    given = {"tls_ca": settings.tls_ca, "tls_cert": settings.tls_cert, "tls_key": settings.tls_key}
    files = {name: str(root / Path(path).expanduser()) for name, path in given.items() if path}
    for name, path in files.items():
        if not Path(path).is_file():
            message = f"pyproject.toml, [tool.deckwright.cluster] {name}: there is no file {path}"
            raise ConfigError(message, "fix the path")
    if not files:
        return None
    roles = {
        f"tls_{role}_{part}": files.get(f"tls_{part}")
        for role in ("client", "scheduler", "worker")
        for part in ("cert", "key")
    }
    return Security(require_encryption=True, tls_ca_file=files.get("tls_ca"), **roles)


def _local(settings: ClusterSettings, slots: int) -> LocalCluster:
    """Return a scheduler and workers on this machine that are to be started, as a context manager."""
    workers = min(settings.workers or slots, slots)
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=max(1, slots // workers),
        resources={"GPU": settings.gpus} if settings.gpus else {},
        dashboard_address=ANY_PORT,
        silence_logs=logging.CRITICAL,
    )
