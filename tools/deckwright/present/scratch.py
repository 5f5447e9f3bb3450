"""Scripts that keep what was edited on stage: beside the script of the block, none in the place of a file."""

from __future__ import annotations

import posixpath
import textwrap

from deckwright.errors import ConfigError
from deckwright.files.new_files import write_new
from deckwright.new.additions import checked_script
from deckwright.present.blocks import Block
from deckwright.project.project import Project
from deckwright.text.paths import SNIPPETS


def save(project: Project, block: Block, code: str, name: str) -> str:
    """Write what stands before a block, and edited code; return the path. Raises DeckwrightError.

    The file runs alone. It draws no figure for a slide: options of cells are left out.
    """
    folder = posixpath.dirname(block.path) if block.path.endswith(".py") else SNIPPETS
    path = posixpath.join(folder, f"{checked_script(name.removesuffix('.py'))}.py")
    if project.files.exists(path) or not project.files.is_inside(path):
        raise ConfigError(f"{path} is there already", "take another name")
    write_new(project.root, {path: scratch_text(block, code).encode()})
    return path


def scratch_text(block: Block, code: str) -> str:
    """Return the text of a script that does what ran on stage."""
    lines = block.job.source.split("\n")
    before = [line for line in lines[: block.first_line - 1] if not line.lstrip().startswith("#|")]
    own = lines[block.first_line - 1 : block.last_line]
    indent = min((len(line) - len(line.lstrip()) for line in own if line.strip()), default=0)
    edited = textwrap.indent(code.rstrip("\n"), " " * indent)
    text = "\n".join([*before, edited])
    return f"{text.lstrip(chr(10))}\n"
