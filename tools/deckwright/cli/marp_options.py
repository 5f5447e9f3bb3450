"""What a user of marp-cli types: options that act here, too, and how the others are done."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckwright.errors import ConfigError

if TYPE_CHECKING:
    from deckwright.project.project import Project

_SETTINGS = (
    click.option("--theme", metavar="NAME|FILE", help="Use this theme for all decks."),
    click.option(
        "--theme-set", multiple=True, metavar="PATH", help="Add a style sheet, or a folder of them."
    ),
    click.option("--html/--no-html", default=None, help="Let all raw HTML through, or none."),
)
_OPTIONS = (
    click.option(
        "--input-dir", "-I", metavar="DIR", help="Build all decks in this folder, with the themes in it."
    ),
    *_SETTINGS,
    click.option("--pdf", is_flag=True, help="The same as --to pdf."),
    click.option("--pptx", is_flag=True, help="The same as --to pptx."),
    click.option("--images", type=click.Choice(["png"]), help="The same as --to png."),
    click.option(
        "--allow-local-files", is_flag=True, help="Not needed: files of the project are always shown."
    ),
    click.option("--pdf-outlines", is_flag=True, help="Not needed: a PDF always has an outline."),
)

_SETTING = "set it in [tool.deckwright.marp] of pyproject.toml, or in .marprc.yml"
_JOBS = "--jobs says how many scripts run at once"
_LONG = {"-c": "--config-file", "-p": "--preview", "-s": "--server", "-w": "--watch"}
_OTHERS = {
    **dict.fromkeys(("--parallel", "-P", "--no-parallel"), _JOBS),
    **dict.fromkeys(("--config-file", "--config", "--no-config-file"), _SETTING),
    **dict.fromkeys(("--image", "--jpeg-quality"), "for pictures of slides: deckwright build --to png"),
    "--browser-protocol": "set the variable DECKWRIGHT_BROWSER to the program",
    "--stdin": "name the deck -: deckwright build - -o PATH",
    "-v": "deckwright --version",
}
"""Options of marp-cli that Deckwright does not have, besides those for its settings."""


def marp_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of marp-cli that act here to a command, which is given them by name."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def formats_in(options: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the formats that such options ask for."""
    wanted = {"pdf": options["pdf"], "png": options["images"], "pptx": options["pptx"]}
    return tuple(name for name, is_wanted in wanted.items() if is_wanted)


def with_options(project: Project, options: Mapping[str, Any]) -> Project:
    """Return a project with such options in place of its settings; raises ConfigError."""
    names = {"html": "html", "theme": "theme", "theme_set": "themeSet", "input_dir": "inputDir"}
    said = {name: options[option] for option, name in names.items() if options[option] not in (None, ())}
    if not said:
        return project
    from deckwright.project.marp_settings import overridden
    from deckwright.resolve import theme_names
    from deckwright.text.suggest import did_you_mean_key

    folder = os.path.relpath(Path.cwd(), project.root)
    marp = overridden(project.settings.marp, project.files, project.root, folder, said)
    project = replace(project, settings=replace(project.settings, marp=marp))
    known = theme_names(project.themes().values())
    if "theme" in said and not (marp.theme_file or marp.page["theme"] in known):
        raise ConfigError(f"no theme '{said['theme']}'", did_you_mean_key(said["theme"], known))
    return project


def usage_hint(error: click.ClickException) -> str:
    """Return what to type in place of what a user of marp-cli typed; empty if nothing is known of it."""
    if isinstance(error, click.NoSuchOption):
        return _hint_of(error.option_name, is_command=bool(error.ctx and error.ctx.parent))
    _, is_command, rest = error.message.partition("No such command '")
    word = rest.partition("'")[0]
    return f"to build it: deckwright build {word}" if is_command and Path(word).exists() else ""


def _hint_of(option: str, is_command: bool) -> str:
    if option in ("--input-dir", "-I") and is_command:
        return "name the folder in place of a deck"
    ours = {"--to", "--output", "-o", "--notes"}.union(*map(_spellings, _OPTIONS))
    if option not in ours:
        return _elsewhere(_LONG.get(option, option))
    if not is_command:
        return f"begin with a command: deckwright build {option}"
    is_setting = option in {spelling for each in _SETTINGS for spelling in _spellings(each)}
    return f"deckwright build has {option}" + (f"; for other commands, {_SETTING}" if is_setting else "")


def _elsewhere(option: str) -> str:
    """Return how what an option asks for is done here; empty if marp-cli has no such option."""
    from deckwright.project.marp_keys import ELSEWHERE, FROM_FILE, camel_case

    key = camel_case(option)
    if option in _OTHERS:
        return _OTHERS[option]
    return _SETTING if key in FROM_FILE or key.startswith("bespoke.") else ELSEWHERE.get(key, "")


def _spellings(option: Callable[[Any], Any]) -> list[str]:
    command = click.command()(option(lambda: None))
    return [spelling for each in command.params for spelling in (*each.opts, *each.secondary_opts)]
