"""What the import contract cannot see: what pure stages do, and what a build that does nothing imports."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
(PURE,) = (contract for contract in CONTRACTS if contract["id"] == "pure")
IMPURE_FILES = {"deckwright/report/html_pages.py", "deckwright/report/progress.py"}

FORBIDDEN_CALLS = {"__import__", "breakpoint", "input", "open", "print", "read_bytes", "read_text", "unlink"}
FORBIDDEN_CALLS |= {"mkdir", "rename", "urlopen", "urlretrieve", "write_bytes", "write_text"}
FORBIDDEN_IMPORTS = {"urllib", "urllib.error", "urllib.request", "urllib.response", "io.open", "codecs.open"}


def pure_files() -> list[Path]:
    folders = [ROOT / "tools" / package.replace(".", "/") for package in PURE["source_modules"]]
    files = {path for folder in folders for path in folder.rglob("*.py")}
    return sorted(files - {ROOT / "tools" / name for name in IMPURE_FILES})


def violations(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if name in FORBIDDEN_CALLS:
                yield f"line {node.lineno} calls {name}"
        names = [alias.name for alias in getattr(node, "names", ()) if isinstance(alias, ast.alias)]
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{name}" for name in names] + [str(node.module)]
        for name in FORBIDDEN_IMPORTS.intersection(names):
            yield f"line {node.lineno} imports {name}"


@pytest.mark.parametrize("path", pure_files(), ids=lambda path: str(path.relative_to(ROOT / "tools")))
def test_pure_stages_open_nothing(path: Path) -> None:
    assert list(violations(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        "open('x')",
        "import io\nio.open('x')",
        "path.read_bytes()",
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "from io import open",
    ],
)
def test_each_way_out_is_noticed(code: str) -> None:
    assert list(violations(ast.parse(code)))


def test_what_only_parses_addresses_is_pure() -> None:
    assert not list(violations(ast.parse("from urllib.parse import unquote\nimport io\nio.StringIO()")))


def test_the_contract_forbids_indirect_imports() -> None:
    assert "allow_indirect_imports" not in PURE
    assert {"os", "pathlib", "shutil", "socket", "subprocess", "tempfile"} <= set(PURE["forbidden_modules"])


def test_a_build_with_nothing_to_do_imports_nothing_that_takes_long() -> None:
    modules = "deckwright.cli.build, deckwright.cli.context, deckwright.build.entry, deckwright.wiring"
    slow = [
        "asyncio",
        "deckwright.build.pipeline",
        "deckwright.parse",
        "jinja2",
        "markdown_it",
        "rich",
        "torch",
    ]
    code = f"import sys, {modules}; print(*(set(sys.modules) & set({slow})))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "\n"
