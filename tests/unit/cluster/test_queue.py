from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace

import pytest

from deckwright.cluster.address import Address
from deckwright.cluster.queue import Queue, queue_cluster
from deckwright.cluster.queue_jobs import QueueJob
from deckwright.errors import ClusterError, ConfigError
from deckwright.project.settings import ClusterSettings

GOLDEN = Path(__file__).with_name("slurm.sh")
KEYWORDS = {"queue": "gpu", "cores": 4, "memory": "16 GB", "walltime": "02:00:00", "account": "teaching"}


def test_the_script_for_slurm_is_the_one_of_the_guide() -> None:
    settings = ClusterSettings(
        gpus=1, keywords={**KEYWORDS, "python": "python", "job_extra_directives": ["--gres=gpu:1"]}
    )
    with queue_cluster(Address("slurm"), settings) as cluster:
        lines = cluster.job_script().splitlines()
        port = cluster.scheduler_address
    script = "\n".join(line.replace(port, "tcp://HOST:PORT") for line in lines) + "\n"
    assert script == GOLDEN.read_text()


def test_two_schedulers_can_be_on_one_machine() -> None:
    settings = ClusterSettings(keywords=KEYWORDS)
    with queue_cluster(Address("slurm"), settings) as one, queue_cluster(Address("slurm"), settings) as other:
        assert one.scheduler_address != other.scheduler_address


@pytest.mark.parametrize(
    ("queue", "walltime", "lifetime"),
    [
        ("slurm", "01:00:00", "3480s"),
        ("slurm", "1-00:00:00", "86280s"),
        ("slurm", "30:00", "1680s"),
        ("pbs", "00:02:00", "60s"),
        ("lsf", "01:00", "3480s"),
    ],
)
def test_a_worker_leaves_before_its_queue_ends_it(queue: str, walltime: str, lifetime: str) -> None:
    own = {} if queue != "lsf" else {"project": "teaching", "ncpus": 4, "mem": 16_000_000_000}
    kept = {name: value for name, value in KEYWORDS.items() if queue == "slurm" or name != "account"}
    settings = ClusterSettings(keywords={**kept, **own, "walltime": walltime})
    with queue_cluster(Address(queue), settings) as cluster:
        assert f"--lifetime {lifetime}" in cluster.job_script()


@pytest.mark.parametrize(
    ("keywords", "words"),
    [({"no_such": 1, **KEYWORDS}, "no_such"), ({}, "cores"), ({**KEYWORDS, "walltime": "soon"}, "walltime")],
)
def test_wrong_keywords_are_errors(keywords: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError) as error:
        queue_cluster(Address("slurm"), ClusterSettings(keywords=keywords))
    assert words in error.value.message


class _Cluster(AbstractContextManager["_Cluster"]):
    """A queue that starts at once each worker that is asked of it."""

    def __init__(self) -> None:
        self.worker_spec: dict[str, object] = {}
        self.workers: dict[str, object] = {}
        self.started = 0

    def __exit__(self, *error: object) -> None:
        self.worker_spec.clear()

    def scale(self, count: int) -> None:
        while len(self.worker_spec) < count:
            self.started += 1
            self.worker_spec[str(self.started)] = None


def _look_often(queue: Queue, cluster: _Cluster, has_run: bool) -> None:
    cluster.scale(2)
    for look in range(100):
        there = [*cluster.worker_spec][bool(look) :]  # the older of both has left, at each look but the first
        queue.keep({name: {"name": name} for name in there}, has_run)


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> _Cluster:
    cluster = _Cluster()
    monkeypatch.setattr("deckwright.cluster.queue.queue_cluster", lambda *_, **__: cluster)
    return cluster


def test_workers_that_have_left_are_replaced(cluster: _Cluster, tmp_path: Path) -> None:
    with Queue(Address("slurm"), ClusterSettings(workers=2), None, tmp_path) as queue:
        _look_often(queue, cluster, has_run=True)
    assert cluster.started == 101


def test_workers_that_never_run_anything_are_not_replaced_forever(cluster: _Cluster, tmp_path: Path) -> None:
    words = "7 workers of slurm left before one ran anything"
    settings = ClusterSettings(workers=2)
    with Queue(Address("slurm"), settings, None, tmp_path) as queue, pytest.raises(ClusterError, match=words):
        _look_often(queue, cluster, has_run=False)


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ({}, "all jobs of pbs ended before a worker came: they wrote nothing"),
        ({"7": QueueJob("H", "too many failed attempts", True)}, "pbs holds the jobs.*: too many failed"),
        ({"7": QueueJob("H", "", True)}, "pbs holds the jobs of the workers: they are in state H"),
        ({"7": QueueJob("H", "", True), "8": QueueJob("Q", "", False)}, ""),
        ({"7": QueueJob("R", "", False)}, ""),
        (None, ""),
    ],
)
def test_jobs_of_which_no_worker_can_come(
    cluster: _Cluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    listed: dict[str, QueueJob] | None,
    message: str,
) -> None:
    monkeypatch.setattr("deckwright.cluster.queue._LOOK_SECONDS", -1)
    monkeypatch.setattr("deckwright.cluster.queue.queue_jobs", lambda queue, numbers: listed)
    cluster.workers = {"1": SimpleNamespace(job_id="7"), "2": SimpleNamespace(job_id="8")}
    with Queue(Address("pbs"), ClusterSettings(workers=2), None, tmp_path) as queue:
        if message:
            with pytest.raises(ClusterError, match=message):
                queue.keep({}, has_run=False)
        else:
            queue.keep({}, has_run=False)
