"""Addresses of repositories, files in them, and notebooks in Colab."""

from __future__ import annotations

import pytest

from deckwright.text.repositories import colab_address, file_address, is_branch, may_be_repository

ROOT = "https://github.com/NAME/COURSE"


@pytest.mark.parametrize(
    ("repository", "expected"),
    [
        (ROOT, f"{ROOT}/blob/HEAD/snippets/a%20b.py"),
        (f"{ROOT}.git", f"{ROOT}/blob/HEAD/snippets/a%20b.py"),
        (f"{ROOT}/", f"{ROOT}/blob/HEAD/snippets/a%20b.py"),
        (f"{ROOT}/blob/main/course/", f"{ROOT}/blob/main/course/snippets/a%20b.py"),
        ("https://example.org/a/b", "https://example.org/a/b/snippets/a%20b.py"),
    ],
)
def test_a_file(repository: str, expected: str) -> None:
    assert file_address(repository, "snippets/a b.py") == expected


@pytest.mark.parametrize(
    ("address", "may_be"),
    [
        (ROOT, True),
        (f"{ROOT}/tree/main", True),
        ("https://example.org", True),
        ("https://github.com", False),
        ("https://github.com/NAME/", False),
    ],
)
def test_what_may_be_a_repository(address: str, may_be: bool) -> None:
    assert may_be_repository(address) == may_be


@pytest.mark.parametrize("kind", ["tree", "blob"])
@pytest.mark.parametrize("folder", ["gh-pages", "main/docs", "main/docs/"])
def test_a_notebook(kind: str, folder: str) -> None:
    branch = f"{ROOT}/{kind}/{folder}"
    assert is_branch(branch)
    start = f"https://colab.research.google.com/github/NAME/COURSE/blob/{folder.rstrip('/')}"
    assert colab_address(branch, "notebook/一.ipynb") == f"{start}/notebook/%E4%B8%80.ipynb"


@pytest.mark.parametrize("address", [ROOT, f"{ROOT}/tree", f"{ROOT}/tree/", "https://a.github.io/b/tree/c/d"])
def test_no_branch(address: str) -> None:
    assert not is_branch(address)
