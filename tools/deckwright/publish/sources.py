"""The scripts of a course with all that they read: what a student needs to run them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deckwright.files.digests import ABSENT, MADE
from deckwright.files.disk import Files
from deckwright.frozen import dataclass
from deckwright.model import KIND_MARK, Course, Job, Record, Script
from deckwright.parse import parse_script
from deckwright.project.project import BUILD
from deckwright.text.paths import is_outside


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of scripts, as they lie in the project."""

    course: Course
    files: Files
    reads: Mapping[str, frozenset[str]]
    """The files that each job read, as `files_read` returns them."""

    def scripts(self, jobs: Iterable[Job]) -> list[Script]:
        """Return the scripts of jobs, and the modules of the project that they import."""
        jobs = tuple(jobs)
        own = {job.script for job in jobs if _is_python(job.script)}
        return [self.script(path) for path in sorted(own.union(filter(_is_python, self._read(jobs))))]

    def script(self, path: str) -> Script:
        return self.course.scripts.get(path) or parse_script(path, self.files.read(path).decode())

    def data(self, jobs: Iterable[Job]) -> dict[str, bytes]:
        """Return the other files that jobs read, by path."""
        jobs = tuple(jobs)
        scripts = {job.script for job in jobs}
        read = (path for path in self._read(jobs) if not _is_python(path) and path not in scripts)
        return {path: self.files.read(path) for path in sorted(read)}

    def missing(self, jobs: Iterable[Job]) -> list[str]:
        """Return the files that jobs read outside of the project."""
        return sorted({path for job in jobs for path in self.reads.get(job.id, ()) if is_outside(path)})

    def _read(self, jobs: Iterable[Job]) -> set[str]:
        reads = {path for job in jobs for path in self.reads.get(job.id, ())}
        return {path for path in reads if not _is_apart(path) and self.files.exists(path)}


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
