"""What is said on each page of a deck, and how long it takes."""

from __future__ import annotations

from deckwright.parse import parse_deck
from deckwright.present.outline import outline_of

SOURCE = """# One

<!-- 3 min -->

<!-- Say hello.

Then begin. -->

---

# Two

```python file=../a.py {1|2}
```

<!--
1.5 min

Slowly.
-->

---

<!-- class: lead -->

# Three
"""
TWO = SOURCE.split("\n---\n")[1].replace(" file=../a.py {1|2}", "\na")
BUILT = SOURCE.replace(SOURCE.split("\n---\n")[1], f"{TWO}\n---\n{TWO}")


def said(source: str, built: str) -> list[tuple[int, str, str, float]]:
    outline = outline_of(parse_deck("slides/a.md", source), parse_deck("slides/a.md", built))
    return [(each.number, each.title, each.text, each.minutes) for each in outline]


def test_minutes_are_no_notes_and_steps_are_one_slide() -> None:
    assert said(SOURCE, BUILT) == [
        (1, "One", "Say hello.\n\nThen begin.", 3.0),
        (2, "Two", "Slowly.", 1.5),
        (2, "Two", "Slowly.", 1.5),
        (3, "Three", "", 0.0),
    ]


def test_what_only_says_a_time_is_named_so_that_a_page_can_hide_it() -> None:
    outline = outline_of(parse_deck("slides/a.md", SOURCE), parse_deck("slides/a.md", BUILT))
    assert [each.times for each in outline] == [("3 min",), ("1.5 min",), ("1.5 min",), ()]


def test_the_pages_of_a_deck_that_was_edited_since_count_one_by_one() -> None:
    assert [number for number, *_ in said(SOURCE.replace("{1|2}", ""), BUILT)] == [1, 2, 3, 4]
    assert said("", "# A\n\n<!-- 两 -->\n") == [(1, "A", "两", 0.0)]
