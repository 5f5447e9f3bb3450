"""A job that runs as several processes, each with a rank, as `torchrun --standalone` starts them.

The process of the job forks them before anything of the script has run, serves the store in which they meet,
and ends as they do: when one of them fails, all end.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from operator import itemgetter
from typing import NoReturn

from deckwright.child.journal import Journal, RankEnded
from deckwright.child.keeper import end_with, fork
from deckwright.child.prctl import die_with_parent
from deckwright.child.task import Task, rank_folder

_HOST = "localhost"
_LOOK_SECONDS = 0.02


def start_ranks(task: Task) -> Task:
    """Fork the ranks of a job; return in each of them, with its own task. This process ends as they do."""
    store = _listen()
    parent, ranks = os.getpid(), dict[int, int]()
    for rank in range(task.job.options.nproc):
        pid = fork()
        if pid == 0:
            die_with_parent(parent)
            port = store.getsockname()[1]
            store.close()
            return _rank(task, rank, port)
        ranks[pid] = rank
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # they take it themselves
    threading.Thread(target=_serve, args=(store,), daemon=True).start()
    return _end_as(ranks, Journal(task.scratch))


def _rank(task: Task, rank: int, port: int) -> Task:
    """Let this process be a rank, and return its task."""
    folder = rank_folder(task.scratch, rank)
    os.makedirs(folder, exist_ok=True)
    os.environ.update(rank_variables(rank, task.job.options.nproc, port, folder))
    return replace(task, scratch=folder, job_scratch=task.scratch)


def rank_variables(rank: int, nproc: int, port: int, folder: str) -> Mapping[str, str]:
    """Return the variables that `torchrun` sets."""
    values = {
        **dict.fromkeys(("RANK", "LOCAL_RANK", "ROLE_RANK"), rank),
        **dict.fromkeys(("WORLD_SIZE", "LOCAL_WORLD_SIZE", "ROLE_WORLD_SIZE"), nproc),
        "GROUP_RANK": 0,
        "GROUP_WORLD_SIZE": 1,
        "ROLE_NAME": "default",
        "MASTER_ADDR": _HOST,
        "MASTER_PORT": port,
        "TORCHELASTIC_RESTART_COUNT": 0,
        "TORCHELASTIC_MAX_RESTARTS": 0,
        "TORCHELASTIC_RUN_ID": "deckwright",
        "TORCHELASTIC_USE_AGENT_STORE": True,
        "TORCHELASTIC_ERROR_FILE": os.path.join(folder, "error.json"),
        "TORCHELASTIC_SIGNALS_TO_HANDLE": "SIGTERM,SIGINT,SIGHUP,SIGQUIT",
        "TORCH_NCCL_ASYNC_ERROR_HANDLING": 1,
    }
    return {name: str(value) for name, value in values.items()}


def _listen() -> socket.socket:
    """Return a socket for the store: who connects before it is there waits, and no one else has its port."""
    family, *_, address = socket.getaddrinfo(_HOST, 0, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.bind(address)
    listener.listen()
    return listener


def _serve(listener: socket.socket) -> None:
    """Serve the store as soon as a rank looks for it: to import PyTorch for it takes long."""
    select.select([listener], [], [])
    with suppress(ImportError):  # then no rank has PyTorch either
        from torch.distributed import TCPStore  # type: ignore[attr-defined,import-not-found,unused-ignore]

        port = listener.getsockname()[1]
        store = TCPStore(_HOST, port, None, True, wait_for_workers=False, master_listen_fd=listener.detach())
        threading.Event().wait()  # it ends when nothing refers to it
        del store


def _end_as(ranks: dict[int, int], journal: Journal) -> NoReturn:
    """End when all ranks have ended well, or as the first one that has not: the keeper ends the rest."""
    status = 0
    while ranks and not status:
        time.sleep(_LOOK_SECONDS)
        # Each by its number: PyTorch starts programs while it is imported, whose ends are its own.
        ended = [os.waitpid(pid, os.WNOHANG) for pid in ranks]
        for pid, each in filter(itemgetter(0), ended):
            journal.write(RankEnded(ranks.pop(pid), each))
            status = status or each
    end_with(status)
