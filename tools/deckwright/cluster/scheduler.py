"""The scheduler of a cluster: connecting to one that runs, or starting one."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import dask
from distributed import Client, LocalCluster
from distributed.security import Security

from deckwright.cluster.address import QUEUES, Address
from deckwright.errors import ClusterError, ConfigError, ToolMissing
from deckwright.project.settings import ClusterSettings

_CONNECT_SECONDS = 15
_MARGIN_SECONDS = 120
"""How long before a queue ends a worker that one ends by itself: a task is never cut off."""

_CONFIG = {
    "distributed.worker.daemon": False,  # a daemonic process may have no children, and scripts are children
    "distributed.scheduler.allowed-failures": 0,  # a script that ends its worker must not end others
    "distributed.comm.timeouts.connect": f"{_CONNECT_SECONDS}s",
}

_ANY_PORT = ":0"
"""Where a scheduler reports its health: its usual port may be that of another one on this machine."""

_OF_QUEUES = {
    "job_name": "deckwright",
    "processes": 1,  # it forks a process for each script
    "nanny": False,  # which would start again what a script has ended
    "scheduler_options": {"dashboard": False, "dashboard_address": _ANY_PORT},
}

_ONLY_CLUSTERS = {"n_workers", "scheduler_options", "shared_temp_directory", "silence_logs"}
"""Keywords of a cluster that its jobs do not have."""


@contextmanager
def open_client(address: Address, settings: ClusterSettings, slots: int) -> Iterator[Client]:
    """Connect to the scheduler at an address, or start one; raises ClusterError, ConfigError, ToolMissing.

    `slots` is how many jobs a cluster on this machine runs at once.
    """
    _silence()
    with dask.config.set(_CONFIG), ExitStack() as stack:
        target: Any = address.text
        if not address.is_running:
            target = stack.enter_context(_started(address, settings, slots))
        try:
            security = _security(settings)
            client = Client(target, security=security, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, TypeError, ValueError) as error:
            hint = "check the address, and that a scheduler runs there: dask scheduler"
            raise ClusterError(f"no scheduler answers at {address.text}: {_words(error)}", hint) from None
        yield stack.enter_context(client)


def _silence() -> None:
    """Let no part of Dask write to the terminal: what goes wrong, we say. Some have levels of their own."""
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _words(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _security(settings: ClusterSettings) -> Security | None:
    """Return the certificates for `tls://`."""
    names = {"tls_ca_file": settings.tls_ca, "tls_client_cert": settings.tls_cert}
    files = {name: path for name, path in {**names, "tls_client_key": settings.tls_key}.items() if path}
    if missing := [path for path in files.values() if not Path(path).is_file()]:
        message = f"pyproject.toml, [tool.deckwright.cluster]: there is no file {missing[0]}"
        raise ConfigError(message, "fix the path")
    return Security(require_encryption=True, **files) if files else None


def _started(address: Address, settings: ClusterSettings, slots: int) -> Any:
    """Return a cluster that is to be started, as a context manager."""
    resources = {"GPU": settings.gpus} if settings.gpus else {}
    if not address.is_queue:
        workers = min(settings.workers or slots, slots)
        return LocalCluster(
            n_workers=workers,
            threads_per_worker=max(1, slots // workers),
            resources=resources,
            dashboard_address=_ANY_PORT,
            silence_logs=logging.CRITICAL,
        )
    cluster = queue_cluster(address, settings)
    cluster.scale(settings.workers or 1)
    return cluster


def queue_cluster(address: Address, settings: ClusterSettings) -> Any:
    """Return the cluster of a queueing system, without workers yet; raises ConfigError, ToolMissing."""
    try:
        import dask_jobqueue
    except ModuleNotFoundError:
        hint = "pip install 'deckwright[cluster]'"
        raise ToolMissing(f"{address.text} needs the package dask-jobqueue", hint) from None
    keywords = dict(settings.keywords)
    try:
        arguments = [*keywords.pop("worker_extra_args", []), *_lifetime(address, keywords.get("walltime"))]
        if settings.gpus:
            arguments += ["--resources", f"GPU={settings.gpus}"]
        given = {**_OF_QUEUES, **keywords, "worker_extra_args": arguments}
        kind = getattr(dask_jobqueue, QUEUES[address.text])
        # First the job alone: of a cluster that is made only in part, Dask complains at the end.
        kind.job_cls("tcp://", "worker", **{name: given[name] for name in given.keys() - _ONLY_CLUSTERS})
        return kind(**given)
    except (TypeError, ValueError) as error:
        where = "pyproject.toml, [tool.deckwright.cluster] keywords"
        hint = f"they are those of dask_jobqueue.{QUEUES[address.text]}"
        raise ConfigError(f"{where}: {_words(error)}", hint) from None


def _lifetime(address: Address, walltime: object) -> list[str]:
    """Return what makes a worker leave before its queue ends it; raises ValueError.

    A walltime is `HH:MM:SS`, with fewer parts at the left and days before a hyphen; for LSF `HH:MM`.
    """
    if not isinstance(walltime, str):
        return []
    days, _, clock = f"{walltime}:00".rpartition("-") if address.text == "lsf" else walltime.rpartition("-")
    if not re.fullmatch(r"\d+(:\d+){0,2}", clock):
        raise ValueError(f"no walltime: {walltime!r}")
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    seconds += int(days or 0) * 86_400
    return ["--lifetime", f"{max(seconds - _MARGIN_SECONDS, seconds // 2)}s"]
