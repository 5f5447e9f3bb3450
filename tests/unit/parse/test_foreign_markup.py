"""Markup of other tools is a warning at its place; what means itself is none."""

from __future__ import annotations

import pytest

from deckwright.parse import parse_deck
from support.cost import MOST, growth


def found(text: str) -> list[tuple[int, str]]:
    """Return line and text of each place with foreign markup."""
    places = ((d.source, d.location) for d in parse_deck("slides/a.md", text).diagnostics)
    return [(at.line, source[at.column - 1 :][: at.length]) for source, at in places]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("> [!NOTE]\n> text", (1, "[!NOTE]")),
        ("- a\n\n  > [!warning]- Title\n  > text", (3, "[!warning]-")),
        (":::tip\nText\n:::", (1, ":::tip")),
        ("::: {.columns}\n\ntext\n\n:::", (1, "::: {.columns}")),
        ('!!! note "Title"\n    text', (1, '!!! note "Title"')),
        ("??? tip\n    text", (1, "??? tip")),
        ('=== "Tab"\n\ntext', (1, '=== "Tab"')),
        ("a\n\nText[^1]", (3, "[^1]")),
        ("`[^1]` in a regex, and text.[^1]", (1, "[^1]")),
        ("a\n\n[^why]: because of this", (3, "[^why]:")),
        ("see[^why]\n\n[^why]: because", (1, "^why")),
        ("Text^[a note in the line].", (1, "^[a note in the line]")),
        ("| a |\n|---|\n| ==b== |", (3, "==b==")),
        ("这是==重点==内容", (1, "==重点==")),
        ("# Title {.lead}", (1, "{.lead}")),
        ("![A picture](a.png){width=50%}", (1, "{width=50%}")),
        ("[text]{.red} and more", (1, "{.red}")),
        ("a [[Wiki page]]", (1, "[[Wiki page]]")),
        ("![[picture.png]]", (1, "![[picture.png]]")),
        ("{{< youtube abc >}}", (1, "{{< youtube abc >}}")),
        ("{% include a.md %}", (1, "{% include a.md %}")),
        ("- [ ] open\n- [x] done", (1, "[ ]")),
        ("1. [x] done", (1, "[x]")),
        ("H~2~O", (1, "~2~")),
        ("x^2^ grows", (1, "^2^")),
        ("# A\n\n???\n\nnotes\n\n---\n\n# B", (3, "???")),
        ("# A\n\n- a\n???\nnotes", (4, "???")),
        ("a\n\n--\n\nb", (3, "--")),
        ("[TOC]", (1, "[TOC]")),
        ("@[toc]", (1, "@[toc]")),
        ("[[toc]]", (1, "[[toc]]")),
        ("Term\n: what it means", (2, ": what it means")),
        (":material-account: text", (1, ":material-account:")),
        (".center[text]", (1, ".center[")),
        ("# A\n\n---\nclass: middle, center\n\n# B", (4, "class: middle, center")),
        ("# A\n\n---\nlayout: cover\n---\n\n# B", (4, "layout: cover")),
        ("<!-- a comment -->\n\n---\nmarp: true\ntheme: gaia\n---\n\n# B", (4, "marp: true")),
        ("\n# A\n---\nmarp: true\npaginate: true\n---\n# B", (4, "marp: true")),
        ("\\begin{itemize}\n\\item a\n\\end{itemize}", (1, "\\begin{itemize}")),
        ("\\newpage", (1, "\\newpage")),
        ("@[youtube](abc)", (1, "@")),
        ("!!! warning\n    text", (1, "!!! warning")),
        ('!!! theorem "Pythagoras"', (1, '!!! theorem "Pythagoras"')),
        ("```bash exec\nls\n```", (1, "exec")),
        ("```js exec\n1\n```", (1, "exec")),
        ("```plantuml\na -> b\n```", (1, "plantuml")),
        ("```math\nx\n```", (1, "math")),
        ("```Mermaid\ngraph TD\n```", (1, "Mermaid")),
        ("```{python}\n1\n```", (1, "{python}")),
        ("```{.python .numberLines}\n1\n```", (1, "{.python .numberLines}")),
    ],
)
def test_what_marp_shows_as_it_is_written_is_a_warning(text: str, place: tuple[int, str]) -> None:
    assert found(text) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "`[^1]`, `==a==`, `:::tip` and `{{< a >}}`",
        "```\n> [!NOTE]\n:::tip\n[^1]: a\n- [ ] b\n```",
        "    :::tip",
        "$x^2^ ==y== [^1]$",
        "$$\n\\begin{align} a \\end{align}\n$$",
        "<!--\n???\n:::tip\n[^1]: a\n-->",
        "<div>\n:::tip ==a==\n</div>",
        "\\[^1] and \\==a== and \\[[page]]",
        "> \\[!NOTE]\n> text",
        "matches a[^b], [^0-9] and [^1]*",
        "a == b and c == d; a==b or c==d",
        "x = [[1, 2], [3, 4]], a[[i]], d[['k']]",
        "from 1~2~3 to ~5 and ~~gone~~",
        "a^b^c and 2^10",
        "a set {a, b} and {x = 1}",
        "# Questions\n\n???\n\n---\n\n# Next",
        "Why???",
        "A -- B\n\n---\n\n# C",
        "Title\n--\n\ntext",
        "- [x](a.md) a link\n- [1] a number",
        "He said: yes\nand so: no",
        "---\nlayout: x\n---\n\n# Front matter",
        "# A\n\n---\n\nnote: this is text",
        ":smile: and :tada:",
        "me@example.org and [me](mailto:me@example.org)",
        "<p class='a'>{.a} text</p>",
        "```js {1,3}\n1\n```",
        "```\n@startuml\n```",
        "```mermaid\ngraph TD; A-->B\n```",
        "```plantuml no-draw\na -> b\n```",
        "```vega-lite\n{}\n```\n\n<script>draw('vega-lite')</script>",
        "```bash\nexec ls\n```",
        'a === "b"',
        "!!! Attention please",
        "??? What is that",
        "!!! Notes are online",
        "ask @[octocat](https://github.com/octocat)",
        "use [[nodiscard]] and [[gnu::likely]] and [[deprecated(1)]]",
        ".iloc[0] is the first row",
        "*Rows:*\n.loc[rows, columns]",
        "# A\n\n---\n\nclass: a plan for objects\n\n# B",
        "# A\n\n---\n\nimage: what is seen\n---\n\n# B",
        "see: [[1]](#a)",
    ],
)
def test_what_means_itself_is_no_finding(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("see[^1]\n\n[^1]: Knuth", ()),
        ("see[^knuth] and [it](a.md)\n\n[^knuth]: book", ("slides/a.md",)),
        ("see [the book][1]\n\n[1]: book.pdf", ("slides/book.pdf",)),
    ],
)
def test_a_footnote_of_one_word_names_no_file(text: str, files: tuple[str, ...]) -> None:
    assert parse_deck("slides/a.md", text).files == files


def test_a_form_counts_once_per_slide() -> None:
    assert found("a[^1] b[^2]\n\nc[^3]\n\n---\n\nd[^4] ==e==") == [(1, "[^1]"), (7, "[^4]"), (7, "==e==")]


def test_looking_for_it_takes_time_in_proportion() -> None:
    pieces = "[^1 ==a [[b {.c ~d^ {{< {% ::: ^[ x \\begin{ @[ "
    assert growth(found, lambda size: pieces * size, 200) < MOST
