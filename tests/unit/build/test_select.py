"""A name means references: a deck's, a slide's, a script's, a region's, a figure's, or one case."""

import pytest

from deckwright.build.cases import cases_of
from deckwright.build.select import select
from deckwright.errors import ConfigError
from support.course import DECK, SCRIPT, course_of, deck_of

TEXT = """\
# One

```python file=../snippets/a.py#r
```

```text output=../snippets/a.py#r
```

---

# Two

[1](../snippets/a.py#x) ![f](../figures/f.svg)

```python exec
print(1)
```

```text output
```

```python
unverified
```
"""
SCRIPTS = {SCRIPT: "# region r\nprint(1)\n# endregion r\nx = 1\n", "figures/f.py": "draw()\n"}
COURSE = course_of(TEXT, SCRIPTS)


@pytest.mark.parametrize(
    ("name", "lines", "jobs"),
    [
        (DECK, [3, 6, 13, 13, 15, 19, 22], [SCRIPT, "figures/f.py", DECK]),
        (f"{DECK}::slide-1", [3, 6], [SCRIPT]),
        (f"{DECK}::slide-1::a.py#r:output", [6], [SCRIPT]),
        (SCRIPT, [3, 6, 13], [SCRIPT]),
        (f"{SCRIPT}#r", [3, 6], [SCRIPT]),
        (f"{SCRIPT}#x", [13], [SCRIPT]),
        ("figures/f.svg", [13], ["figures/f.py"]),
        ("figures/f.py", [13], ["figures/f.py"]),
    ],
)
def test_a_name_means(name: str, lines: list[int], jobs: list[str]) -> None:
    chosen = select(COURSE, [name])
    assert [reference.location.line for reference in deck_of(chosen).references] == lines
    assert sorted(chosen.jobs) == sorted(jobs)
    assert list(chosen.figures) == (["figures/f.svg"] if "figures/f.py" in jobs else [])


def test_names_add_up() -> None:
    chosen = select(COURSE, ["figures/f.svg", f"{SCRIPT}#r"])
    assert len(deck_of(chosen).references) == 3


def test_every_case_of_a_reference_is_a_name() -> None:
    for case in cases_of(COURSE, {}, ()):
        if case.name != "slide":
            assert [r.location.line for r in deck_of(select(COURSE, [case.id])).references] == [case.line]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        (f"{SCRIPT}#rr", f"did you mean {SCRIPT}#r?"),
        ("a.py#x", f"did you mean {SCRIPT}#x?"),
        (f"{DECK}::slide-1::a.py#r:outptu", f"did you mean {DECK}::slide-1::a.py#r:output?"),
        ("?", "name a deck, a case, a script, a region or a figure"),
    ],
)
def test_what_means_nothing_is_a_mistake(name: str, hint: str) -> None:
    with pytest.raises(ConfigError) as raised:
        select(COURSE, [name])
    assert raised.value.hint == hint
