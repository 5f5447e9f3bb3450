"""A course that `new` made: added to, checked and published at once, and inside of what is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from deckwright.cli.new import LANGUAGES
from integration.shell import deckwright

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
PAGES = {
    *("index.html", "html/01-square-roots.html", "pdf/02-statistics.pdf", "handout/01-square-roots.pdf"),
    *("kit/02-statistics.zip", "notebook/01-square-roots.ipynb"),
    "scripts/01-square-roots/exercise.html",
}
WHEEL = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_course_is_proved_and_published(tmp_path: Path, language: str) -> None:
    ran = deckwright(tmp_path, "new", "my course", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("next: cd 'my course' && deckwright serve --open\n")
    course = tmp_path / "my course"
    for kind, name in (("deck", "statistics"), ("snippet", "02-statistics/means")):
        ran = deckwright(course, "new", kind, name)
        assert (ran.code, ran.err) == (0, "")
    checked = deckwright(course, "check", "--standalone")
    assert checked.code == 0, checked.err
    published = deckwright(course, "publish", "site")
    assert published.code == 0, published.err
    for ran in (checked, published):
        assert not {"warning", "error"} & set(ran.err.split()), ran.err
    assert {page for page in PAGES if not (course / "site" / page).is_file()} == set()


def test_a_wheel_has_every_file_of_the_package(tmp_path: Path) -> None:
    source = tmp_path / "source"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "tools", source / "tools", ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    paths = [path for path in (source / "tools").rglob("*") if path.is_file()]
    files = {path.relative_to(source / "tools").as_posix() for path in paths}
    subprocess.run([sys.executable, "-c", WHEEL, tmp_path], cwd=source, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert files <= set(archive.namelist())
