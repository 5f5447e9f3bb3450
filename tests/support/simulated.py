"""A course whose every input is a field, and fakes whose outputs depend on exactly the inputs they should.

A simulated run depends on its statements, its options, the modules and files that it names, the
packages that it imports, Python, its device and the figures asked for; and on nothing else.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, replace
from functools import cache
from pathlib import Path

from deckwright.build.context import Context
from deckwright.build.parsed import ParsedSources
from deckwright.build.ports import Ports
from deckwright.files.digests import digest, syntax_digest
from deckwright.machine.environment import Environment
from deckwright.model import NO_FILE, Artifact, Job, OnStart, OnText, RenderRequest, Request, Result, Stamp
from deckwright.project.project import Project
from deckwright.store import Store
from support.course import output
from support.fakes import FakeRenderer, MemoryFiles

# --- the course -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that the author and the machine can change."""

    constant: int = 1
    comments: int = 0
    region: str = "r"
    late: bool = False
    """The region begins a statement later."""
    helper: int = 1
    helper_comment: bool = False
    uses_helper: bool = True
    deep: int = 1
    """A constant in a module that the helper imports."""
    data: str | None = "1"
    seed: int = 0
    timeout: int = 300
    device: str = "any"
    gpu: bool = False
    torch: str | None = "2.9"
    rich: str = "14"
    python: str = "Python 3"
    prose: int = 0
    swapped: bool = False
    """The slides stand in the other order."""
    theme: int = 0
    figure: bool = True
    second: bool = True
    """There is a second deck, with code of its own."""
    exec: int = 1
    link: str | None = "1"
    """A file that the first deck links."""
    beside: str = ""
    """A device whose results stand beside the others."""

    def texts(self) -> dict[str, str]:
        """Return the files of the project."""
        found = {
            "slides/one.md": self._one(),
            "slides/themes/t.css": f"/* @theme t */\nsection {{ margin: {self.theme}px }}\n",
            "snippets/a.py": self._script(),
            "snippets/b.py": "# %% r\nimport deep\nprint(2)\n",
            "snippets/helper.py": f"import deep\nsize = {self.helper}\n" + "# more\n" * self.helper_comment,
            "snippets/deep.py": f"size = {self.deep}\n",
            "figures/f.py": "import torch\ndraw(5)\n",
            "data/x.csv": self.data,
            "data/link.csv": self.link,
            "slides/two.md": self._two() if self.second else None,
        }
        return {path: text for path, text in found.items() if text is not None}

    def _one(self) -> str:
        slides = [
            f"# One {self.prose}\n\n```python file=../snippets/a.py#{self.region}\n```\n\n"
            f"```text output=../snippets/a.py#{self.region}\n```\n",
            '# More\n\n[](../snippets/a.py#x "{}") and [data](../data/link.csv)\n',
        ]
        if self.figure:
            beside = f' ![](../figures/f.svg "device: {self.beside}")' if self.beside else ""
            slides.append(f"![](../figures/f.svg){beside}\n")
        return "---\ntheme: t\n---\n\n" + "\n---\n\n".join(slides[::-1] if self.swapped else slides)

    def _two(self) -> str:
        beside = f"```text output=../snippets/b.py#r device={self.beside}\n```\n" if self.beside else ""
        return (
            f"# Two\n\n```python exec\nprint({self.exec})\n```\n\n```text output\n```\n\n"
            f"```text output=../snippets/b.py#r\n```\n{beside}"
        )

    def _script(self) -> str:
        table = f'seed = {self.seed}\ntimeout = {self.timeout}\ndevice = "{self.device}"'
        block = "\n".join(f"# {row}" for row in table.splitlines())
        imports = "import helper\n" if self.uses_helper else ""
        marker = f"# region {self.region}\n"
        return (
            f"# /// script\n# [tool.deckwright]\n{block}\n# ///\n"
            + "# a comment\n" * self.comments
            + imports
            # Here a region may begin…
            + ("" if self.late else marker)
            + f"x = {self.constant}{'  # why' * self.comments}\n\n"
            # … or here.
            + (marker if self.late else "")
            + f"open('data/x.csv')\nprint(x)\n# endregion {self.region}\n"
        )


# --- the ports --------------------------------------------------------------------------------


@dataclass
class TouchedFiles(MemoryFiles):
    """Files in memory that can be touched: a new stamp, the same content."""

    touched: dict[str, int] = field(default_factory=dict)

    def touch(self, path: str, time_ns: int) -> None:
        self.touched[path] = time_ns

    def stamp(self, path: str) -> Stamp | None:
        stamp = MemoryFiles.stamp(self, path)
        return stamp and replace(stamp, changed_ns=self.touched.get(path, 1))


class Installed(Environment):
    """An environment whose distributions are called like their modules, and need nothing."""

    def packages(self, modules: object) -> dict[str, str]:
        assert isinstance(modules, Sequence)
        return {name: self.versions[name] for name in modules if name in self.versions}

    def provides(self, module: str) -> bool:
        return module in self.versions


@dataclass
class Machine:
    """What is installed, and which devices there are."""

    python: str
    versions: dict[str, str]
    devices: dict[str, str]


@dataclass
class SimulatedRunner:
    """Runs jobs in its mind; keeps, in order, what each one depended on."""

    files: MemoryFiles
    machine: Machine
    ran: list[tuple[str, str]] = field(default_factory=list)
    """Job and state."""
    meanwhile: Callable[[], None] | None = None
    """Happens once, at the end of the first run."""

    @contextmanager
    def open(self) -> Iterator[SimulatedRunner]:
        yield self

    def run(self, jobs: Sequence[Job], on_start: OnStart, on_text: OnText | None = None) -> Iterator[Result]:
        for job in jobs:
            on_start(job.id, 0.0)
            state, used = self.state(job), self._used(job)
            self.ran.append((job.id, state))
            count = sum(len(unit.statements) for unit in job.units)
            result = Result(
                job=job.id,
                device=job.device,
                seconds=0.5,
                outputs=tuple(output(f"{index} {state}\n") for index in range(count)),
                values={"x": state},
                artifacts=tuple(Artifact(f"{f.name}.{f.suffix}", state.encode()) for f in job.figures),
                reads={path: self.files.stamp(path) or NO_FILE for path in used.reads},
                modules=frozenset(used.modules),
                imports=tuple(used.packages),
            )
            if self.meanwhile:
                self.meanwhile()
                self.meanwhile = None
            yield result

    def state(self, job: Job) -> str:
        """Return a digest of all that the job would depend on if it ran now."""
        used = self._used(job)
        options = replace(job.options, device="")
        return digest(
            json.dumps(
                [
                    job.id,
                    ast.dump(ast.parse(_program(job))),
                    astuple(options),
                    job.device.partition(":")[0],
                    sorted(astuple(figure)[:2] for figure in job.figures),
                    self.machine.python,
                    used.packages,
                    {path: self._content(path, used) for path in used.reads},
                ],
                sort_keys=True,
            )
        )[:12]

    def _content(self, path: str, used: Used) -> str:
        return syntax_digest(self.files.contents[path]) if path in used.modules else self.files.digest(path)

    def _used(self, job: Job) -> Used:
        used = Used([], [], {})
        self._follow(_program(job), used)
        return used

    def _follow(self, code: str, used: Used) -> None:
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Import):
                self._import(node.names[0].name, used)
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "open":
                used.reads.append(ast.literal_eval(node.args[0]))

    def _import(self, name: str, used: Used) -> None:
        path = f"snippets/{name}.py"
        if not self.files.exists(path):
            used.packages[name] = self.machine.versions.get(name, "absent")
        elif path not in used.reads:
            used.reads.append(path)
            used.modules.append(path)
            self._follow(self.files.contents[path].decode(), used)


@dataclass
class Used:
    reads: list[str]
    modules: list[str]
    packages: dict[str, str]


def _program(job: Job) -> str:
    """Return the code of a job; a deck's own lies in fences."""
    if job.script.endswith(".py"):
        return job.source
    lines = job.source.splitlines()
    return "\n".join(row for unit in job.units for row in lines[unit.first_line - 1 : unit.last_line])


@dataclass
class SimulatedRenderer(FakeRenderer):
    """Pages hold the deck's text, the themes and every local file that the deck shows or links."""

    files: MemoryFiles = field(default_factory=lambda: MemoryFiles({}))

    def content(self, request: RenderRequest) -> bytes:
        parts = [request.source.read_bytes()]
        root = self.build.parent
        parts += [self.files.contents[path.relative_to(root).as_posix()] for path in request.themes]
        for address in re.findall(r"\]\((\S+?)[ )]", parts[0].decode()):
            shown = (request.source.parent / address).resolve()
            parts.append(shown.read_bytes() if shown.is_file() else b"missing")
        return b"\n".join(parts)


class SimulatedHouse:
    """A project with simulated ports, in a folder of its own."""

    def __init__(self, root: Path, inputs: Inputs) -> None:
        self.root = root
        self.files = TouchedFiles({})
        self.machine = Machine("", {}, {})
        self.runner = SimulatedRunner(self.files, self.machine)
        self.renderer = SimulatedRenderer(root / "build", files=self.files)
        self.become(inputs)

    def become(self, inputs: Inputs) -> None:
        """Edit every source, and the machine, so that they are as given."""
        self.files.contents.clear()
        self.files.contents |= {path: text.encode() for path, text in inputs.texts().items()}
        torch = {"torch": inputs.torch} if inputs.torch else {}
        devices = {"any": "cuda", "cuda": "cuda:0"} if inputs.gpu else {"any": "cpu"}
        self.machine.python = inputs.python
        self.machine.versions = {**torch, "rich": inputs.rich}
        self.machine.devices = {"cpu": "cpu", **devices}

    @property
    def project(self) -> Project:
        return Project(self.root, self.files)

    def context(self, request: Request) -> Context:
        """Return the context of one command."""
        return Context(self.project, self.ports, request)

    @property
    def ports(self) -> Ports:
        """Return fresh ports, as a command opens them."""
        machine = replace(self.machine)
        return Ports(
            store=(store := Store(self.root / "build" / ".store")),
            parsed=cache(lambda: ParsedSources(store)),
            runner=self.runner.open,
            runner_in=lambda root: self.runner.open(),
            renderer=self.renderer.warm,
            environment=Installed(machine.python, machine.versions),
            device_for=machine.devices.get,
            run_standalone=lambda jobs, on_start: iter(()),
            render_versions=lambda: {"marp": "1"},
            conditions=lambda: repr(machine),
        )

    def built(self) -> dict[str, bytes]:
        """Return what lies in build/, apart from the store."""
        build = self.root / "build"
        found = {path.relative_to(build).as_posix(): path for path in build.rglob("*") if path.is_file()}
        return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".store/")}
