"""The `[tool.deckwright]` table of pyproject.toml."""

from pathlib import Path

import pytest

from deckwright.errors import ConfigError
from deckwright.project.marp_settings import MarpSettings
from deckwright.project.settings import HandoutSettings, PublishSettings, Settings, has_table, read_settings


def write(root: Path, text: str) -> None:
    (root / "pyproject.toml").write_text(text, "utf-8")


def test_settings(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()
    write(tmp_path, '[tool.deckwright]\ndevice = "cpu"\njobs = 2\nmarp.html = true\n')
    assert read_settings(tmp_path) == Settings("cpu", 2, marp=MarpSettings(page={"html": True}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.deckwright]\ndevise = 1\n", "unknown setting 'devise', did you mean 'device'?"),
        ("[tool.deckwright]\nx = 1\njobs = true\n", "'jobs' must be a whole number, not True"),
        (
            '[tool.deckwright]\nstore_limit = "much"\n',
            "'store_limit' must be a size such as \"2 GiB\", not 'much'",
        ),
        ("[tool.deckwright]\nleast_text = '9 px'\n", "'least_text' must be a whole number, not '9 px'"),
        ("[tool.deckwright.handout]\nlayout = '3up'\n", "'layout' must be 'notes' or 'lines' or '2up'"),
        ("[tool.deckwright.handout]\npapr = 'A4'\n", "unknown setting 'papr', did you mean 'paper'?"),
        ("[tool.deckwright]\nhandout = 'A4'\n", "[tool.deckwright.handout] must be a table"),
        (
            "[tool.deckwright.publish]\nurl = 'course.org'\n",
            "'url' must be an address that begins with https",
        ),
        ("[tool.deckwright.publish]\nurl = 'https://'\n", "'url' must be an address"),
        ("[tool.deckwright.publish]\nurl = 'http://[x/'\n", "'url' must be an address"),
        ("[tool.deckwright.publish]\nurl = 1\n", "'url' must be an address"),
        (
            "[tool.deckwright.publish]\nrepository = 'git@github.com:a/b.git'\n",
            "[tool.deckwright.publish]: 'repository' must be the address of a repository",
        ),
        ("[tool.deckwright.publish]\nrepository = 'https://github.com/a'\n", "not 'https://github.com/a'"),
        ("[tool.deckwright.publish]\ncolab = 'https://github.com/a/b'\n", "'colab' must be the address of a"),
        ("[tool.deckwright.publish]\ncolab = 'https://a.github.io/b/tree/c'\n", "such as https://github.com"),
        ("[tool.deckwright]\ncaptions = 'yes'\n", "'captions' must be true or false, not 'yes'"),
        ("[tool.deckwright\n", "is no valid TOML"),
        ("tool = 1\n", "must be a table"),
        ("[tool]\ndeckwright = 1\n", "must be a table"),
    ],
)
def test_wrong_settings(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read_settings(tmp_path)
    assert message in caught.value.message


def test_a_list_of_texts_is_a_setting(tmp_path: Path) -> None:
    write(tmp_path, '[tool.deckwright]\nallow = ["never-ran"]\n')
    assert read_settings(tmp_path).allow == ("never-ran",)
    write(tmp_path, "[tool.deckwright]\nallow = [1]\n")
    with pytest.raises(ConfigError, match="'allow' must be a list of texts"):
        read_settings(tmp_path)


def test_tables_of_their_own(tmp_path: Path) -> None:
    table = (
        '[tool.deckwright.handout]\npaper = "Letter"\n[tool.deckwright.publish]\nurl = "https://a.org/b/"\n'
    )
    write(tmp_path, table)
    settings = read_settings(tmp_path)
    assert settings.handout == HandoutSettings("notes", "Letter")
    assert settings.publish.page("1 张") == "https://a.org/b/html/1%20%E5%BC%A0.html"
    assert PublishSettings().page("a") == ""


def test_addresses_of_a_release() -> None:
    publish = PublishSettings("https://a.org/", "https://github.com/a/b", "https://github.com/a/b/tree/site/")
    release = publish.of_release("2026")
    assert release.page("x") == "https://a.org/2026/html/x.html"
    assert release.source("snippets/x.py") == "https://github.com/a/b/blob/HEAD/snippets/x.py"
    assert release.notebook("n.ipynb").endswith("/github/a/b/blob/site/2026/n.ipynb")
    assert PublishSettings().of_release("2026") == PublishSettings()


def test_a_folder_with_our_table(tmp_path: Path) -> None:
    assert not has_table(tmp_path)
    write(tmp_path, "[tool.ruff]\n")
    assert not has_table(tmp_path)
    write(tmp_path, "[tool.deckwright.marp]\n")
    assert has_table(tmp_path)


def test_pythonpath_names_folders_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "snippets").mkdir()
    write(tmp_path, '[tool.deckwright]\npythonpath = ["snippets"]\n')
    assert read_settings(tmp_path).pythonpath == ("snippets",)


@pytest.mark.parametrize(
    ("folder", "message"),
    [("gone", "no folder"), ("../x", "outside"), ("/", "outside"), ("a/../..", "outside")],
)
def test_pythonpath_elsewhere(tmp_path: Path, folder: str, message: str) -> None:
    write(tmp_path, f'[tool.deckwright]\npythonpath = ["{folder}"]\n')
    with pytest.raises(ConfigError, match=message):
        read_settings(tmp_path)
