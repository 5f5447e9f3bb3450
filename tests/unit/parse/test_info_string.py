"""Info strings of fences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.model import Display
from deckwright.parse.info_string import misspelt_sources, parse_info


@pytest.mark.parametrize(
    ("info", "language", "display"),
    [
        ("python file=a.py#b {1,3-5}", "python", Display(highlight=("1,3-5",))),
        ("python{1|3-5|all} file=a.py", "python", Display(highlight=("1", "3-5", "all"))),
        ("python file=a.py { 1 , 2 | none }", "python", Display(highlight=("1,2", "none"))),
        (
            "text output max-lines=3 lines=1,3-5 stream=both",
            "text",
            Display(lines="1,3-5", max_lines=3, stream="both"),
        ),
        ('python no-exec="needs 8 GPUs"', "python", Display(no_exec="needs 8 GPUs")),
        ("python no-exec='x y' compare=shape", "python", Display(no_exec="x y", compare="shape")),
        ("  python   exec  ", "python", Display()),
        ("python exec hide", "python", Display(hide=True)),
        ('text output ignore="took .*"', "text", Display(ignore="took .*")),
        ("", "", Display()),
    ],
)
def test_read(info: str, language: str, display: Display) -> None:
    read = parse_info(info)
    assert (read.language, read.display, read.diagnostics) == (language, display, ())


@pytest.mark.parametrize(
    "attribute",
    [
        "{0}",
        "{3-1}",
        "{1,}",
        "{a}",
        "{}",
        "{1||2}",
        "{hide}",
        "lines=0",
        "lines=x",
        "lines=",
        "max-lines=0",
        "max-lines",
        "max-lines=-1",
        "compare=near",
        "stream=out",
        "no-exec=",
        "no-exec",
        "ignore",
        "ignore=",
        'ignore="a(b"',
        'ignore="[a-"',
        "ignore=*",
        "hide=yes",
        "{99999999999}",
        "{١}",
    ],
)
def test_bad_values(attribute: str) -> None:
    (problem,) = parse_info(f"python file=a.py {attribute}").diagnostics
    assert problem.slug == "bad-attribute"
    assert f"python file=a.py {attribute}"[problem.start : problem.end] == attribute


@pytest.mark.parametrize(
    ("info", "meant"),
    [
        ("python fil=../snippets/a.py#r", "file"),
        ("text ouput=../snippets/a.py", "output"),
        ("python flie=a.py {1}", "file"),
        ("python exce", "exec"),
        ("python Exec", "exec"),
    ],
)
def test_a_misspelt_source_is_no_foreign_attribute(info: str, meant: str) -> None:
    (problem,) = misspelt_sources(parse_info(info))
    assert (problem.slug, problem.hint) == ("unknown-attribute", f"did you mean '{meant}'?")


@pytest.mark.parametrize(
    "info",
    [
        'python title="train.py"',
        "python numberLines",
        "text exce",
        "python file_type=x",
        "python",
        "text",
        "js exec",
    ],
)
def test_attributes_of_other_tools_are_left_alone(info: str) -> None:
    assert misspelt_sources(parse_info(info)) == ()


def test_unknown_attributes_all_at_once() -> None:
    problems = parse_info("python file=a.py fiel=b max_lines=3 zzz").diagnostics
    assert [problem.slug for problem in problems] == ["unknown-attribute"] * 3
    assert [problem.hint for problem in problems][:2] == ["did you mean 'file'?", "did you mean 'max-lines'?"]
    assert problems[2].hint.startswith("known: file, output")


def test_a_path_with_spaces_in_quotes() -> None:
    assert parse_info('python file="../a b.py#c d"').value("file") == "../a b.py#c d"


@given(st.text())
def test_never_raises(info: str) -> None:
    read = parse_info(info)
    for problem in read.diagnostics:
        assert 0 <= problem.start < problem.end <= len(info)
