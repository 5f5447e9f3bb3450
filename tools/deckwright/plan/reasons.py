"""The reason why a script reruns: what changed since its last run, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from deckwright.files.digests import ABSENT, ALL_PACKAGES, CHANGED_MEANWHILE, MADE, SYNTAX, digest
from deckwright.files.variables import salted
from deckwright.frozen import dataclass
from deckwright.model import KIND_MARK, Job, Record, holds_value, reasons


@dataclass(frozen=True, slots=True)
class CurrentState:
    """The current state of all that results depend on."""

    python: str
    """The interpreter, and our code that captures results."""
    packages: Mapping[str, str]
    """Versions of all installed distributions."""
    device_for: Callable[[str], str | None]
    """Returns the device for what a script asks for; None if it is absent here."""
    digest_of: Callable[[str], str]
    """Returns the digest of a file."""
    syntax_of: Callable[[str], str]
    """Returns the digest of a module's code."""
    kernel_records: bool = False
    """Whether the kernel reports what runs read."""
    gpus: int = 1
    """How many GPUs a script can use at the same time, if there are any."""
    unknown: frozenset[str] = frozenset()
    """Names of versions that only the machines know that will run scripts: they are not compared."""


_CHANGED = {
    "code": "its code changed",
    "variant": "it ran as another variant",
    "options": "its options changed",
    "python": "Python or Deckwright changed",
    "pythonpath": "the setting `pythonpath` changed",
    "device": "it would run on another device",
    "figures": "the decks ask for other figures",
}


def difference(job: Job, parts: Mapping[str, str], record: Record, now: CurrentState) -> str:
    """Say what is the first difference from when a run of the job was recorded; empty for none."""
    for name, part in parts.items():
        if record.parts.get(name) != part:
            return _CHANGED[name]
    if record.text and record.text != digest(job.source):
        return reasons.OWN_TEXT
    for name, version in record.packages.items():
        if now.packages.get(name) != version and name not in now.unknown:
            if name == ALL_PACKAGES:
                return f"other packages are installed, and {record.job} lacked one"
            return f"{name} {version} became {now.packages.get(name, 'absent')}, needed by {record.job}"
    for path, known in sorted(record.reads.items()):
        current = now.syntax_of(path) if known.startswith(SYNTAX) else now.digest_of(salted(path, record.key))
        made = known.startswith(MADE) and current in (ABSENT, known.removeprefix(MADE))
        if current != known and not made:
            own, shown = path == job.script, path.removesuffix(KIND_MARK)
            return reasons.OWN_TEXT if own else f"{shown} {change_text(known, current)}, read by {record.job}"
    for value in job.values:
        if not holds_value(record.values, value.name):
            return f"{value.deck} names `{value.name}`, whose value was not recorded"
    return reasons.BY_HOOKS if now.kernel_records and not record.by_kernel else ""


def change_text(before: str, after: str) -> str:
    """Say how a file changed, given its digests."""
    if before == CHANGED_MEANWHILE:
        return "changed while it ran"
    if ABSENT in (before, after):
        return "is gone" if after == ABSENT else "is new"
    return "changed"
