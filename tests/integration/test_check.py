"""`deckwright check` names every planted fault, at its line, and only those; what it tells, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from integration.in_process import deckwright
from integration.shell import Ran, report_of, write

pytestmark = pytest.mark.integration

FRONT = """---
marp: true
footer: A course on everything
paginate: true
style: |
  .columns { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; height: 360px }
  .columns > div { overflow: hidden }
---

"""
BULLETS = "\n".join(f"- point {number}" for number in range(1, 25))
LINES = "value = compute(value)\n" * 25
COLUMNS = 20
TABLE = "|" + "heading|" * COLUMNS + "\n|" + "-|" * COLUMNS + "\n|" + "content|" * COLUMNS
FORMULA = " + ".join(f"x_{{{number}}}" for number in range(80))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><circle r="{0}" fill="navy"/></svg>\n'

SLIDES = (
    "# No proof\n\n«unverified-code»```python\nx = 1\n```",
    "# Old code\n\n«drifted»```python file=../snippets/sums.py#add\nprint(1 + 1)\n```",
    "# Old output\n\n«drifted»```text output=../snippets/sums.py#add\n6\n```",
    "# Old value\n\nIt is «drifted»[6](../snippets/sums.py#total).",
    "# Old figure\n\n«drifted»![w:600 A dot](../figures/dot.svg)",
    "# It fails\n\n```text output=../snippets/fails.py#r\n```",
    "# It ends before\n\n«never-ran»```text output=../snippets/ends.py#late\n```",
    "# It needs a GPU\n\n«never-ran»```text output=../snippets/gpu.py#r\n2\n```",
    "# Not alone\n\n«not-alone»```text output=../snippets/beside.py#r\nTrue\n```",
    f"# Too much\n\n«overflow»{BULLETS}",
    '# Columns\n\n<div class="columns"><div>\n\nleft\n\n</div><div>\n\n'
    f'«clipped»```python no-exec="long"\n{LINES}```\n\n</div></div>',
    f"# A wide formula\n\n«too-wide»${FORMULA}$",
    f"# A wide formula that Marp shrinks\n\n«too-small»$$ {FORMULA} $$",
    f"# A wide table\n\n«too-wide»{TABLE}",
    '# Under the footer\n\n«covered»<div style="position: absolute; left: 30px; bottom: 20px">low text</div>',
    '# Small print\n\n«too-small»<p style="font-size: 8px">what nobody shall read</p>',
    '# Pale\n\n«low-contrast»<p style="color: #bbb">hardly there</p>',
    "# No font\n\n«missing-glyph»தமிழ்",
    '# Nobody hears\n\n«inaccessible»<iframe srcdoc="a page" width="600"></iframe>',
    "# Nobody hears this, either\n\n«missing-alt»![w:600](drawn.svg)",
    "# No room\n\n«cut-figure»![w:600 A line](../figures/legend.svg)",
    "# An empty box\n\n«empty-output»```text output=../snippets/shows.py#r\n```",
    "# No such picture\n\n«missing-file»![w:600 A picture](images/nothing.png)",
    "# A formula that fails\n\n«broken-formula»The half is $\\frca{1}{2}$.",
    "# A broken picture\n\n«broken-picture»![w:600 A picture](images/broken.svg)",
    "# As written\n\n«foreign-markup»:::tip",
    "# From elsewhere\n\n«remote-resource»![w:600 A picture](https://example.invalid/a.png)",
    f'# What is hidden is no fault\n\n<div style="display: none">\n\n{BULLETS}\n\n</div>',
)
"""A fault each, at the line that «its slug» marks; the last slide has none."""

WARNED = ("cut-figure", "empty-output", "foreign-markup")
"""What is only a warning, for a check as well."""

FAILED = [
    number for number, slide in enumerate(SLIDES[:-1], 1) if not any(f"«{slug}»" in slide for slug in WARNED)
]
"""Numbers of the slides that fail a check."""

CLEAN = """\
# Nothing is wrong

```python file=../snippets/sums.py#add
print(2 + 3)
```

```text output=../snippets/sums.py#add
5
```

It is [5](../snippets/sums.py#total).

---

# Pictures

![w:600 A square](../figures/square.svg)

```python no-exec="an idea"
idea()
```
"""

FILES = {
    "pyproject.toml": "[tool.deckwright.marp]\nhtml = true\n",
    "slides/drawn.svg": SVG.format(90),
    "slides/images/broken.svg": SVG.format(90).replace("</svg>", ""),
    "slides/clean.md": CLEAN,
    "slides/faults.md": FRONT + "\n\n---\n\n".join(SLIDES) + "\n",
    "slides/theme.md": "---\ntheme: «missing-theme»none\n---\n\n# Theme\n",
    "snippets/sums.py": "# region add\nprint(2 + 3)\n# endregion add\ntotal = 5\n",
    "snippets/fails.py": "# region r\n«snippet-failed»1 / 0\n# endregion r\n",
    "snippets/ends.py": "import sys\n\nsys.exit(0)\n# region late\nprint(1)\n# endregion late\n",
    "snippets/gpu.py": """
        # /// script
        # [tool.deckwright]
        # device = "cuda"
        # ///
        # region r
        print(2)
        # endregion r
        """,
    "snippets/beside.py": "import os\n\n# region r\nprint(os.path.exists('beside.py'))\n# endregion r\n",
    "figures/dot.svg": SVG.format(10),
    "figures/dot.py": "import matplotlib.pyplot as plt\n\nplt.plot([1, 2])\n",
    "snippets/shows.py": "# region r\nimport pylab as p\np.plot([1])\np.show()\n# endregion r\n",
    "figures/legend.py": """
        import matplotlib.pyplot as plt

        plt.figure(figsize=(5, 3))
        plt.plot([1, 2], label="training loss")
        plt.legend(bbox_to_anchor=(1.02, 1), fontsize=16)
        plt.tick_params(labelsize=16)
        """,
    "figures/square.py": "import matplotlib.pyplot as plt\n\nplt.plot([1, 2], [1, 1])\n",
}

NO_GPU = {"CUDA_VISIBLE_DEVICES": "", "GITHUB_ACTIONS": ""}

Place = tuple[str, int, str]
"""File, line and slug."""


def unmarked(text: str) -> str:
    return re.sub("«.*?»", "", text)


def planted(files: dict[str, str]) -> list[Place]:
    """Return where files say that something is wrong."""
    found = [
        (path, text[: mark.start()].removeprefix("\n").count("\n") + 1, mark[1])
        for path, text in files.items()
        for mark in re.finditer("«(.*?)»", text)
    ]
    return sorted(found)


def places_of(ran: Ran) -> list[Place]:
    """Return what a check with `--json` prints."""
    events = [event for event in ran.events if event["event"] == "diagnostic"]
    return sorted((event["path"], event["line"], event["slug"]) for event in events)


@dataclass(frozen=True, slots=True)
class Checked:
    """The faulty course, checked once with everything asked for."""

    folder: Path
    ran: Ran
    page: str
    """build/check/index.html, as that check left it."""
    pictures: frozenset[str]
    """The pictures that it left, as the page names them."""


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    folder = tmp_path_factory.mktemp("faulty")
    write(folder, {path: unmarked(text) for path, text in FILES.items()})
    options = ("--standalone", "--json", "--github", "--junit", "reports/junit.xml")
    ran = deckwright(folder, "check", *options, **NO_GPU)
    pictures = (path.relative_to(folder / "build") for path in folder.glob("build/check/**/*.png"))
    named = frozenset(f"../{quote(path.as_posix())}" for path in pictures)
    return Checked(folder, ran, (folder / "build/check/index.html").read_text("utf-8"), named)


# --- what is found ----------------------------------------------------------------------------


def test_every_planted_fault_is_named_at_its_line_and_nothing_else(checked: Checked) -> None:
    assert checked.ran.code == 1
    assert places_of(checked.ran) == planted(FILES)


def test_a_clean_deck_beside_stays_clean(checked: Checked) -> None:
    ran = deckwright(checked.folder, "check", "--standalone", "slides/clean.md", **NO_GPU)
    assert (ran.code, ran.err.count("error")) == (0, 0)
    assert ran.out.startswith("6 of 7 cases proved, 1 not run (with a reason) in ")


def test_without_standalone_no_script_runs_alone(checked: Checked) -> None:
    ran = deckwright(checked.folder, "check", "--json", **NO_GPU)
    assert places_of(ran) == [place for place in planted(FILES) if place[2] != "not-alone"]
    assert ran.names("tried") == []


def test_what_names_nothing_stops_the_check(tmp_path: Path) -> None:
    folder = write(tmp_path, {"slides/a.md": "# A\n\n```python file=../snippets/none.py\n```\n"})
    ran = deckwright(folder, "check", "--update-baseline", "--junit", "junit.xml")
    assert ran.code == 1
    assert "slides/a.md:3:11 error [missing-script] no file snippets/none.py" in ran.err
    assert failures(folder / "junit.xml") == {"none.py": "missing-script"}
    assert ran.out.startswith("0 of 2 cases proved; nothing ran: the sources have errors\n")
    assert not (folder / "deckwright-baseline.json").exists()
    assert "no file snippets/none.py" in (folder / "build/check/index.html").read_text()


def test_a_misspelt_deck_is_a_usage_error(checked: Checked) -> None:
    ran = deckwright(checked.folder, "check", "slides/cleen.md")
    assert (ran.code, ran.err) == (
        2,
        "error [config] no deck slides/cleen.md\nhint: did you mean slides/clean.md?\n",
    )


# --- where it is reported ---------------------------------------------------------------------


def failures(path: Path) -> dict[str, str]:
    """Return the failed cases of a JUnit file: name -> slug."""
    cases = ElementTree.parse(path).iter("testcase")
    found = ((case.attrib["name"], case.find("failure")) for case in cases)
    return {name: failure.attrib["type"] for name, failure in found if failure is not None}


def test_events_say_what_is_looked_at(checked: Checked) -> None:
    ran = checked.ran
    assert ran.names("measured") == ["slides/clean.md", "slides/faults.md", "slides/theme.md"]
    assert "snippets/beside.py" in ran.names("tried")
    assert (ran.events[-1]["event"], ran.events[-1]["good"]) == ("done", False)
    overflow = next(event for event in ran.events if event.get("slug") == "overflow")
    assert (overflow["slide"], overflow["picture"]) == (10, "check/faults/faults-10.png")
    assert overflow["message"].startswith('slide 10 "Too much": the list "')


def test_junit(checked: Checked) -> None:
    root = ElementTree.parse(checked.folder / "reports/junit.xml").getroot()
    suites = {suite.attrib["name"]: suite for suite in root}
    assert list(suites) == ["slides/clean.md", "slides/faults.md", "slides/theme.md"]
    assert suites["slides/clean.md"].attrib["failures"] == "0"
    failed = [case for case in suites["slides/faults.md"] if case.find("failure") is not None]
    assert [case.attrib["classname"] for case in failed if case.attrib["name"] == "slide"] == [
        f"slides/faults.md::slide-{number}" for number in FAILED if number >= 10
    ]
    assert sorted(case.attrib["classname"] for case in failed) == sorted(
        f"slides/faults.md::slide-{number}" for number in FAILED
    )
    text = failed[0].findtext("failure") or ""
    assert "slides/faults.md:" in text
    assert "hint: " in text


def test_annotations_are_at_the_lines(checked: Checked) -> None:
    shape = r"::(?:error|warning) file=(.+?),line=(\d+),col=\d+,endColumn=\d+,title=(.+?)::.+"
    found = [re.fullmatch(shape, line) for line in checked.ran.err.splitlines()]
    places = [(match[1], int(match[2]), match[3]) for match in found if match]
    assert len(places) == len(found)
    assert sorted(places) == planted(FILES)


def test_the_page_shows_every_fault_with_its_picture(checked: Checked) -> None:
    for path, line, slug in planted(FILES):
        severity = "warning" if slug in WARNED else "error"
        assert re.search(
            rf"{path}:{line}:\d+</code>\s*<span class=\"kind\">{severity} \[{slug}\]", checked.page
        )
    pictures = set(re.findall(r'src="(.*?)"', checked.page))
    assert len(pictures) >= 9
    assert pictures <= checked.pictures
    assert checked.page.count("<script") == 1
    assert re.search(r"<h2 id=\"deck-\d+\">slides/clean.md</h2>", checked.page)


def test_a_report_does_not_weigh_as_a_check_does(checked: Checked) -> None:
    slugs = [wrong["slug"] for wrong in report_of(checked.folder)["diagnostics"]]
    assert "unverified-code" not in slugs
    assert "snippet-failed" in slugs


# --- accepted diagnostics ---------------------------------------------------------------------

ACCEPTED = """# One

[//]: # (deckwright: accept unverified-code "it is only a sketch")

```python
x = 1
```

---

# Two

```python no-exec="needs a GPU farm"
train()
```
"""


def test_what_is_accepted_or_not_run_is_neither_proved_nor_failed(tmp_path: Path) -> None:
    folder = write(tmp_path, {"slides/a.md": ACCEPTED})
    ran = deckwright(folder, "check", "--junit", "build/junit.xml")
    assert ran.code == 0
    assert "error" not in ran.err
    assert "2 of 4 cases proved, 1 accepted, 1 not run (with a reason) in " in ran.out
    skipped = ElementTree.parse(folder / "build/junit.xml").iter("skipped")
    assert [each.get("message") for each in skipped] == [
        "accepted: it is only a sketch",
        "not run: needs a GPU farm",
    ]
    assert report_of(folder)["totals"]["not_run"] == 1
    assert "1 block not run, with a reason\n" in deckwright(folder, "build").out
    assert deckwright(folder, "plan").out == "nothing to run, 1 block not run, with a reason\n"
    write(folder, {"slides/a.md": ACCEPTED.replace("x = 1", "").replace("```python\n\n```", "")})
    ran = deckwright(folder, "check")
    assert (ran.code, "slides/a.md:3:1 warning [unused-acceptance]" in ran.err) == (0, True)


# --- allowed diagnostics, and the baseline -----------------------------------------------------

PROSE = "# One\n\n```python\nx = 1\n```\n"
TWO = PROSE + "\n---\n\n# Two\n\n```python\ny = 1\n```\n"


def test_what_is_allowed_is_only_warned_of(tmp_path: Path) -> None:
    folder = write(tmp_path, {"slides/a.md": PROSE})
    assert deckwright(folder, "check").code == 1
    ran = deckwright(folder, "check", "--allow", "unverified-code")
    assert ran.code == 0
    assert "slides/a.md:3:4 warning [unverified-code]" in ran.err
    write(folder, {"pyproject.toml": '[tool.deckwright]\nallow = ["unverified-code"]\n'})
    assert deckwright(folder, "check").code == 0


def test_a_baseline_starts_green_and_only_gets_better(tmp_path: Path) -> None:
    folder = write(tmp_path, {"slides/a.md": PROSE, "slides/b.md": PROSE})
    ran = deckwright(folder, "check", "--update-baseline")
    assert (ran.code, ran.out) == (0, "deckwright-baseline.json accepts 2 diagnostics\n")
    ran = deckwright(folder, "check")
    assert (ran.code, ran.err) == (0, "")
    assert "2 diagnostics known to the baseline\n" in ran.out

    write(folder, {"slides/a.md": TWO})  # one more is red, and only that is reported
    ran = deckwright(folder, "check", "--json")
    assert (ran.code, places_of(ran)) == (1, [("slides/a.md", 11, "unverified-code")])

    write(folder, {"slides/a.md": "# One\n"})  # what is fixed is counted until it is forgotten
    baseline = (folder / "deckwright-baseline.json").read_bytes()
    ran = deckwright(folder, "check")
    assert "1 diagnostic of the baseline fixed: update it with --update-baseline\n" in ran.out
    assert (folder / "deckwright-baseline.json").read_bytes() == baseline
    ran = deckwright(folder, "check", "slides/a.md", "--update-baseline")
    assert ran.out == "deckwright-baseline.json accepts 1 diagnostic (before: 2)\n"
    write(folder, {"slides/a.md": PROSE})
    assert deckwright(folder, "check").code == 1

    write(folder, {"slides/a.md": "# One\n", "slides/b.md": "# One\n"})
    ran = deckwright(folder, "check", "--update-baseline")
    assert ran.out == "deckwright-baseline.json accepts 0 diagnostics (before: 1)\n"
    assert not (folder / "deckwright-baseline.json").exists()


# --- an upgrade, and a second check -----------------------------------------------------------

PRINTED = {
    "slides/a.md": """
        # Loss

        ```text output=../snippets/a.py#loss
        loss 0.3679
        ```

        It is [0.368](../snippets/a.py#loss "{:.3f}").
        """,
    "snippets/a.py": "loss = 0.3679\n# region loss\nprint('loss', loss)\n# endregion loss\n",
}


def upgraded(folder: Path, loss: str) -> None:
    """Let the script print what it would after an upgrade."""
    write(folder, {"snippets/a.py": PRINTED["snippets/a.py"].replace("0.3679", loss)})


def test_an_upgrade_may_nudge_the_last_digit_and_no_more(tmp_path: Path) -> None:
    folder = write(tmp_path, PRINTED)
    assert deckwright(folder, "check").code == 0
    upgraded(folder, "0.36798")
    ran = deckwright(folder, "check")
    assert (ran.code, ran.err.count("drifted")) == (0, 0)
    upgraded(folder, "0.3812")
    ran = deckwright(folder, "check", "--json")
    assert (ran.code, places_of(ran)) == (1, [("slides/a.md", 3, "drifted"), ("slides/a.md", 7, "drifted")])
    assert deckwright(folder, "sync", "--check").code == 1
    ran = deckwright(folder, "sync", "--yes")
    assert "-loss 0.3679\n+loss 0.3812\n" in ran.out
    assert deckwright(folder, "check").code == 0
    assert deckwright(folder, "sync", "--check").code == 0


def test_results_are_accepted_reference_by_reference(tmp_path: Path) -> None:
    files = {**PRINTED, "slides/b.md": '# B\n\n[0.368](../snippets/a.py#loss "{:.3f}")\n'}
    files |= {name: FILES[name] for name in ("figures/dot.py", "figures/dot.svg")}
    files["slides/b.md"] += "\n![A dot](../figures/dot.svg)\n"
    folder = write(tmp_path, files)
    upgraded(folder, "0.3812")
    ran = deckwright(folder, "sync", "--check", "slides/a.md::slide-1::a.py#loss:output")
    assert (ran.code, ran.out.count("\n-"), "+loss 0.3812" in ran.out) == (1, 1, True)
    ran = deckwright(folder, "sync", "--yes", "snippets/a.py#loss")
    assert ran.out.endswith("2 files accepted\n")
    assert "figures/dot" not in ran.out + ran.err  # it was not asked for, so it did not run
    ran = deckwright(folder, "sync", "--check", "figures/dot.svg")
    assert re.match(r"figures/dot\.svg: changed: it was \d+ bytes, now it is [\d.]+ KiB\n", ran.out)
    deckwright(folder, "check")
    ran = deckwright(folder, "sync", "--yes", "figures/dot.svg")
    assert "it was 600 by 400 pixels" in ran.out
    assert "see build/check/figures/dot/difference.png" in ran.out
    assert deckwright(folder, "check").code == 0


def test_sync_of_a_name_that_means_nothing_is_a_usage_error(tmp_path: Path) -> None:
    folder = write(tmp_path, PRINTED)
    ran = deckwright(folder, "sync", "snippets/a.py#lose")
    assert ran.code == 2
    assert (
        "nothing on a slide is called snippets/a.py#lose\nhint: did you mean snippets/a.py#loss?" in ran.err
    )
    ran = deckwright(folder, "sync", "slides/b.md")
    assert (ran.code, "did you mean slides/a.md?" in ran.err) == (2, True)


def test_a_second_check_starts_nothing_and_tells_the_same(checked: Checked) -> None:
    options = ("check", "--standalone", "--json")
    deckwright(checked.folder, *options, **NO_GPU)
    again = deckwright(checked.folder, *options, **NO_GPU)
    assert again.code == 1
    assert places_of(again) == planted(FILES)
    assert {event["event"] for event in again.events} == {"diagnostic", "done"}
