"""The kit of a lecture: all that a student needs to run its scripts, in one zip file."""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from deckwright.files.archives import archive_of
from deckwright.formats import Lecture
from deckwright.frozen import dataclass
from deckwright.model import Course, Diagnostic, Location, Script
from deckwright.publish.requirements import requirements_text, with_dependencies
from deckwright.publish.sources import Sources
from deckwright.publish.words import Words, words_in
from deckwright.resolve.jobs import deck_jobs
from deckwright.text.paths import SNIPPETS
from deckwright.text.sizes import size_text

_USED_BY: Mapping[str, Collection[str]] = {"torch": ("numpy",)}
"""Modules that others use where they are installed: without NumPy, importing PyTorch prints a warning."""


@dataclass(frozen=True, slots=True)
class Kit:
    """The files of a kit by path: as they lie in the project, so that scripts find one another."""

    name: str
    files: Mapping[str, bytes]
    scripts: Mapping[str, str]
    """Those that a student runs, each with what starts it: `python`, or `torchrun` for several processes."""
    missing: tuple[str, ...] = ()
    """What they read besides, outside of the project."""


def kit_path(lecture: str) -> str:
    """Return the path of the kit of a lecture of this name, below the site's folder and below build/."""
    return f"kit/{lecture}.zip"


@dataclass(frozen=True, slots=True)
class KitMaker:
    """What the kits of all lectures have in common."""

    sources: Sources
    edition: Callable[[Script], Script]
    """Returns a script as its readers receive it: with its solutions, or without."""
    packages_of: Callable[[Iterable[str]], Mapping[str, str]]
    """Returns the installed packages, with versions, that bring modules (top-level names)."""
    limit_bytes: int
    left_out: Collection[str] = ()
    """Pictures that no kit holds, although a script reads them."""

    def kit(self, lecture: Lecture, notebooks: Mapping[str, bytes]) -> Kit | Diagnostic:
        """Return the kit of a lecture, or what is wrong with it."""
        course = lecture.course
        jobs = [course.jobs[name] for name in sorted(deck_jobs(course, lecture.deck))]
        scripts = self.sources.scripts(jobs)
        data = {path: each for path, each in self.sources.data(jobs).items() if path not in self.left_out}
        size = sum(map(len, data.values()))
        if size > self.limit_bytes:
            return _too_large(lecture, data, size, self.limit_bytes)
        packages = self.packages_of({name for script in scripts for name in _modules(script)})
        files = {
            **{script.path: self._text(script, course).encode() for script in scripts},
            **data,
            **{f"notebooks/{path}": content for path, content in notebooks.items()},
            "requirements.txt": requirements_text(packages).encode(),
        }
        shown = sorted({job.script for job in jobs if job.script.endswith(".py")})
        starts = {path: course.scripts[path].options.start_command for path in shown}
        kit = Kit(lecture.name, files, starts, tuple(self.sources.missing(jobs)))
        readme = readme_text(
            lecture.deck.title, kit, words_in(str(lecture.deck.front_matter.get("lang", "")))
        )
        return replace(kit, files={**files, "README.md": readme.encode()})

    def _text(self, script: Script, course: Course) -> str:
        """Return a script that names what it needs, and what the modules need that it imports."""
        own = self.sources.scripts(job for job in course.jobs.values() if job.script == script.path)
        names = {name for each in (script, *own) for name in _modules(each)}
        return with_dependencies(self.edition(script).text, self.packages_of(names))


def readme_text(title: str, kit: Kit, words: Words) -> str:
    """Return how to start with a kit."""
    in_snippets = (path for path in kit.scripts if path.startswith(f"{SNIPPETS}/"))
    first = next((path for path in in_snippets if kit.scripts[path] == "python"), "")
    several = [f"{start} {shlex.quote(path)}" for path, start in kit.scripts.items() if start != "python"]
    parts = [
        f"# {title}",
        f"## {words['start']}",
        words["install"],
        "```console\n$ pip install -r requirements.txt\n```",
    ]
    parts += [words["run"].replace("{script}", first)] if first else []
    parts += [_listed(words["processes"], several)] if several else []
    parts += [words["notebooks"]] if any(path.endswith(".ipynb") for path in kit.files) else []
    parts += (
        [words["exercises"]] if any(b"NotImplementedError" in each for each in kit.files.values()) else []
    )
    parts += [_listed(words["missing"], kit.missing)] if kit.missing else []
    return "\n\n".join(parts) + "\n"


def _listed(text: str, names: Iterable[str]) -> str:
    return "\n".join([text, "", *(f"- `{name}`" for name in names)])


def zip_of(kit: Kit) -> bytes:
    """Return a kit as a zip file, with a folder of its name inside."""
    folder = posixpath.basename(kit.name)
    return archive_of({f"{folder}/{path}": content for path, content in kit.files.items()})


def _modules(script: Script) -> frozenset[str]:
    """Return the modules that a script imports, and those that they use without requiring them."""
    modules = {name.partition(".")[0] for name in script.imports}
    return frozenset(modules.union(*(_USED_BY.get(name, ()) for name in modules)))


def _too_large(lecture: Lecture, data: Mapping[str, bytes], size: int, limit: int) -> Diagnostic:
    largest = max(data, key=lambda path: len(data[path]))
    message = (
        f"the data that its scripts read take {size_text(size)}, more than {size_text(limit)}: "
        f"{largest} takes {size_text(len(data[largest]))}"
    )
    hint = "set kit_limit in [tool.deckwright.publish], or let the script load less"
    return Diagnostic("kit-limit", message, Location(lecture.deck.path, 1), "", hint)
