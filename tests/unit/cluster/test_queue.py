from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.cluster.address import Address
from deckwright.cluster.queue import queue_cluster
from deckwright.errors import ConfigError
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
