"""The scheduler of a cluster: connecting to one that runs, or starting one."""

from __future__ import annotations

import logging
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


@contextmanager
def open_client(address: Address, settings: ClusterSettings, slots: int) -> Iterator[Client]:
    """Connect to the scheduler at an address, or start one; raises ClusterError, ConfigError, ToolMissing.

    `slots` is how many jobs a cluster on this machine runs at once.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong, we say
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
            dashboard_address=None,
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
    arguments = [*keywords.pop("worker_extra_args", []), *_lifetime(keywords.get("walltime"))]
    if settings.gpus:
        arguments += ["--resources", f"GPU={settings.gpus}"]
    try:
        return getattr(dask_jobqueue, QUEUES[address.text])(
            # One process per job, which forks the scripts, and no nanny, which would start lost ones again.
            **{"processes": 1, "nanny": False, "scheduler_options": {"dashboard_address": None}, **keywords},
            worker_extra_args=arguments,
        )
    except (TypeError, ValueError) as error:
        where = "pyproject.toml, [tool.deckwright.cluster] keywords"
        hint = f"they are those of dask_jobqueue.{QUEUES[address.text]}"
        raise ConfigError(f"{where}: {_words(error)}", hint) from None


def _lifetime(walltime: object) -> list[str]:
    """Return what makes a worker leave before its queue ends it."""
    if not isinstance(walltime, str):
        return []
    days, _, clock = walltime.rpartition("-")
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    seconds += int(days or 0) * 86_400
    return ["--lifetime", f"{max(seconds - _MARGIN_SECONDS, seconds // 2)}s"]
