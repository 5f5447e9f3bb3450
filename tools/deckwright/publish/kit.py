"""The kit of a lecture: all that a student needs to run its scripts, in one zip file."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from deckwright.files.digests import ABSENT, MADE
from deckwright.files.disk import Files
from deckwright.formats import Lecture
from deckwright.model import KIND_MARK, Course, Diagnostic, Location, Record, Script
from deckwright.parse import parse_script
from deckwright.project.project import BUILD
from deckwright.publish.requirements import requirements_text, with_dependencies
from deckwright.publish.words import Words, words_in
from deckwright.resolve.jobs import deck_jobs
from deckwright.text.paths import SNIPPETS, is_outside
from deckwright.text.sizes import size_text

_DATE = (1980, 1, 1, 0, 0, 0)
"""Of all files in a zip: the same content gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Kit:
    """The files of a kit by path: as they lie in the project, so that scripts find one another."""

    name: str
    files: Mapping[str, bytes]
    scripts: tuple[str, ...]
    """Those that a student runs."""
    missing: tuple[str, ...] = ()
    """What they read besides, outside of the project."""


@dataclass(frozen=True, slots=True)
class KitMaker:
    """What the kits of all lectures have in common."""

    files: Files
    edition: Callable[[Script], Script]
    """Returns a script as its readers receive it: with its solutions, or without."""
    packages_of: Callable[[Iterable[str]], Mapping[str, str]]
    """Returns the installed packages, with versions, that bring modules (top-level names)."""
    reads: Mapping[str, Iterable[str]]
    """The files that each job read, as `files_read` returns them."""
    limit_bytes: int

    def kit(self, lecture: Lecture, notebooks: Mapping[str, bytes]) -> Kit | Diagnostic:
        """Return the kit of a lecture, or what is wrong with it."""
        course = lecture.course
        jobs = [course.jobs[name] for name in sorted(deck_jobs(course, lecture.deck))]
        shown = sorted({job.script for job in jobs if job.script.endswith(".py")})
        reads = {path for job in jobs for path in self.reads.get(job.id, ())}
        inside = {path for path in reads if not _is_apart(path) and self.files.exists(path)}
        scripts = [self._script(course, path) for path in sorted({*shown, *filter(_is_python, inside)})]
        data = {path: self.files.read(path) for path in sorted(inside - {script.path for script in scripts})}
        size = sum(map(len, data.values()))
        if size > self.limit_bytes:
            return _too_large(lecture, data, size, self.limit_bytes)
        packages = self.packages_of({name for script in scripts for name in _modules(script)})
        files = {
            **{script.path: self._text(script).encode() for script in scripts},
            **data,
            **{f"notebooks/{path}": content for path, content in notebooks.items()},
            "requirements.txt": requirements_text(packages).encode(),
        }
        missing = sorted(path for path in reads if is_outside(path))
        kit = Kit(lecture.name, files, tuple(shown), tuple(missing))
        readme = readme_text(
            lecture.deck.title, kit, words_in(str(lecture.deck.front_matter.get("lang", "")))
        )
        return replace(kit, files={**files, "README.md": readme.encode()})

    def _script(self, course: Course, path: str) -> Script:
        return course.scripts.get(path) or parse_script(path, self.files.read(path).decode())

    def _text(self, script: Script) -> str:
        return with_dependencies(self.edition(script).text, self.packages_of(_modules(script)))


def readme_text(title: str, kit: Kit, words: Words) -> str:
    """Return how to start with a kit."""
    first = next((path for path in kit.scripts if path.startswith(f"{SNIPPETS}/")), "")
    parts = [
        f"# {title}",
        f"## {words['start']}",
        words["install"],
        "```console\n$ pip install -r requirements.txt\n```",
    ]
    parts += [words["run"].replace("{script}", first)] if first else []
    parts += [words["notebooks"]] if any(path.endswith(".ipynb") for path in kit.files) else []
    parts += (
        [words["exercises"]] if any(b"NotImplementedError" in each for each in kit.files.values()) else []
    )
    parts += (
        ["\n".join([words["missing"], "", *(f"- `{path}`" for path in kit.missing)])] if kit.missing else []
    )
    return "\n\n".join(parts) + "\n"


def zip_of(kit: Kit) -> bytes:
    """Return a kit as a zip file, with a folder of its name inside."""
    data = io.BytesIO()
    folder = posixpath.basename(kit.name)
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(kit.files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{path}", _DATE)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return data.getvalue()


def files_read(record: Record) -> frozenset[str]:
    """Return the files that a run read, apart from those of packages and of the system."""
    return frozenset(path for path, known in record.reads.items() if _is_file(path) and _was_there(known))


def _is_file(path: str) -> bool:
    """Whether a read is that of a file of the author: not of a folder, a variable or a file of the system."""
    return not path.endswith(("/", KIND_MARK)) and path[:1] not in "$/"


def _was_there(known: str) -> bool:
    return known != ABSENT and not known.startswith(MADE)


def _is_apart(path: str) -> bool:
    """Whether a path leaves the project, or lies in a folder of programs or of what was built."""
    folders = path.split("/")
    return is_outside(path) or any(name.startswith(".") or name in (BUILD, "__pycache__") for name in folders)


def _is_python(path: str) -> bool:
    return path.endswith(".py")


def _modules(script: Script) -> frozenset[str]:
    return frozenset(name.partition(".")[0] for name in script.imports)


def _too_large(lecture: Lecture, data: Mapping[str, bytes], size: int, limit: int) -> Diagnostic:
    largest = max(data, key=lambda path: len(data[path]))
    message = (
        f"the data that its scripts read take {size_text(size)}, more than {size_text(limit)}: "
        f"{largest} takes {size_text(len(data[largest]))}"
    )
    hint = "set kit_limit in [tool.deckwright.publish], or let the script load less"
    return Diagnostic("kit-limit", message, Location(lecture.deck.path, 1), "", hint)
