"""How much a job may display: as many bytes of text as it may print, and more of pictures and charts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from deckwright.child.bounds import PICTURES
from deckwright.model import Rich
from deckwright.text.sizes import size_text

_VALUE_BYTES = 100
"""What a value counts beside its forms: otherwise, there could be any number of them."""


class DisplayLimit:
    """Counts what is displayed, by the file that holds it."""

    def __init__(self, output_bytes: int) -> None:
        self.most = (output_bytes, output_bytes * PICTURES)
        """The bytes of all texts, and those of all pictures and charts."""
        self._limits = {"text": self.most[0], "pictures": self.most[1]}
        self._used: dict[str, Counter[str]] = {}
        self._total: Counter[str] = Counter()

    def take(self, file: str, rich: Rich) -> str:
        """Count a value, in place of an older one; return what is wrong if it is over the limit."""
        self.free(file)
        used = self._used[file] = _bytes_of(rich)
        self._total += used
        over = [kind for kind, limit in self._limits.items() if self._total[kind] > limit]
        if not over:
            return ""
        what = "" if "text" in over else "pictures of "
        return f"displayed {what}more than {size_text(self._limits[over[0]])}, its limit 'output'"

    def free(self, file: str) -> None:
        self._total -= self._used.pop(file, Counter())

    def shortened(self, rich: Rich) -> Rich:
        """Return what is shown of a value over the limit: the beginning of a text, else only a name."""
        if rich.data.keys() == {"text/plain"}:
            return replace(rich, data={"text/plain": rich.data["text/plain"][: self._limits["text"]]})
        name = rich.type or ", ".join(rich.data)
        return Rich({"text/plain": f"{name} is left out: it is over the limit 'output'"}, rich.type)


def _bytes_of(rich: Rich) -> Counter[str]:
    used = Counter(text=_VALUE_BYTES)
    for kind, form in rich.data.items():
        used["text" if kind.startswith("text/") else "pictures"] += len(form.encode("utf-8", "replace"))
    return used
