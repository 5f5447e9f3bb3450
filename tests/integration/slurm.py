"""Slurm on this machine alone: its daemons, with all that they write in one folder."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import AbstractContextManager, ExitStack, closing
from pathlib import Path

from support.processes import until

SETTINGS = """
ClusterName=deckwright
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
KillWait=1
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=100000
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""
_DAEMONS = ("munged", "slurmctld", "slurmd")
_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))
"""Daemons are not on the path of everyone."""

_SECONDS = 20.0


def missing() -> str:
    """Return why Slurm cannot be started here; empty if it can."""
    absent = [name for name in (*_DAEMONS, "sbatch") if not shutil.which(name, path=_PATH)]
    if absent:
        return f"there is no {', '.join(absent)} here"
    return "" if os.geteuid() == 0 else "only root starts slurmd"


class Slurm(AbstractContextManager["Slurm"]):
    """A queue whose only node is this machine."""

    def __init__(self, cpus: int) -> None:
        """Start it; `cpus` is how many jobs of one CPU run at once."""
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="slurm-")))
            folder.chmod(0o755)  # munged wants that everyone can reach its socket
            self._set_up(folder, cpus)
            self._start_all(stack)
            self._stack = stack.pop_all()

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def jobs(self) -> list[str]:
        """Return the states of the jobs in the queue: PENDING, RUNNING, COMPLETING."""
        return self._said("squeue", "--noheader", "--format=%T").split()

    def _set_up(self, folder: Path, cpus: int) -> None:
        for name in ("state", "spool"):
            (folder / name).mkdir()
        settings = folder / "slurm.conf"
        host, user = socket.gethostname().partition(".")[0], getpass.getuser()
        settings.write_text(
            SETTINGS.format(host=host, user=user, ports=_free_ports(2), folder=folder, cpus=cpus)
        )
        self._folder = folder
        self.environ = {"SLURM_CONF": str(settings)}
        """What commands need to find this queue."""

    def _start_all(self, stack: ExitStack) -> None:
        key = self._folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o600)
        files = {"key-file": key, "socket": self._folder / "munge.socket"}
        files |= {f"{kind}-file": self._folder / f"munged.{kind}" for kind in ("pid", "log", "seed")}
        self._start(stack, "munged", "--foreground", *(f"--{name}={file}" for name, file in files.items()))
        until((self._folder / "munge.socket").exists, "munged does not start")
        for daemon in ("slurmctld", "slurmd"):
            self._start(stack, daemon, "-D")
        idle = ("sinfo", "--noheader", "--format=%T")
        until(lambda: "idle" in self._said(*idle, check=False), "Slurm does not start", _SECONDS)

    def _start(self, stack: ExitStack, daemon: str, *arguments: str) -> None:
        program = shutil.which(daemon, path=_PATH)
        assert program
        with (self._folder / f"{daemon}.out").open("wb") as out:
            process = subprocess.Popen(
                [program, *arguments], env={**os.environ, **self.environ}, stdout=out, stderr=out
            )
        stack.callback(_end, process)

    def _said(self, *command: str, check: bool = True) -> str:
        environ = {**os.environ, **self.environ}
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=check).stdout


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(3)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_ports(number: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(closing(socket.socket())) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
