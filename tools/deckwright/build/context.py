"""What every step of a build is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from deckwright.build.ports import Emit, Ports
from deckwright.files.disk import Files
from deckwright.frozen import dataclass
from deckwright.model import Request
from deckwright.project.project import Project

if TYPE_CHECKING:
    from deckwright.formats import Format

T = TypeVar("T")

_DEFAULT = Request()


@dataclass(frozen=True, slots=True)
class Context:
    """The author's folder, the outside world, what is asked for, and where events go."""

    project: Project
    ports: Ports
    request: Request = _DEFAULT
    emit: Emit = lambda event: None

    @property
    def build(self) -> Path:
        """The folder into which a build writes."""
        return self.project.build

    @property
    def how(self) -> Request:
        """What is asked for, with the settings where it says nothing."""
        request, settings = self.request, self.project.settings
        marp = settings.marp
        asked = request.options
        options = replace(
            asked,
            notes=asked.notes or marp.pdf_notes,
            scale=asked.scale or marp.image_scale,
            steps=asked.steps or settings.steps,
            states=asked.states or settings.states,
            layout=asked.layout or settings.handout.layout,
            paper=asked.paper or settings.handout.paper,
            editable=asked.editable or marp.pptx_editable,
        )
        formats = request.formats or settings.formats
        if marp.pictures and not formats:
            from deckwright.formats import PNG

            formats = (*(each.name for each in _chosen(())), PNG.name)
        return replace(request, formats=formats, options=options)

    @property
    def needs_browser(self) -> bool:
        """Whether a browser makes any format. Raises ConfigError and ToolMissing."""
        return any(each.needs_browser for each in _chosen(self.how.formats))

    def known(self, kind: type[T], subject: str, key: str, part: str = "") -> T | None:
        """Return evidence that the store has; where no record is to be trusted, that of this build alone."""
        store = self.ports.store
        is_trusted = self.request.trusts_records or store.has_put(kind.__name__, subject, part)
        return store.evidence(kind, subject, key, part) if is_trusted else None

    def reading(self, files: Files) -> Context:
        """Return a context that reads the sources through `files`."""
        return replace(self, project=replace(self.project, files=files))

    @contextmanager
    def kept_warm(self) -> Iterator[Context]:
        """Yield a context for one build after another, which use the same processes."""
        with self.ports.runner() as runner, self.ports.renderer() as renderer:
            yield replace(self, ports=self.ports.kept_warm(runner, renderer))

    def asking(self, request: Request) -> Context:
        return replace(self, request=request)


def _chosen(names: Sequence[str]) -> Sequence[Format]:
    from deckwright.formats import chosen_formats  # a build that only repeats the last one needs no format

    return chosen_formats(names)
