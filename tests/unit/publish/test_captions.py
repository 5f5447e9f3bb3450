"""Where the captions of code lead on the slides of a site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckwright.compose.compose import compose
from deckwright.formats import Lecture
from deckwright.model import Caption, Record
from deckwright.project.settings import PublishSettings
from deckwright.publish.captions import SiteCaptions, scripts_alone
from deckwright.publish.sources import Sources, files_read
from support.course import course_of, deck_of
from support.fakes import MemoryFiles

FILES = {
    "snippets/01/a b.py": "print(1)\n",
    "figures/draw.py": "print(2)\n",
    "data/q.sql": "SELECT 1;\n",
}
DECK = """\
```python file="../snippets/01/a b.py"
```

```python file=../figures/draw.py
```

```sql file=../data/q.sql
```
"""
REPOSITORY = PublishSettings(repository="https://github.com/a/b")
COLAB = PublishSettings(colab="https://github.com/a/b/tree/gh-pages")


def lecture(deck: str = "slides/one.md") -> Lecture:
    course = course_of(DECK, FILES)
    return Lecture(replace(deck_of(course), path=deck), compose(deck_of(course), course, {}), course, {}, {})


@pytest.mark.parametrize(
    ("path", "settings", "address"),
    [
        ("snippets/01/a b.py", PublishSettings(), "../scripts/01/a%20b.html"),
        ("snippets/01/a b.py", REPOSITORY, "../scripts/01/a%20b.html"),
        ("figures/draw.py", REPOSITORY, "https://github.com/a/b/blob/HEAD/figures/draw.py"),
        ("figures/draw.py", PublishSettings(), "../kit/one.zip"),
        ("data/q.sql", REPOSITORY, "https://github.com/a/b/blob/HEAD/data/q.sql"),
        ("data/q.sql", PublishSettings(), ""),
    ],
)
def test_the_page_of_a_script_comes_first(path: str, settings: PublishSettings, address: str) -> None:
    name = path.rpartition("/")[2]
    assert SiteCaptions(settings, ())(lecture(), path) == Caption(name, address)


def test_from_a_deck_in_a_folder() -> None:
    captions = SiteCaptions(PublishSettings(), ())
    assert (
        captions(lecture("slides/part/one.md"), "snippets/01/a b.py").address == "../../scripts/01/a%20b.html"
    )


def test_colab_has_what_runs_there() -> None:
    captions = SiteCaptions(COLAB, {"snippets/01/a b.py"})
    start = "https://colab.research.google.com/github/a/b/blob/gh-pages/notebook/one"
    assert captions(lecture(), "snippets/01/a b.py").colab == f"{start}/a%20b.ipynb"
    assert captions(lecture(), "figures/draw.py").colab == ""
    assert captions(lecture(), "data/q.sql").colab == ""


def test_scripts_that_read_no_other_file() -> None:
    course = course_of(DECK, FILES)
    reads = {"snippets/01/a b.py": {"snippets/01/a b.py": "1", "/usr/lib/x": "2", "$HOME": "3"}}
    reads["figures/draw.py"] = {"data/q.sql": "4"}
    records = {job: files_read(Record(job, "", {}, read, {}, 1.0)) for job, read in reads.items()}
    sources = Sources(course, MemoryFiles({}), records)
    assert scripts_alone(sources) == {"snippets/01/a b.py"}
