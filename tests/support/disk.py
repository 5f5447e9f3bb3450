"""A disk that is full for one write."""

from __future__ import annotations

import errno
import os
from typing import Any, Self

import pytest

from deckwright.files import atomic, build_files


class FullDisk:
    """A disk on which one write fails, or writes only a half."""

    def __init__(self, patch: pytest.MonkeyPatch, failing: int, short: bool) -> None:
        self.writes = 0
        self._failing = failing
        self._short = short
        for module in (atomic, build_files):
            patch.setattr(module, "open", self._open, raising=False)

    def _open(self, *arguments: Any, **options: Any) -> Any:
        file = open(*arguments, **options)  # noqa: SIM115
        disk = self

        class File:
            def __enter__(self) -> Self:
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def fileno(self) -> int:
                return file.fileno()

            def write(self, data: bytes) -> int:
                disk.writes += 1
                if disk.writes != disk._failing:
                    return file.write(data)
                if disk._short:
                    return file.write(data[: len(data) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        return File()
