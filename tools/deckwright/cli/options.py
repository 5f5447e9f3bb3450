"""The options that several commands have."""

from __future__ import annotations

import click

DEVICE = click.option(
    "--device",
    default=None,
    metavar="DEVICE",
    help="Device for scripts that name none: auto, cpu, cuda, cuda:N or mps.",
)
JOBS = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    default=None,
    help="How many scripts run at once (default: one per core).",
)
CLUSTER = click.option(
    "--cluster",
    default=None,
    metavar="ADDRESS",
    help="Run scripts on a cluster: tcp://HOST:PORT, tls://HOST:PORT, local, slurm, pbs, sge, lsf, htcondor "
    "or none.",
)
PORT = click.option(
    "--port", type=click.IntRange(1, 65535), default=None, help="Default: 3325, or the next free one."
)
POLL = click.option(
    "--poll",
    is_flag=True,
    help="Look for changes, for folders that report none. Most of these are known without it.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print events, one JSON object per line.")
PROFILE = click.option(
    "--profile",
    default=None,
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write into this file what took how long, for Perfetto or chrome://tracing.",
)
FORCE = click.option(
    "--force",
    is_flag=False,
    flag_value="*",  # `EVERYTHING` of the model, which is not imported to show help
    default="",
    metavar="[PATTERN]",
    help="Run these scripts even if unchanged: a path, a name, wildcards or a deck. Without PATTERN, make "
    "everything anew: no script, page, diagram or measurement of an earlier build counts.",
)
ONLY = click.option(
    "--only",
    multiple=True,
    metavar="PATTERN",
    help="Run only these scripts; slides mark the results of others as accepted. May be given several times.",
)
SMOKE = click.option(
    "--smoke",
    is_flag=True,
    help="Run scripts with the small values that they have in [tool.deckwright.smoke]; see build/smoke/.",
)
DECKS = click.argument("decks", nargs=-1, type=click.Path(path_type=str))
