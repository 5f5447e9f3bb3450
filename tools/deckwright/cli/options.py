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
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print events, one JSON object per line.")
FORCE = click.option(
    "--force",
    is_flag=False,
    flag_value="*",
    default="",
    metavar="[PATTERN]",
    help="Run these scripts even if unchanged: a path, a name, wildcards or a deck; without PATTERN all.",
)
ONLY = click.option(
    "--only",
    default="",
    metavar="PATTERN",
    help="Run only these scripts; slides mark the results of others as accepted.",
)
DECKS = click.argument("decks", nargs=-1, type=click.Path(path_type=str))
