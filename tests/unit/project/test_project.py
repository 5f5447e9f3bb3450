"""The author's folder."""

from pathlib import Path

import pytest

from deckwright.errors import ConfigError
from deckwright.project.marp_settings import MarpSettings
from deckwright.project.project import Disk, Project, find_project
from deckwright.project.settings import Settings, read_settings


def write(root: Path, *paths: str, text: str = "") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def project(root: Path) -> Project:
    return Project(root, Disk(root))


def test_decks_scripts_and_themes(tmp_path: Path) -> None:
    write(tmp_path, "slides/b.md", "slides/part/a.md", "slides/README.md", "slides/.x/c.md", "snippets/s.py")
    write(tmp_path, "snippets/__pycache__/s.py", "figures/f.py", "slides/themes/t.css", "slides/n.txt")
    here = project(tmp_path)
    assert here.decks() == ("slides/b.md", "slides/part/a.md")
    assert here.scripts() == ("snippets/s.py", "figures/f.py")
    assert tuple(here.themes()) == ("slides/themes/t.css",)


def test_another_folder_of_decks(tmp_path: Path) -> None:
    write(tmp_path, "talks/b.md", "talks/part/a.md", "talks/part/t.css", "slides/c.md")
    here = Project(tmp_path, Disk(tmp_path), Settings(marp=MarpSettings(input_dir="talks")))
    assert here.decks() == ("talks/b.md", "talks/part/a.md")
    assert tuple(here.themes()) == ("talks/part/t.css",)


def test_a_folder_is_a_name_for_its_decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "talks/b.md", "talks/part/a.md", "c.md", "build/slides/c.md", "node_modules/x/d.md")
    monkeypatch.chdir(tmp_path)
    here = find_project(tmp_path, ["talks"])
    assert (here.root, here.decks(["talks"])) == (tmp_path, ("talks/b.md", "talks/part/a.md"))
    assert project(tmp_path).decks(["talks", "c.md"]) == ("talks/b.md", "talks/part/a.md", "c.md")
    assert project(tmp_path).decks(["."]) == ("c.md", "talks/b.md", "talks/part/a.md")
    with pytest.raises(ConfigError, match="no deck in node_modules"):
        project(tmp_path).decks(["node_modules"])


def test_what_editors_leave_is_no_source(tmp_path: Path) -> None:
    write(tmp_path, "slides/a.md", "slides/._a.md", "snippets/.hidden.py")
    (tmp_path / "slides/.#a.md").symlink_to("me@machine.1:2")
    (tmp_path / "snippets/dead.py").symlink_to("nowhere.py")
    here = project(tmp_path)
    assert here.decks() == ("slides/a.md",)
    assert here.scripts() == ()


def test_no_file_has_a_name_that_is_too_long(tmp_path: Path) -> None:
    assert not Disk(tmp_path).exists("b" * 5000 + ".py")


def test_named_decks_are_relative_to_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "slides/a.md", "slides/b.md")
    monkeypatch.chdir(tmp_path / "slides")
    assert project(tmp_path).decks(["b.md", "../slides/a.md", "b.md"]) == ("slides/b.md", "slides/a.md")


def test_a_deck_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "slides/lecture.md")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=r"no deck slides/lectrue\.md") as caught:
        project(tmp_path).decks(["slides/lectrue.md"])
    assert "slides/lecture.md" in caught.value.hint


def test_no_deck_at_all(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no deck in"):
        project(tmp_path).decks()


def test_the_project_of_a_folder_and_of_a_deck(tmp_path: Path) -> None:
    write(tmp_path, "course/slides/part/a.md", "alone/deck.md")
    (tmp_path / "alone/.git").mkdir()
    assert find_project(tmp_path / "course/slides/part").root == tmp_path / "course"
    assert find_project(tmp_path, ["course/slides/part/a.md"]).root == tmp_path / "course"
    assert find_project(tmp_path, ["alone/deck.md"]).root == tmp_path / "alone"
    with pytest.raises(ConfigError, match="no slides/ folder"):
        find_project(tmp_path / "alone")
    write(tmp_path, "alone/build/.store/index.log")  # a build by name was made here
    assert find_project(tmp_path / "alone").root == tmp_path / "alone"


@pytest.mark.parametrize(
    ("files", "root"),
    [
        (["repo/.git/HEAD", "repo/docs/a.md"], "repo"),
        (["repo/.git", "repo/docs/talks/2024/a.md"], "repo"),
        (["repo/pyproject.toml", "repo/docs/a.md"], "repo"),
        (["repo/.git/HEAD", "repo/py/pyproject.toml", "repo/py/docs/a.md"], "repo/py"),
        (["repo/.git/HEAD", "repo/talks/.marprc.yml", "repo/talks/a.md"], "repo/talks"),
        (["repo/.git/HEAD", "repo/talks/slides/a.md"], "repo"),
        (["repo/.git/HEAD", "repo/course/slides/a.md", "repo/course/snippets/a.py"], "repo/course"),
        (["here/talks/slides/a.md"], "here/talks"),
        (["here/talks/a.md"], "here"),
        (["elsewhere/talks/a.md"], "elsewhere/talks"),
    ],
)
def test_the_project_is_the_repository(tmp_path: Path, files: list[str], root: str) -> None:
    write(tmp_path, *files)
    deck = next(path for path in files if path.endswith("a.md"))
    (tmp_path / "here").mkdir(exist_ok=True)
    assert find_project(tmp_path / "here", [str(tmp_path / deck)]).root == tmp_path / root


def test_the_home_folder_is_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "home/me/talks/a.md")
    monkeypatch.setenv("HOME", str(tmp_path / "home/me"))
    for start in ("home/me", "home", "."):
        deck = str(tmp_path / "home/me/talks/a.md")
        assert find_project(tmp_path / start, [deck]).root == tmp_path / "home/me/talks"


def test_lectures_deeper_in_a_repository(tmp_path: Path) -> None:
    write(tmp_path, ".git/HEAD", "talks/slides/a.md", "talks/slides/themes/t.css", "other/b.md")
    for start, decks in (("talks", ()), ("talks/slides", ()), ("other", ("../talks/slides/a.md",))):
        here = find_project(tmp_path / start, decks)
        assert (here.root, here.lectures()) == (tmp_path, ("talks/slides/a.md",))
        assert tuple(here.themes()) == ("talks/slides/themes/t.css",)
    with pytest.raises(ConfigError, match="no slides/ folder"):
        find_project(tmp_path / "other")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", "[tool.deckwright.marp]\n"),
        (".marprc.yml", "html: true\n"),
        ("marp.config.js", ""),
        ("package.json", '{"marp": {}}'),
    ],
)
def test_settings_mark_a_project(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path, "part/deck.md")
    write(tmp_path, name, text=text)
    assert find_project(tmp_path, ["part/deck.md"]).root == tmp_path


def test_themes_of_the_theme_set(tmp_path: Path) -> None:
    write(tmp_path, "themes/t.css", "themes/site/e.css", "slides/themes/a.css")
    write(tmp_path, "more/b.css", "more/c/d.css", "own.css", "other.css")
    write(tmp_path, ".marprc.json", text='{"themeSet": ["own.css", "more/", "slides/themes/a.css"]}')
    here = Project(tmp_path, Disk(tmp_path), read_settings(tmp_path))
    shared = ("themes/t.css", "slides/themes/a.css")
    assert tuple(here.themes()) == (*shared, "own.css", "more/b.css", "more/c/d.css")
    lost = Project(tmp_path, Disk(tmp_path), Settings(marp=MarpSettings(("nowhere", "more/**/*.css"))))
    assert tuple(lost.themes()) == (*shared, "more/b.css", "more/c/d.css")


def test_two_decks_cannot_have_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "slides/a.md", "a.md")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=r"^slides/a\.md and a\.md would have the same page: a\.html$"):
        project(tmp_path).decks(["slides/a.md", "a.md"])


def test_a_deck_outside_of_the_project(tmp_path: Path) -> None:
    write(tmp_path, "course/slides/a.md", "b.md")
    with pytest.raises(ConfigError, match="lies outside"):
        project(tmp_path / "course").decks([str(tmp_path / "b.md")])


def test_a_file_that_is_no_utf8(tmp_path: Path) -> None:
    write(tmp_path, "slides/a.md", text="好\n")
    (tmp_path / "slides/b.md").write_bytes("好\nab ".encode() + "好".encode("gbk"))
    texts, (wrong,) = project(tmp_path).texts(["slides/a.md", "slides/b.md"])
    assert texts == {"slides/a.md": "好\n"}
    assert (wrong.slug, wrong.location.path) == ("undecodable", "slides/b.md")
    assert (wrong.location.line, wrong.location.column) == (2, 4)


def test_line_ends_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a\r\nb\r")
    assert project(tmp_path).texts(["a.md"])[0] == {"a.md": "a\r\nb\r"}


@pytest.mark.parametrize("named", ["slides/a.md", "slides"])
def test_a_folder_of_lectures_may_be_a_link(
    tmp_path: Path, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("course/snippets", "away"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "course/slides").symlink_to("../away")
    (tmp_path / "away/a.md").touch()
    monkeypatch.chdir(tmp_path / "course")
    project = find_project(Path.cwd(), [named])
    assert (project.root, project.decks([named])) == (tmp_path / "course", ("slides/a.md",))
    assert project.files.is_inside("slides/a.md")


def test_a_deck_behind_another_link_is_of_the_project_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("course/snippets", "course/slides", "other/snippets", "other/slides"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "other/slides/b.md").touch()
    (tmp_path / "course/slides/b.md").symlink_to("../../other/slides/b.md")
    monkeypatch.chdir(tmp_path / "course")
    project = find_project(Path.cwd(), ["slides/b.md"])
    assert (project.root, project.decks(["slides/b.md"])) == (tmp_path / "other", ("slides/b.md",))
