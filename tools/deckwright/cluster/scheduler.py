"""The scheduler of a cluster: connecting to one that runs, or starting one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import dask
from distributed import Client, LocalCluster
from distributed.core import rpc
from distributed.security import Security

from deckwright.cluster.address import Address
from deckwright.cluster.queue import ANY_PORT, Queue, first_line, import_queues
from deckwright.errors import ClusterError, ConfigError
from deckwright.frozen import dataclass
from deckwright.project.settings import ClusterSettings

_CONNECT_SECONDS = 15
_ANSWER_SECONDS = 10

_CONFIG = {
    "distributed.worker.daemon": False,  # a daemonic process may have no children, and scripts are children
    "distributed.scheduler.allowed-failures": 0,  # a script that ends its worker must not end others
    "distributed.comm.timeouts.connect": f"{_CONNECT_SECONDS}s",
}

_ROLES = ("client", "scheduler", "worker")


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
    security = _security(address, settings, root)
    with dask.config.set(_CONFIG), ExitStack() as stack:
        if address.is_queue:
            queue = stack.enter_context(Queue(address, settings, security, scratch))
            queue.submit()
            yield Scheduler(stack.enter_context(_connected(queue.cluster, address, security)), queue)
        else:
            if address.is_running:
                _check_answers(address, security)
            target = address.text if address.is_running else stack.enter_context(_local(settings, slots))
            yield Scheduler(stack.enter_context(_connected(target, address, security)))


def _check_answers(address: Address, security: Security | None) -> None:
    """Raise ClusterError unless a scheduler answers: a client waits without end for what only listens."""
    arguments = security.get_connection_args("client") if security else {}

    async def ask() -> None:
        async with rpc(address.text, timeout=_CONNECT_SECONDS, connection_args=arguments) as scheduler:
            await scheduler.identity(n_workers=0)

    try:
        asyncio.run(asyncio.wait_for(ask(), _CONNECT_SECONDS + _ANSWER_SECONDS))
    except TimeoutError:
        raise _no_scheduler(address, security, "it accepts connections, and says nothing") from None
    except OSError as error:
        raise _no_scheduler(address, security, first_line(error)) from None
    except Exception:  # whatever Dask makes of another protocol, such as a lack of memory
        raise _no_scheduler(address, security, "what listens there is none") from None


@contextmanager
def _connected(target: Any, address: Address, security: Security | None) -> Iterator[Client]:
    """Return a client; leaving its context closes it, also when its scheduler does not answer any more."""
    try:
        client = Client(target, security=security, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TypeError, ValueError) as error:
        raise _no_scheduler(address, security, first_line(error)) from None
    try:
        yield client
    finally:
        try:
            client.close(timeout=_ANSWER_SECONDS)
        except TimeoutError:
            client.status = "closed"  # else it waits again when it is deleted


def _no_scheduler(address: Address, security: Security | None, why: str) -> ClusterError:
    hint = "check the address, and that a scheduler runs there: dask scheduler"
    if security:
        hint = "check the address, and that its scheduler has certificates of the same tls_ca"
    return ClusterError(f"no scheduler answers at {address.text}: {why}", hint)


def _silence() -> None:
    """Let no part of Dask write to the terminal: what goes wrong, we say. Some have levels of their own."""
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _security(address: Address, settings: ClusterSettings, root: Path) -> Security | None:
    """Return the certificates for a `tls://` address or for a queue, if there are any; raises ConfigError."""
    given = {"tls_ca": settings.tls_ca, "tls_cert": settings.tls_cert, "tls_key": settings.tls_key}
    is_encrypted = address.text.startswith("tls://") or (address.is_queue and any(given.values()))
    if not is_encrypted:
        return None
    where = "pyproject.toml, [tool.deckwright.cluster]"
    files = {name: str(root / Path(path).expanduser()) for name, path in given.items() if path}
    if absent := [name for name in given if name not in files]:
        raise ConfigError(
            f"{where}: {address.text} needs {', '.join(absent)}", "name files with certificates"
        )
    for name, path in files.items():
        if not Path(path).is_file():
            raise ConfigError(f"{where} {name}: there is no file {path}", "fix the path")
    cert, key = files["tls_cert"], files["tls_key"]
    roles = {f"tls_{role}_cert": cert for role in _ROLES} | {f"tls_{role}_key": key for role in _ROLES}
    security = Security(require_encryption=True, tls_ca_file=files["tls_ca"], **roles)
    try:
        security.get_connection_args("client")
    except OSError as error:
        what = f"{where}: {', '.join(files)} are no certificates with their key: {first_line(error)}"
        raise ConfigError(what, "name PEM files") from None
    return security


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
