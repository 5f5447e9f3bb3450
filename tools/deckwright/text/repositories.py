"""Addresses of repositories, of files in them, and of notebooks that Colab opens from GitHub."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_GITHUB = frozenset({"github.com", "www.github.com"})
_COLAB = "https://colab.research.google.com/github"
_REPOSITORY = re.compile(r"/[\w.-]+/[\w.-]+")
"""The path of a repository on GitHub."""
_BRANCH = re.compile(rf"({_REPOSITORY.pattern})/(?:tree|blob)/(.+)")
"""That of a branch, or of a folder in one."""


def may_be_repository(address: str) -> bool:
    """Whether an address can be that of a repository or of a folder in it: on other hosts, any can."""
    return not _is_on_github(address) or bool(_REPOSITORY.match(_path(address)))


def is_branch(address: str) -> bool:
    """Whether an address is that of a branch on GitHub, or of a folder in one."""
    return _is_on_github(address) and bool(_BRANCH.fullmatch(_path(address)))


def file_address(repository: str, path: str) -> str:
    """Return the address of a file: in the default branch, where it is GitHub and no branch is named."""
    folder = repository.rstrip("/")
    if _is_on_github(repository) and _REPOSITORY.fullmatch(_path(repository)):
        folder = f"{folder.removesuffix('.git')}/blob/HEAD"
    return f"{folder}/{quote(path)}"


def colab_address(branch: str, path: str) -> str:
    """Return the address at which Colab opens a notebook that is in a branch on GitHub."""
    found = _BRANCH.fullmatch(_path(branch))
    if not found:
        raise ValueError(f"{branch} is no branch on GitHub")
    return f"{_COLAB}{found[1]}/blob/{found[2]}/{quote(path)}"


def _is_on_github(address: str) -> bool:
    return urlsplit(address).hostname in _GITHUB


def _path(address: str) -> str:
    return urlsplit(address).path.rstrip("/")
