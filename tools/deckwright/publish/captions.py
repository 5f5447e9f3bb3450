"""Captions of the code on the slides of a site: they lead to the page of the script, and to Colab."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from urllib.parse import quote

from deckwright.formats import Lecture
from deckwright.formats.notebook.notebooks import files_of_scripts
from deckwright.frozen import dataclass
from deckwright.model import Caption
from deckwright.project.settings import PublishSettings
from deckwright.publish.kit import kit_path
from deckwright.publish.published import pages_of_scripts, script_page, scripts_of
from deckwright.publish.sources import Sources


@dataclass(frozen=True, slots=True)
class SiteCaptions:
    """What gives code its caption."""

    settings: PublishSettings
    alone: Collection[str]
    """The scripts that need no other file of the course: others do not run where only their notebook is."""

    def __call__(self, lecture: Lecture, path: str) -> Caption:
        """Return the caption of what a lecture shows of the file at a path."""
        notebook = files_of_scripts(lecture).get(path, "") if path in self.alone else ""
        colab = self.settings.notebook(notebook) if notebook else ""
        return Caption(posixpath.basename(path), self._address(lecture, path), colab)

    def _address(self, lecture: Lecture, path: str) -> str:
        """Return the address of a script's page, of the file in the repository, or of the kit that has it."""
        up = "../" * (1 + lecture.name.count("/"))
        if path in pages_of_scripts(lecture):
            return up + quote(script_page(path))
        kit = f"{up}{quote(kit_path(lecture.name))}" if path in scripts_of(lecture) else ""
        return self.settings.source(path) or kit


def scripts_alone(sources: Sources) -> frozenset[str]:
    """Return the scripts of which no run read another file of the author."""
    jobs = sources.course.jobs
    runs = [(jobs[job].script, read) for job, read in sources.reads.items() if job in jobs]
    others = {script for script, read in runs if read - {script}}
    return frozenset(script for script, _ in runs) - others
