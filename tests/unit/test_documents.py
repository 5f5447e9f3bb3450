"""The documents say what the code does: commands, options, settings, variables, examples and links."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path

import click
import pytest

from deckwright.child.ranks import rank_variables
from deckwright.child.recording.audit_log import environment
from deckwright.cli import cli, main
from deckwright.errors import BAD_DECK, BAD_USAGE, GOOD, INTERRUPTED, MISSING_TOOL, OUR_FAULT, ConfigError
from deckwright.execute.workers import job_environment
from deckwright.model import Report, events
from deckwright.parse import parse_deck, parse_script
from deckwright.parse.info_string import parse_info
from deckwright.project.marp_settings import read_marp
from deckwright.project.settings import Settings
from deckwright.report.json_report import report_json

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs/reference"
PAGES = (
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / "tests" / name for name in ("bench/README.md", "decks/README.md")),
)
WITH_EXAMPLES = ("README.md", "docs/guides/first-deck.md")
SOURCES = sorted((ROOT / "tools/deckwright").rglob("*.py"))


def page(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


def section(text: str, title: str) -> str:
    """Return the text below a heading, without code blocks, up to the next one of its level or above."""
    text = without_blocks(text)
    heading = next(line for line in text.splitlines() if re.fullmatch(rf"#+ {re.escape(title)}", line))
    level = len(heading) - len(heading.lstrip("#"))
    below = text.partition(f"{heading}\n")[2]
    return re.split(rf"^#{{1,{level}}} ", below, maxsplit=1, flags=re.M)[0]


def first_cells(text: str) -> list[str]:
    """Return the first cell of each row of the tables in a text."""
    rows = [line.replace(r"\|", "¦") for line in text.splitlines() if line.startswith("|")]
    cells = [row.split("|")[1].strip().replace("¦", "|") for row in rows]
    return [cell for cell in cells if not set(cell) <= {"-", " "}]


def without_blocks(text: str) -> str:
    return re.sub(r"^(`{3,}).*?^\1`*$", "", text, flags=re.M | re.S)


def in_code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


# --- commands ---------------------------------------------------------------------------------


def test_each_command_has_a_section() -> None:
    titles = re.findall(r"^## (\w+)$", page("commands.md"), re.M)
    assert sorted(titles) == sorted([*cli.commands, "pytest"])


@pytest.mark.parametrize("name", cli.commands)
def test_the_options_of_a_command_are_those_of_its_section(name: str) -> None:
    rows = first_cells(section(page("commands.md"), name))
    named = {word for row in rows for word in re.findall(r"--[a-z][a-z-]*", row)}
    options = (option for option in cli.commands[name].params if isinstance(option, click.Option))
    known = {word for option in options for word in (*option.opts, *option.secondary_opts)}
    assert named == {word for word in known if word.startswith("--")}


def test_shared_options_are_explained() -> None:
    intro = page("commands.md").partition("\n## ")[0]
    explained = {word for row in first_cells(intro) for word in re.findall(r"--[a-z]+", row)}
    above = [line for line in page("commands.md").splitlines() if line.endswith("| see above |")]
    assert {word for line in above for word in re.findall(r"--[a-z]+", line)} == explained


def test_the_options_of_pytest(pytestconfig: pytest.Config) -> None:
    named = set(re.findall(r"`--(slides[a-z-]*)", section(page("commands.md"), "pytest")))
    assert named == {"slides-standalone", "slides-allow"}
    assert all(pytestconfig.getoption(name.replace("-", "_"), None) is not None for name in named)


@pytest.mark.parametrize("path", [path for path in PAGES if path.name != "CHANGELOG.md"], ids=str)
def test_printed_commands_exist(path: Path) -> None:
    blocks = re.findall(r"^```console\n(.*?)^```", path.read_text("utf-8"), re.M | re.S)
    for command, rest in re.findall(r"^\$ (?:\.venv/bin/)?deckwright (\S+)(.*)$", "\n".join(blocks), re.M):
        known = {text for parameter in cli.commands[command].params for text in parameter.opts}
        assert set(re.findall(r"(?<!\S)--[a-z][a-z-]+", rest.partition("  #")[0])) <= known


# --- attributes, options, settings ------------------------------------------------------------


def known_names(hint: str) -> set[str]:
    """Return the names in a hint "known: a, b"."""
    assert hint.startswith("known: ")
    return set(hint.removeprefix("known: ").split(", "))


def test_the_attributes_of_a_fence() -> None:
    table = section(page("attributes.md"), "Fences").partition("\n### ")[0]
    named = [name for row in first_cells(table) for name in in_code(row)]
    (unknown,) = parse_info("text output=a.py qqqqq=1").diagnostics
    keys = {"{lines}" if name.startswith("{") else name.partition("=")[0] for name in named}
    assert keys == known_names(unknown.hint)
    for name in named:
        assert parse_info(f"text output {name}").diagnostics == ()


def test_how_results_are_compared() -> None:
    rows = first_cells(section(page("attributes.md"), "Comparing results"))
    ways = [name for row in rows for name in in_code(row) if name != "compare="]
    (wrong,) = parse_info("text output compare=qqqqq").diagnostics
    assert sorted(ways) == sorted(
        re.findall(r"\w+", wrong.message.partition("must be ")[2].replace(" or", ""))
    )
    assert all(not parse_info(f"text output compare={way}").diagnostics for way in ways)


def test_the_options_of_a_script() -> None:
    table = section(page("options.md"), "Options of a script")
    rows = re.findall(r"^\| `([\w-]+)` \| `(.+?)` \|", table, re.M)
    text = "# /// script\n# [tool.deckwright]\n{}# ///\n"
    (wrong,) = parse_script("a.py", text.format("# qqqqq = 1\n")).diagnostics
    assert {name for name, _ in rows} == known_names(wrong.hint)
    documented = "".join(f"# {name} = {value}\n" for name, value in rows)
    script = parse_script("a.py", text.format(documented))
    assert script.diagnostics == ()
    assert script.options == parse_script("a.py", "").options


def test_the_options_of_a_cell() -> None:
    rows = first_cells(section(page("options.md"), "Options of a cell"))
    options = [option for row in rows for option in in_code(row)]
    (wrong,) = parse_script("a.py", "# %% a\n#| qqqqq: 1\n").diagnostics
    assert {option.partition(":")[0] for option in options} == known_names(wrong.hint)
    lines = "".join(f"#| {option}\n" for option in options)
    table = "# /// script\n# [tool.deckwright.smoke]\n# x = 0\n# ///\n"
    assert parse_script("a.py", f"{table}# %% a\n{lines}x = 1\n").diagnostics == ()


def test_the_settings() -> None:
    ours = page("settings.md").partition("\n## ")[0]
    table = tomllib.loads("\n".join(re.findall(r"^\| `(\w+ = .*?)` \|", ours, re.M)))
    known = json.loads(json.dumps(asdict(Settings())))
    assert table == {key: value for key, value in known.items() if not isinstance(value, dict)}
    others = "\n".join(re.findall(r"^\| `(\w+\.\w+ = .*?)` \|", page("settings.md"), re.M))
    assert tomllib.loads(others) == {
        key: value for key, value in known.items() if isinstance(value, dict) and key != "marp"
    }


def test_the_settings_for_marp(tmp_path: Path) -> None:
    rows = first_cells(section(page("settings.md"), "Settings for Marp"))
    named = {name for row in rows for name in in_code(row)}
    with pytest.raises(ConfigError) as unknown:
        read_marp(tmp_path, {"qqqqq": 1})
    assert named == known_names(unknown.value.hint)


# --- environment variables --------------------------------------------------------------------


def test_variables_that_are_read() -> None:
    table = section(page("environment.md"), "What Deckwright reads")
    named = {name for row in first_cells(table) for name in in_code(row)}
    read = {name for path in SOURCES for name in variables_read(ast.parse(path.read_text("utf-8")))}
    assert named == read - (environment("/scratch", "/course", kernel=True).keys() - {"PYTHONPATH"})


def variables_read(tree: ast.Module) -> Iterator[str]:
    """Yield the variables that a module reads out of `environ`: by a constant, or by a name for constants."""
    constants = dict(assigned(tree))
    for node in ast.walk(tree):
        for key in looked_up(node):
            if isinstance(key, ast.Constant):
                yield key.value
            elif isinstance(key, ast.Name):
                yield from constants.get(key.id, ())


def looked_up(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr="get"), args=[key, *_]) if is_environ(owner):
            yield key
        case ast.Call(func=ast.Attribute(attr="getenv"), args=[key, *_]):
            yield key
        case ast.Subscript(value=owner, slice=key, ctx=ast.Load()) if is_environ(owner):
            yield key
        case ast.Compare(left=key, ops=[ast.In()], comparators=[owner]) if is_environ(owner):
            yield key


def is_environ(node: ast.expr) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) == "environ"


def assigned(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Yield names with the texts that an assignment or a loop gives them."""
    for node in ast.walk(tree):
        match node:
            case ast.For(target=ast.Name(id=name), iter=ast.Tuple(elts=items)):
                yield name, texts(items)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() as value):
                yield name, texts([value])
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=items)):
                for target, item in zip(names, items, strict=True):
                    yield getattr(target, "id", ""), texts([item])


def texts(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_variables_that_scripts_get() -> None:
    rows = first_cells(section(page("environment.md"), "What Deckwright sets for scripts"))
    named = {name for row in rows for name in in_code(row)}
    of_all = {*job_environment({}, 2), *environment("/scratch", "/course", kernel=True)} - {"PYTHONPATH"}
    given = of_all | rank_variables(0, 2, 0, "/scratch").keys()
    assert given <= named
    tree = ast.parse((ROOT / "tools/deckwright/child/job.py").read_text("utf-8"))
    assert named - given == set(variables_set(tree))


def variables_set(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=owner, slice=ast.Constant(value=str(name)), ctx=ast.Store()):
                if is_environ(owner):
                    yield name


def test_variables_that_scripts_do_not_get() -> None:
    text = section(page("environment.md"), "What Deckwright sets for scripts")
    sentence = re.search(r"^(`COLUMNS`.*?) are removed", text, re.M | re.S)
    assert sentence
    removed = in_code(sentence[1])
    assert not set(removed) & job_environment(dict.fromkeys(removed, "1"), 2).keys()


# --- examples ---------------------------------------------------------------------------------


def examples(text: str) -> dict[str, str]:
    """Return the files that a page shows: a line "`PATH`:" and a fence below it."""
    found = re.findall(r"`([\w./-]+)`:\n\n(`{3,})\w+\n(.*?)^\2$", text, re.M | re.S)
    return {path: body for path, _, body in found}


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_an_example_has_no_errors(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = examples((ROOT / name).read_text("utf-8"))
    assert {path.partition("/")[0] for path in files} == {"slides", "snippets"}
    for path, body in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(body, "utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["plan"])
    out, err = capsys.readouterr()
    assert (ended.value.code, err) == (0, "")
    assert out.endswith("1 to run, 0 fresh\n")


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_decks_and_scripts_on_a_page_can_be_read(path: Path) -> None:
    text = path.read_text("utf-8")
    for _, language, body in re.findall(r"^(`{3,})(markdown|python)\n(.*?)^\1$", text, re.M | re.S):
        if language == "markdown":
            assert parse_deck("slides/deck.md", body).diagnostics == ()
        else:
            assert parse_script("snippets/script.py", body).diagnostics == ()


# --- what programs read -----------------------------------------------------------------------


def test_the_exit_codes() -> None:
    intro = page("commands.md").partition("\n## ")[0]
    codes = re.findall(r"^\| (\d+) \|", intro, re.M)
    assert list(map(int, codes)) == [GOOD, BAD_DECK, BAD_USAGE, MISSING_TOOL, OUR_FAULT, INTERRUPTED]


def test_the_keys_of_the_report() -> None:
    rows = first_cells(section(page("build-folder.md"), "report.json"))
    assert [key for row in rows for key in in_code(row)] == list(report_json(Report()))


def test_the_events() -> None:
    """Each row names one event, or two that share their further keys."""
    table = section(page("build-folder.md"), "Events")
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| `")]
    documented = {name: in_code(cells[3].partition("(")[0]) for cells in rows for name in in_code(cells[1])}
    kinds = {kind for kind in vars(events).values() if isinstance(kind, type) and is_event(kind)}
    kinds -= {events.Known}  # only `serve` has it, which prints no JSON
    known = {"diagnostic" if kind is events.Found else kind.__name__.lower(): kind for kind in kinds}
    assert documented.keys() == known.keys()
    for name, kind in known.items():
        keys = {field.name for field in fields(kind)} - {"subject", "group"}
        assert keys <= {*documented[name]}, name
        assert all(any(key in {f.name for f in fields(other)} for other in kinds) for key in documented[name])


def is_event(kind: type) -> bool:
    return issubclass(kind, events.Event) and not kind.__name__.startswith("_") and kind is not events.Event


# --- architecture -----------------------------------------------------------------------------


def test_the_map_is_the_contract() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    shown = re.search(r"^## The map\n.*?^```\n(.*?)^```", text, re.M | re.S)
    assert shown
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    house = project["tool"]["importlinter"]["contracts"][0]
    assert shown[1].splitlines() == house["layers"]
    rows = first_cells(section(text, "The map"))
    names = [name.removesuffix(".py") for row in rows for name in in_code(row)]
    placed = {name.strip() for layer in house["layers"] for name in layer.split("|")}
    assert sorted(names) == sorted(placed - {"__main__"})


# --- links ------------------------------------------------------------------------------------


def without_code(text: str) -> str:
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", without_blocks(text))


def anchors(text: str) -> set[str]:
    """Return the names by which GitHub links to headings."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(text), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_links_lead_somewhere(path: Path) -> None:
    for address in re.findall(r"(?:\]\(<?|src=\")([^)\s>\"]+)", without_code(path.read_text("utf-8"))):
        if re.match(r"https?:", address):
            continue
        file, _, anchor = address.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{path.name} links to {address}"
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), f"{path.name} links to {address}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        here = waiting.pop()
        if here in reached or here.suffix != ".md":
            continue
        reached.add(here)
        links = re.findall(r"\]\(([^)#\s]+)", without_code(here.read_text("utf-8")))
        waiting += [(here.parent / link).resolve() for link in links if not re.match(r"https?:", link)]
    assert {path for path in PAGES if path.is_relative_to(ROOT / "docs")} <= reached


def test_the_address_of_the_project_is_that_of_pyproject() -> None:
    """The README alone says it: a move of the project changes one line there and some in pyproject.toml."""
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    home = urls["Repository"]
    assert all(url.startswith(home) for url in urls.values())
    named = {path: re.findall(r"git\+(https://[^\s\"`]+)", path.read_text("utf-8")) for path in PAGES}
    assert {path: found for path, found in named.items() if found} == {ROOT / "README.md": [home]}


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120
