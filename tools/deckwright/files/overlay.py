"""Files of which some have other contents, which are not written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deckwright.files.digests import digest
from deckwright.files.disk import Files
from deckwright.frozen import dataclass
from deckwright.model import Stamp


@dataclass(frozen=True, slots=True)
class Overlay:
    """`Files` of which some have other contents, which are not written."""

    files: Files
    contents: Mapping[str, bytes]

    def exists(self, path: str) -> bool:
        return path in self.contents or self.files.exists(path)

    def is_inside(self, path: str) -> bool:
        return path in self.contents or self.files.is_inside(path)

    def read(self, path: str) -> bytes:
        return self.contents[path] if path in self.contents else self.files.read(path)

    def find(self, folder: str, suffix: str) -> Sequence[str]:
        added = (path for path in self.contents if path.startswith(f"{folder}/") and path.endswith(suffix))
        return sorted({*self.files.find(folder, suffix), *added})

    def stamp(self, path: str) -> Stamp | None:
        # No file on a disk has this stamp, and no other content has it.
        is_here = path in self.contents
        return Stamp(-1, 0, 0, int(self.digest(path)[:12], 16)) if is_here else self.files.stamp(path)

    def digest(self, path: str) -> str:
        return digest(self.contents[path]) if path in self.contents else self.files.digest(path)
