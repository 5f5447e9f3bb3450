"""The author of a small course: saves, renames, switches branches, and removes `build/` now and then."""

from __future__ import annotations

import random
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

DECKS = 12
STEADY = "d0"
"""The deck that is never renamed."""

_DECK = "# Lecture {number}\n\nstate {state}.\n\n---\n\n```text output=../snippets/s{number}.py\n```\n"
_GIT = ("git", "-c", "user.name=soak", "-c", "user.email=soak@example.org")


@dataclass
class Author:
    """Changes a course at random; each change is numbered, and the page of its deck shows the number."""

    folder: Path
    chance: random.Random
    saves: int = 0
    states: dict[str, int] = field(default_factory=dict)
    """The number that each deck shows."""

    def begin(self) -> None:
        """Write the course, on two branches of a repository."""
        for number in range(DECKS):
            self._write(f"slides/d{number}.md", _DECK.format(number=number, state=0))
            self._write(f"snippets/s{number}.py", "print('state 0.')\n")
            self.states[f"d{number}"] = 0
        self._write("pyproject.toml", "[tool.deckwright]\n")
        self._write(".gitignore", "build\n__pycache__\n")
        self._git("init", "--quiet", "--initial-branch=main")
        self._commit()

    def change(self) -> str:
        """Do something; return the deck that changed, by its present name."""
        kinds = {self._edit: 78, self._run: 10, self._rename: 8, self._switch: 3, self._remove: 1}
        (kind,) = self.chance.choices([*kinds], [*kinds.values()])
        self.saves += 1
        deck = self.chance.choice([*self.states])
        kind(deck)
        return max(self.states, key=lambda name: self.states[name])

    def finish(self) -> None:
        """Save the steady deck, which tabs show."""
        self.saves += 1
        self._edit(STEADY)

    def shown(self, deck: str) -> str:
        """Return what the page of a deck shows in the end."""
        return f"state {self.states[deck]}."

    def _edit(self, deck: str) -> None:
        """Save a deck in one of the ways of editors."""
        path = self.folder / f"slides/{deck}.md"
        text = path.read_text("utf-8").replace(self.shown(deck), f"state {self.saves}.")
        self.states[deck] = self.saves
        way = self.chance.randrange(4)
        if way == 0:  # by rename
            fresh = path.with_name(f".{path.name}.swp")
            fresh.write_text(text, "utf-8")
            fresh.replace(path)
        if way == 1:  # as vim does: the old file gets another name first
            path.replace(path.with_name(f"{path.name}~"))
        if way == 2:  # and a formatter saves again
            path.write_text(f"{text}\n\n", "utf-8")
        path.write_text(text, "utf-8")

    def _run(self, deck: str) -> None:
        """Change a script together with its deck."""
        self._write(f"snippets/s{deck.partition('-')[0][1:]}.py", f"print('state {self.saves}.')\n")
        self._edit(deck)

    def _rename(self, deck: str) -> None:
        if deck == STEADY:
            return self._edit(deck)
        new = f"{deck.partition('-')[0]}-{self.saves}"
        (self.folder / f"slides/{deck}.md").rename(self.folder / f"slides/{new}.md")
        self.states[new] = self.states.pop(deck)
        return self._edit(new)

    def _switch(self, deck: str) -> None:
        """Go to a branch on which every deck is another, and back."""
        self._commit()
        self._git("switch", "--quiet", "--force-create", "other")
        for path in [*self.folder.glob("slides/*.md"), *self.folder.glob("snippets/*.py")]:
            path.write_text(path.read_text("utf-8").replace("state", "branch"), "utf-8")
        self._commit()
        self._git("switch", "--quiet", "main")
        self._edit(deck)

    def _remove(self, deck: str) -> None:
        while (self.folder / "build").exists():
            shutil.rmtree(self.folder / "build", ignore_errors=True)
        self._edit(deck)

    def _write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, "utf-8")

    def _commit(self) -> None:
        self._git("add", "--all")
        self._git("commit", "--quiet", "--allow-empty", "--message=state")

    def _git(self, *arguments: str) -> None:
        subprocess.run([*_GIT, *arguments], cwd=self.folder, check=True, capture_output=True)
