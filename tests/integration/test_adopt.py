"""Plain decks in many styles become executable, and nothing that is not touched changes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from deckwright.adopt import FENCE_SECONDS, Adoption, Wanted, adopt_deck
from deckwright.build.context import Context
from deckwright.model import Request
from deckwright.project.project import find_project
from deckwright.wiring import open_ports
from integration.in_process import deckwright
from integration.shell import write
from support.cases import CASES
from support.course import described
from support.fakes import FakeRenderer

pytestmark = pytest.mark.integration

DECKS = sorted((CASES / "adopt").glob("*.md"))
SESSIONS = sorted((CASES / "sessions").glob("*.md"))
"""Decks whose fences become several."""


def adopted(
    root: Path, deck: str, extract: bool = False, localise: bool = False, seconds: float = FENCE_SECONDS
) -> Adoption:
    """Adopt a deck with real processes; slides are not rendered."""
    project = find_project(root, (str(root / deck),))
    ports = replace(open_ports(project, "cpu", 1), renderer=FakeRenderer(root / "build").warm)
    return adopt_deck(
        Context(project, ports, Request((str(root / deck),))),
        Wanted(extract, localise, fence_seconds=seconds),
    )


def write_changes(root: Path, adoption: Adoption) -> None:
    for path, change in adoption.changes.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(change.after)


def others(adoption: Adoption, deck: str) -> Adoption:
    """Return the changes of all files but the deck, which is written last."""
    return replace(adoption, changes={k: v for k, v in adoption.changes.items() if k != deck})


# --- styles of decks -------------------------------------------------------------------------------


@pytest.mark.parametrize("deck", [*DECKS, *SESSIONS], ids=lambda deck: deck.stem)
def test_style(deck: Path, tmp_path: Path, accepting: bool) -> None:
    (tmp_path / "slides").mkdir()
    shutil.copy(deck, tmp_path / "slides")
    made = adopted(tmp_path, f"slides/{deck.name}")
    write_changes(tmp_path, made)
    text = (tmp_path / "slides" / deck.name).read_bytes()
    diagnostics = described(made.diagnostics) + "\n"
    expected, requirements = (deck.parent / "expected" / f"{deck.stem}{suffix}" for suffix in (".md", ".txt"))
    if accepting:
        expected.write_bytes(text)
        requirements.write_text(diagnostics, "utf-8")
    assert text == expected.read_bytes()
    assert diagnostics == requirements.read_text("utf-8")
    again = adopted(tmp_path, f"slides/{deck.name}")
    assert again.changes == {}


@dataclass(frozen=True, slots=True)
class Extracted:
    """A project with all decks, each adopted with a script of its own, and how it was built."""

    root: Path
    scripts: Mapping[str, str]
    """Of each deck, the path of its script."""
    errors: tuple[str, ...]
    """The errors and drifts that the build printed."""


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Extracted:
    root = tmp_path_factory.mktemp("extracted")
    (root / "slides").mkdir()
    scripts = {}
    for deck in DECKS:
        shutil.copy(deck, root / "slides")
        made = adopted(root, f"slides/{deck.name}", extract=True)
        write_changes(root, made)
        (scripts[deck.stem],) = (path for path in made.changes if path.endswith(".py"))
    report = deckwright(root, "build", "--to", "html")
    rows = (row for row in report.err.splitlines() if "error [" in row or "[drifted]" in row)
    return Extracted(root, scripts, tuple(rows))


@pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.stem)
def test_an_extracted_program_runs_alone_and_is_what_the_deck_shows(
    extracted: Extracted, deck: Path, tmp_path: Path
) -> None:
    script = shutil.copy(extracted.root / extracted.scripts[deck.stem], tmp_path)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    text = Path(script).read_text("utf-8")
    assert (done.returncode == 0) or "#| raises" in text, done.stderr
    before, after = deck.read_bytes(), (extracted.root / "slides" / deck.name).read_bytes()
    moved = before.count(b"from __future__")
    assert len(after.splitlines()) == len(before.splitlines()) + after.count(b"#| raises") - moved


def test_a_build_of_extracted_programs_shows_what_the_decks_show(extracted: Extracted) -> None:
    # The output in this deck was never printed, which the build reports.
    assert sorted(row.partition(":")[0] for row in extracted.errors) == ["slides/redefined.md"]


@pytest.mark.parametrize("deck", SESSIONS, ids=lambda deck: deck.stem)
def test_a_session_is_proved_in_place_and_as_a_script(deck: Path, tmp_path: Path) -> None:
    for extract in (False, True):
        root = tmp_path / str(extract)
        (root / "slides").mkdir(parents=True)
        shutil.copy(deck, root / "slides")
        write_changes(root, adopted(root, f"slides/{deck.name}", extract=extract))
        report = deckwright(root, "build", "--to", "html")
        assert report.code == 0, report.err
        assert "[drifted]" not in report.err


# --- the command ------------------------------------------------------------------------------

FAULTY = {
    "slides/lecture.md": """
        ---
        marp: true
        ---

        # 线性层

        ```python
        linear = nn.Linear(5,3）
        print(linear.weight.shape)
         ```

        * torch.matmal, torch.add

        ---

        # The output

        ```python
        x = torch.ones(2, 3)
        print(x.shape)
        ```

        ```
        torch.Size([2, 3])
        ```

        ```python
        y = x @ w
        ```

        ---

        # Too full

        * one
        * two

        ![w:300](images/gone.png)

        ![bg right:20%](https://example.org/far/away.png)
        """
    + "\n".join(f"        * line {number}\n" for number in range(20)),
}


def test_all_faults_of_a_deck_are_reported(tmp_path: Path) -> None:
    write(tmp_path, FAULTY)
    before = (tmp_path / "slides/lecture.md").read_bytes()
    ran = deckwright(tmp_path, "adopt", "slides/lecture.md", "--check")
    assert ran.code == 1
    assert (tmp_path / "slides/lecture.md").read_bytes() == before
    for text in (
        "slides/lecture.md:8:23 error [syntax-error] Python cannot read this: invalid character '）'",
        "hint: U+FF09 is a full-width right parenthesis: write `)`",
        "slides/lecture.md:12:3 warning [wrong-name] module 'torch' has no attribute 'matmal'",
        "hint: did you mean 'matmul'?",
        "slides/lecture.md:19:5 warning [missing-import] 'torch' is used and never imported: `import torch`",
        "slides/lecture.md:28:9 error [undefined-name] 'w' is used and never bound",
        'slide 3 "Too full" shows a picture that is not there: slides/images/gone.png',
        'slide 3 "Too full" shows a picture from the network: https://example.org/far/away.png',
        '[overflow] slide 3 "Too full": the list "line 1 line 2',
    ):
        assert text in ran.err
    assert "[overflow] slide 1" not in ran.err
    assert "+```text output" in ran.out
    assert "+![w:300 Too full: gone](images/gone.png)\n\\ proposed: a text alternative" in ran.out
    assert "3 Python fences: 1 runs, 2 do not run" in ran.out


PLAIN = {"slides/plain.md": "# A\n\n```python\nprint(1)\n```\n\n```\n1\n```\n"}


def test_slides_are_those_that_the_settings_make(tmp_path: Path) -> None:
    text = "# Raises\n\nThis raises NameError.\n\n## Next\n\n```python\nprint(y)\n```\n"
    write(tmp_path, {"slides/a.md": text, ".marprc.yml": "options: {headingDivider: 2}\n"})
    made = adopted(tmp_path, "slides/a.md")
    assert [(diagnostic.slug, diagnostic.location.line) for diagnostic in made.diagnostics] == [
        ("undefined-name", 8)
    ]


def test_only_figures_that_nothing_describes_get_a_description(tmp_path: Path) -> None:
    names = ("said.svg", "mute.svg", 'said.svg "device: cpu"', "gone.svg")
    slides = [f"# A\n\n![](../figures/{name})\n" for name in names]
    cell = "# %% {0}\n#| label: {0}\n{1}plt.plot([1])\n"
    script = "import matplotlib.pyplot as plt\n" + cell.format("said", "#| fig-alt: A line\n")
    script += cell.format("mute", "")
    write(tmp_path, {"slides/a.md": "\n---\n\n".join(slides), "snippets/a.py": script})
    made = adopted(tmp_path, "slides/a.md")
    assert [(each.slug, each.location.line) for each in made.diagnostics] == [
        ("missing-alt", 9),
        ("missing-file", 21),
        ("missing-alt", 21),
        ("missing-figure", 21),
    ]
    after = made.changes["slides/a.md"].after.decode()
    assert [line for line in after.splitlines() if line.startswith("!")] == [
        "![](../figures/said.svg)",
        "![A: mute](../figures/mute.svg)",
        '![](../figures/said.svg "device: cpu")',
        "![A: gone](../figures/gone.svg)",
    ]


def test_it_asks_before_it_writes(tmp_path: Path) -> None:
    write(tmp_path, PLAIN)
    deck = tmp_path / "slides/plain.md"
    before = deck.read_text("utf-8")
    ran = deckwright(tmp_path, "adopt", "slides/plain.md", stdin="n\n")
    assert (ran.code, deck.read_text("utf-8")) == (0, before)
    assert "Write slides/plain.md? [Y/n]" in ran.out
    ran = deckwright(tmp_path, "adopt", "slides/plain.md", stdin="y\n")
    assert (ran.code, ran.out[-22:]) == (0, "wrote slides/plain.md\n")
    assert deck.read_text("utf-8") == before.replace("```python", "```python exec").replace(
        "```\n1", "```text output\n1"
    )
    ran = deckwright(tmp_path, "adopt", "slides/plain.md", "--check")
    assert (ran.code, ran.out) == (0, "1 Python fence: 1 runs\nnothing to change\n")
    assert deckwright(tmp_path, "build", "slides/plain.md", "--to", "html").code == 0


def test_a_script_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path, {**PLAIN, "snippets/plain.py": "mine = 1\n"})
    ran = deckwright(tmp_path, "adopt", "slides/plain.md", "--extract", "--yes")
    assert ran.code == 2
    assert "snippets/plain.py already exists" in ran.err
    assert (tmp_path / "snippets/plain.py").read_text("utf-8") == "mine = 1\n"


@pytest.mark.parametrize("deck", ["random", "numpy", "absent"])
def test_a_script_takes_no_name_of_a_module(tmp_path: Path, deck: str) -> None:
    text = "# A\n\n```python\nimport random, numpy\nprint(1)\n```\n\n```python\nimport absent\n```\n"
    write(tmp_path, {f"slides/{deck}.md": text})
    made = adopted(tmp_path, f"slides/{deck}.md", extract=True)
    assert f"snippets/{deck}_code.py" in made.changes


def test_what_ends_at_a_limit_has_that_as_its_reason(tmp_path: Path) -> None:
    """The traceback is only of the interrupt."""
    write(tmp_path, {"slides/plain.md": "# A\n\n```python\nx = bytearray(5 << 30)\nprint(x)\n```\n"})
    made = adopted(tmp_path, "slides/plain.md", seconds=200)  # a busy machine takes long to give so much
    after = made.changes["slides/plain.md"].after.decode()
    assert '```python no-exec="used more than 4 GiB of memory"\n' in after


TRACEBACKS = """
# The last line

```python
xs = [1, 2, 3]
xs[3]
```

```
IndexError: list index out of range
```

---

# In a list, with other words

1. It fails:

   ```python
   1 / 0
   ```

   ```
   Traceback (most recent call last):
     ...
   ZeroDivisionError: integer division or modulo by zero
   ```

---

# Other paths and other words

```python
def join(x):
    return "a" + x
join(1)
```

```text
Traceback (most recent call last):
  File "/home/me/x.py", line 3, in <module>
    join(1)
  File "/home/me/x.py", line 2, in join
    return "a" + x
TypeError: must be str, not int
```

---

# Printed before

```python
print("before")
int("abc")
```

```
before
ValueError: invalid literal for int() with base 10: 'abc'
```
"""


def test_a_traceback_is_written_as_slides_show_it(tmp_path: Path) -> None:
    write(tmp_path, {"slides/a.md": TRACEBACKS})
    ran = deckwright(tmp_path, "adopt", "slides/a.md", "--yes")
    assert "4 Python fences: 4 raise the errors that they teach" in ran.out, ran.err
    deck = (tmp_path / "slides/a.md").read_text("utf-8")
    for body in (
        "\n```text output\nIndexError: list index out of range\n```\n",
        "\n   ```text output\n   ZeroDivisionError: division by zero\n   ```\n",
        '\n```text output\njoin(1)\nin join:\n    return "a" + x\n           ~~~~^~~\nTypeError: can only',
        "\n```text output\nbefore\nValueError: invalid literal for int() with base 10: 'abc'\n```\n",
    ):
        assert body in deck
    built = deckwright(tmp_path, "build", "slides/a.md", "--to", "html")
    assert (built.code, "drifted" in built.err) == (0, False), built.err
    shown = (tmp_path / "build/slides/a.md").read_text("utf-8")
    assert "\n```pytb\nIndexError: list index out of range\n```\n" in shown
    assert deckwright(tmp_path, "adopt", "slides/a.md", "--check").out.endswith("nothing to change\n")


UNSHOWN = """
# Long

```python
for row in range(40):
    print("row", row)
```

---

# Short, in a list

1. A value

   ```python
   6 * 7
   ```

---

# Crowded

- one
- two
- three
- four

```python
for row in range(8):
    print("row", row)
```

---

# Not the same in each run

```python
import time, uuid
print(time.perf_counter_ns())
```

```python
print(uuid.uuid4())
```

```python
object()
```

---

# Shown already, or not the same in each folder

```python
import os
print(os.getcwd())
```

```python
print(1)
```

```
1
```

```python
int("x")  # raises a ValueError
```
"""


@pytest.mark.parametrize("name", ["plots", "lecture-zh", "outputs"])
def test_an_adoption_that_was_stopped_before_the_deck_is_finished_by_another(
    name: str, tmp_path: Path
) -> None:
    deck = f"slides/{name}.md"
    (tmp_path / "slides").mkdir()
    shutil.copy(CASES / f"adopt/{name}.md", tmp_path / "slides")
    stopped = adopted(tmp_path, deck, extract=True)
    write_changes(tmp_path, others(stopped, deck))
    again = adopted(tmp_path, deck, extract=True)
    assert again.changes == {deck: stopped.changes[deck]}


@pytest.mark.parametrize("extract", [False, True])
def test_outputs_are_added_that_fit_and_do_not_drift(tmp_path: Path, extract: bool) -> None:
    write(tmp_path, {"slides/a.md": UNSHOWN})
    said = "6 fences print or display something that no slide shows: `--outputs` adds it"
    assert said in deckwright(tmp_path, "adopt", "slides/a.md", "--check").out
    options = ["--outputs", "--yes", *(["--extract"] if extract else [])]
    ran = deckwright(tmp_path, "adopt", "slides/a.md", *options)
    assert "1 fence prints or displays something else in each run: no output fence shows it" in ran.out
    assert "overflow" not in ran.err
    deck = (tmp_path / "slides/a.md").read_text("utf-8")
    marks = [row.strip() for row in deck.splitlines() if "```text output" in row]
    assert [re.sub(r"=\.\.\S+", "", mark) for mark in marks] == [
        "```text output max-lines=8",
        "```text output",
        "```text output max-lines=3",
        "```text output compare=shape",
        "```text output",
        "```text output",
    ]
    assert "   ```text output" in deck
    checked = deckwright(tmp_path, "check", "slides/a.md")
    assert checked.code == 0, checked.err
    again = deckwright(tmp_path, "adopt", "slides/a.md", *options[:1], "--check")
    assert again.out.endswith("nothing to change\n")


ENDLESS = """
# A long count

```python
count = 0
while count >= 0:
    count += 1
```

# Asking

```python
name = input("Your name? ")
```

# Threads

```python
import threading, time
threading.Thread(target=time.sleep, args=(1000,)).start()
```

# The rest

```python
print("still", 1)
```
"""


def test_what_does_not_end_is_left_out_after_seconds(tmp_path: Path) -> None:
    write(tmp_path, {"slides/a.md": ENDLESS})
    ran = deckwright(tmp_path, "adopt", "slides/a.md", "--timeout", "1.5", "--check")
    assert [row for row in ran.out.splitlines() if row.startswith("+```")] == [
        '+```python no-exec="ran longer than 1.5 s"',
        '+```python no-exec="EOFError: EOF when reading a line"',
        '+```python no-exec="ran longer than 1.5 s"',
        "+```python exec",
    ]
    for row in (
        "error [timeout] ran longer than 1.5 s",
        "slides/a.md:18:1 error [timeout] ran longer than 1.5 s",
        "hint: if it comes to an end, `adopt --timeout SECONDS` waits longer",
        "hint: there is no input here",
    ):
        assert row in ran.err, ran.err


def test_the_fences_of_a_deck_have_the_limit_of_the_settings(tmp_path: Path) -> None:
    settings = "[tool.deckwright]\ntimeout = 1\n"
    deck = "# A\n\n```python exec\nimport time\ntime.sleep(100)\n```\n"
    write(tmp_path, {"pyproject.toml": settings, "slides/a.md": deck})
    ran = deckwright(tmp_path, "build", "--to", "html")
    assert "slides/a.md:5:1 error [timeout] ran longer than 1 s" in ran.err
    assert (
        "hint: make it faster, or set 'timeout' (seconds) in [tool.deckwright] of pyproject.toml" in ran.err
    )


def test_a_missing_package_is_reported_at_its_fence(tmp_path: Path) -> None:
    write(tmp_path, {"slides/plain.md": "# A\n\n```python\nframe = tf.constant([[1]])\n```\n"})
    (diagnostic,) = (
        d for d in adopted(tmp_path, "slides/plain.md").diagnostics if d.slug == "snippet-failed"
    )
    assert (diagnostic.location.line, diagnostic.source) == (3, "```python")
    assert diagnostic.hint.startswith("install what brings it")


def test_an_extracted_script_has_one_region_per_fence(tmp_path: Path) -> None:
    write(tmp_path, PLAIN)
    assert deckwright(tmp_path, "adopt", "slides/plain.md", "--extract", "--yes").code == 0
    script = tmp_path / "snippets/plain.py"
    assert script.read_text("utf-8") == (
        '"""A: the code of slides/plain.md, in the order of its slides."""\n\n'
        "# region a\nprint(1)\n# endregion a\n"
    )
    assert (tmp_path / "slides/plain.md").read_text("utf-8") == (
        "# A\n\n```python file=../snippets/plain.py#a\nprint(1)\n```\n\n"
        "```text output=../snippets/plain.py#a\n1\n```\n"
    )
    ran = deckwright(tmp_path, "adopt", "slides/plain.md", "--extract", "--check")
    assert (ran.code, ran.out) == (0, "0 Python fences\nnothing to change\n")


def test_without_an_answer_nothing_is_written(tmp_path: Path) -> None:
    deck = write(tmp_path, PLAIN) / "slides/plain.md"
    before = deck.read_bytes()
    ran = deckwright(tmp_path, "adopt", "slides/plain.md")
    assert ran.code == 2
    assert "error [config] there was no answer, and nothing was written\nhint: use --yes to write" in ran.err
    assert deck.read_bytes() == before


def test_an_adopted_deck_can_be_extracted_later(tmp_path: Path) -> None:
    text = "# A\n\n```python exec\n#| raises: ZeroDivisionError\n1 / 0\n```\n\n```text output\n```\n"
    write(tmp_path, {"slides/plain.md": text})
    assert deckwright(tmp_path, "adopt", "slides/plain.md", "--extract", "--yes").code == 0
    script = (tmp_path / "snippets/plain.py").read_text("utf-8")
    assert script.endswith("# %% a\n#| raises: ZeroDivisionError\n1 / 0\n")
    assert "```text output=../snippets/plain.py#a\n" in (tmp_path / "slides/plain.md").read_text("utf-8")
    ran = deckwright(tmp_path, "build", "slides/plain.md", "--to", "html")
    assert ran.code == 0, ran.err


@pytest.fixture
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write(tmp_path_factory.mktemp("far"), {"a b.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_pictures_come_into_the_project(tmp_path: Path, host: str) -> None:
    text = f"# A\n\n![w:100 far]({host}/a%20b.svg) ![again]( <{host}/a%20b.svg> )\n"
    write(tmp_path, {"slides/more/far.md": text, "slides/images/a-20b.svg": "another"})
    made = adopted(tmp_path, "slides/more/far.md", localise=True)
    assert made.diagnostics == ()
    assert {path: change.after.decode() for path, change in made.changes.items()} == {
        "slides/more/far.md": text.replace(f"{host}/a%20b.svg", "../images/a-20b-2.svg"),
        "slides/images/a-20b-2.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }


def test_without_a_network_localise_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"slides/far.md": "# A\n\n![w:100 far](http://127.0.0.1:9/a.png)\n"})
    ran = deckwright(tmp_path, "adopt", "slides/far.md", "--localise", "--check")
    assert "[download] http://127.0.0.1:9/a.png cannot be fetched:" in ran.err
    assert "hint: copy it into slides/images/ yourself" in ran.err
    assert "--localise" not in ran.err
    assert "nothing to change" in ran.out
