"""Tables of settings of Marp -> settings that have an effect, in the spelling of marp-cli, and the others.

The table of pyproject.toml is ours: what is wrong in it ends the command. What marp-cli tolerates in its own
file is tolerated, with a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deckwright.errors import ConfigError
from deckwright.frozen import dataclass
from deckwright.project.kinds import Kind, problems
from deckwright.project.marp_keys import AS_IT_IS, ELSEWHERE, FROM_FILE, FROM_TABLE, INNER, snake_case

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """A setting that has no effect."""

    path: str
    """The file that it is in."""
    words: tuple[str, ...]
    """What stands in that file, each behind the one before: the last is the place."""
    message: str
    hint: str = ""


def read_own_table(table: Any, name: str) -> Values:
    """Read the table of pyproject.toml; raises ConfigError, which names all that is wrong in it."""
    if not isinstance(table, dict):
        raise ConfigError(f"{name} must hold a table of settings", "write a line for each: name = value")
    wrong = list(problems(table, FROM_TABLE).values())
    for key, inner in INNER.items():
        if isinstance(nested := table.get(key), dict):
            wrong += problems(nested, inner, f"{key}.").values()
    if wrong:
        raise ConfigError(f"{name}: " + "; ".join(wrong), f"known: {', '.join(FROM_TABLE)}")
    spelt = {snake_case(key): key for key in FROM_FILE}
    return _without_defaults({spelt.get(str(key), str(key)): value for key, value in table.items()})


def read_file_table(content: object, path: str) -> tuple[Values, tuple[SettingProblem, ...]]:
    """Read what marp-cli's own file holds."""
    if not isinstance(content, dict):
        return {}, (SettingProblem(path, (), f"{path} holds no table of settings"),)
    values, wrong = _tolerated(content, FROM_FILE, path)
    for key, inner in INNER.items():
        if key in values:
            values[key], more = _tolerated(values[key], inner, path, key)
            wrong += more
    return _without_defaults(values), tuple(wrong)


def _tolerated(
    table: Mapping[Any, Any], known: Mapping[str, Kind], path: str, outer: str = ""
) -> tuple[Values, list[SettingProblem]]:
    """Return what is right in a table, and the problems of the rest."""
    prefix, words = (f"{outer}.", (outer,)) if outer else ("", ())
    said = {key: value for key, value in table.items() if value is not None}
    wrong = problems(said, known, prefix)
    found = []
    for key, message in wrong.items():
        if problem := _problem(f"{prefix}{key}", said[key], message):
            found.append(SettingProblem(path, (*words, str(key)), *problem))
    return {key: value for key, value in said.items() if key not in wrong}, found


def _problem(key: str, value: object, message: str) -> tuple[str, str] | None:
    """Return message and hint for a setting that has no effect; None where nobody misses it."""
    if key in AS_IT_IS:
        return None
    if key in ELSEWHERE:
        return None if value in (False, "auto") else (f"'{key}' has no effect here", ELSEWHERE[key])
    belongs_inside = key in INNER["options"] and key not in FROM_FILE
    return message, "write it in options" if belongs_inside else "it has no effect"


def _without_defaults(values: Values) -> Values:
    return {key: value for key, value in values.items() if (key, value) != ("html", "default")}
