"""Installed distributions, and those that a run depends on."""

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckwright.files.digests import ALL_PACKAGES
from deckwright.machine.environment import Environment, find_environment, normalised, versions_of


def install(folder: Path, name: str, module: str, *requires: str, file: str = "") -> None:
    """Make a distribution that holds one module: `name` is `NAME-VERSION`."""
    info = folder / f"{file or name}.dist-info"
    info.mkdir(parents=True)
    distribution, _, version = name.rpartition("-")
    rows = [f"Name: {distribution}", f"Version: {version}", *(f"Requires-Dist: {row}" for row in requires)]
    (info / "METADATA").write_text("Metadata-Version: 2.1\n" + "\n".join(rows) + "\n")
    (info / "RECORD").write_text(f"{module}/__init__.py,,\n")
    (info / "top_level.txt").write_text(f"{module}\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only folder of installed packages."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "path", [str(folder)])
        yield folder


def installed(folder: Path, *names: str) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).mkdir()
    return dict(find_environment().versions)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("torch-2.9.0.dist-info", {"torch": "2.9.0"}),
        ("torch-2.9.0+cu128.dist-info", {"torch": "2.9.0+cu128"}),
        ("scikit_learn-1.7.dist-info", {"scikit-learn": "1.7"}),
        ("Jinja2-3.1.dist-info", {"jinja2": "3.1"}),
        ("zope.interface-7.0.dist-info", {"zope-interface": "7.0"}),
        ("numpy-2.0-py3.11.egg-info", {"numpy": "2.0"}),
        ("numpy-2.0-py3.11-linux-x86_64.egg-info", {"numpy": "2.0"}),
        ("PyYAML-6.0.egg-info", {"pyyaml": "6.0"}),
        ("deckwright-0.1.0.dist-info", {}),
        ("torch", {}),
        ("torch.egg-info", {}),
        ("~orch-2.9.0.dist-info.bak", {}),
    ],
)
def test_versions_are_read_off_names(site: Path, entry: str, expected: dict[str, str]) -> None:
    assert installed(site, entry) == expected


def test_the_first_folder_on_the_path_counts(site: Path) -> None:
    local = site.parent / "vendored"
    installed(local, "torch-2.10.dist-info")
    sys.path[:] = ["", str(site / "none.zip"), str(local), str(site)]
    assert installed(site, "torch-2.9.dist-info", "rich-14.dist-info") == {"torch": "2.10", "rich": "14"}


def test_the_environment_of_the_tests() -> None:
    environment = find_environment()
    assert {"click", "pytest", "markdown-it-py"} <= set(environment.versions)
    assert platform.python_version() in environment.python
    assert find_environment().versions == environment.versions


@pytest.mark.parametrize("name", ["PYTHONPATH", "PYTHONOPTIMIZE", "PYTHONUTF8"])
def test_variables_that_shape_every_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name, raising=False)
    without = find_environment().python
    monkeypatch.setenv(name, "")  # as if it were not there
    assert find_environment().python == without
    monkeypatch.setenv(name, "1")
    one = find_environment().python
    monkeypatch.setenv(name, "2")
    assert len({without, one, find_environment().python}) == 3


@pytest.mark.parametrize("name", ["Foo.Bar_baz", "foo--bar-baz", "FOO-BAR.BAZ"])
def test_names_are_compared_as_pep_503_says(name: str) -> None:
    assert normalised(name) == "foo-bar-baz"


def test_a_module_brings_its_distribution_and_the_requirements_of_it(site: Path) -> None:
    install(site, "torch-2.9", "torch", "sympy>=1.13", "triton==3; platform_system=='Nope'", "Jinja2", "gone")
    install(site, "sympy-1.14", "sympy", "mpmath (<1.4,>=1.1)")
    install(site, "mpmath-1.3", "mpmath")
    install(site, "triton-3", "triton")
    install(site, "Jinja2-3.1", "jinja2", "torch")  # a circle
    install(site, "rich-14", "rich")
    environment = find_environment()
    needed = {"jinja2": "3.1", "mpmath": "1.3", "sympy": "1.14", "torch": "2.9", "triton": "3"}
    assert environment.packages(["torch"]) == needed
    assert environment.packages(["torch", "rich", "helper"]) == needed | {"rich": "14"}
    assert environment.packages([]) == {}


def test_a_distribution_may_have_another_name_than_its_module(site: Path) -> None:
    install(site, "scikit-learn-1.7", "sklearn", file="scikit_learn-1.7")
    assert find_environment().packages(["sklearn"]) == {"scikit-learn": "1.7"}


def test_extras_count_if_they_are_required(site: Path) -> None:
    install(site, "app-1", "app", "font[woff,Type_1]")
    install(
        site, "font-2", "font", 'brotli; extra == "woff"', "zopfli ; extra=='woff'", "xattr; extra == 'ufo'"
    )
    install(site, "brotli-3", "brotli")
    install(site, "zopfli-4", "zopfli")
    install(site, "xattr-5", "xattr")
    environment = find_environment()
    assert environment.packages(["app"]) == {"app": "1", "brotli": "3", "font": "2", "zopfli": "4"}
    assert environment.packages(["font"]) == {"font": "2"}


def test_which_modules_are_installed(site: Path) -> None:
    install(site, "rich-14", "rich")
    environment = find_environment()
    assert (environment.provides("rich"), environment.provides("torch")) == (True, False)


def test_all_packages_together_have_a_digest() -> None:
    states = [Environment("3", versions).state() for versions in ({}, {"a": "1"}, {"a": "2"}, {"b": "1"})]
    assert len({state[ALL_PACKAGES] for state in states}) == 4
    assert states[1]["a"] == "1"
    assert Environment("4", {"a": "1"}).state() == states[1]


def test_versions_of_installed_distributions() -> None:
    environment = Environment("Python 3", {"torch": "2.9"})
    assert versions_of(["torch", "rich"], environment) == {
        "python": platform.python_version(),
        "torch": "2.9",
    }
