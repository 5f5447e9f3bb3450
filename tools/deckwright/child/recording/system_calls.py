"""The system calls that show what a process reads and writes, and their numbers."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cached_property

AT_SYMLINK_NOFOLLOW = 0x100


class Effect(StrEnum):
    """What a call does with a path."""

    OPEN = auto()
    OPEN_AS_DESCRIBED = auto()
    """As OPEN; the flags are in memory."""
    MAKE = auto()
    """It makes a file, or writes it anew."""
    LOOK = auto()
    LOOK_AT_LINK = auto()
    READ = auto()
    LIST = auto()
    ENTER = auto()
    """It makes a folder the current one."""
    CHANGE = auto()
    MAKE_FOLDER = auto()


@dataclass(frozen=True, slots=True)
class Use:
    """How a call uses a path: numbers of arguments."""

    effect: Effect
    path: int | None = None
    """The path; None for the folder itself."""
    folder: int | None = None
    """The descriptor of a folder; None for the current one."""
    flags: int | None = None


@dataclass(frozen=True)
class Machine:
    """The numbers of a kind of processor."""

    architecture: int
    seccomp: int
    io_uring_setup: int
    calls: Mapping[int, tuple[Use, ...]]
    of_descriptors: Mapping[int, int]
    """Calls that with AT_EMPTY_PATH look at an open file, each with the number of its argument for flags."""
    starts: tuple[int, ...]
    """Calls that start another program in the same process."""
    forks: frozenset[int]
    """Calls that start a process or a thread."""
    controls: Mapping[int, tuple[int, int | None]]
    """Calls that signal or change a process: the numbers of the arguments for it, and for what is 0 where the
    call only asks."""

    @cached_property
    def quick_calls(self) -> Mapping[int, tuple[int, int | None]]:
        """Most calls that use one path: the numbers of the arguments for it and for its flags, if any."""
        return {
            number: (uses[0].path, uses[0].flags)
            for number, uses in self.calls.items()
            if len(uses) == 1 and uses[0].path is not None and uses[0].effect is not Effect.OPEN_AS_DESCRIBED
            if number not in self.starts
        }


E = Effect
_CALLS = (
    # x86-64, AArch64, uses
    (2, None, Use(E.OPEN, 0, flags=1)),
    (257, 56, Use(E.OPEN, 1, 0, 2)),
    (437, 437, Use(E.OPEN_AS_DESCRIBED, 1, 0, 2)),
    (85, None, Use(E.MAKE, 0)),  # creat
    (4, None, Use(E.LOOK, 0)),  # stat
    (6, None, Use(E.LOOK_AT_LINK, 0)),  # lstat
    (262, 79, Use(E.LOOK, 1, 0, 3)),  # newfstatat
    (332, 291, Use(E.LOOK, 1, 0, 2)),  # statx
    (21, None, Use(E.LOOK, 0)),  # access
    (269, 48, Use(E.LOOK, 1, 0)),  # faccessat
    (439, 439, Use(E.LOOK, 1, 0, 3)),  # faccessat2
    (89, None, Use(E.LOOK_AT_LINK, 0)),  # readlink
    (267, 78, Use(E.LOOK_AT_LINK, 1, 0)),  # readlinkat
    (59, 221, Use(E.READ, 0)),  # execve
    (322, 281, Use(E.READ, 1, 0)),  # execveat
    (80, 49, Use(E.ENTER, 0)),  # chdir
    (78, None, Use(E.LIST, folder=0)),  # getdents
    (217, 61, Use(E.LIST, folder=0)),  # getdents64
    (76, 45, Use(E.CHANGE, 0)),  # truncate
    (87, None, Use(E.CHANGE, 0)),  # unlink
    (84, None, Use(E.CHANGE, 0)),  # rmdir
    (263, 35, Use(E.CHANGE, 1, 0)),  # unlinkat
    (82, None, Use(E.CHANGE, 0), Use(E.MAKE, 1)),  # rename
    (264, 38, Use(E.CHANGE, 1, 0), Use(E.MAKE, 3, 2)),  # renameat
    (316, 276, Use(E.CHANGE, 1, 0), Use(E.MAKE, 3, 2)),  # renameat2
    (86, None, Use(E.READ, 0), Use(E.MAKE, 1)),  # link
    (265, 37, Use(E.READ, 1, 0), Use(E.MAKE, 3, 2)),  # linkat
    (88, None, Use(E.MAKE, 1)),  # symlink
    (266, 36, Use(E.MAKE, 2, 1)),  # symlinkat
    (133, None, Use(E.MAKE, 0)),  # mknod
    (259, 33, Use(E.MAKE, 1, 0)),  # mknodat
    (83, None, Use(E.MAKE_FOLDER, 0)),  # mkdir
    (258, 34, Use(E.MAKE_FOLDER, 1, 0)),  # mkdirat
)

_CONTROLS = (
    # x86-64, AArch64, process, what is 0 where it only asks: the signal, or the new limit
    (62, 129, 0, 1),  # kill
    (200, 130, 0, 1),  # tkill
    (234, 131, 0, 2),  # tgkill
    (129, 138, 0, 1),  # rt_sigqueueinfo
    (297, 240, 0, 2),  # rt_tgsigqueueinfo
    (434, 434, 0, None),  # pidfd_open
    (101, 117, 1, None),  # ptrace
    (302, 261, 0, 2),  # prlimit64
    (311, 271, 0, None),  # process_vm_writev
    (141, 140, 1, None),  # setpriority
    (142, 118, 0, None),  # sched_setparam
    (144, 119, 0, None),  # sched_setscheduler
    (203, 122, 0, None),  # sched_setaffinity
    (314, 274, 0, None),  # sched_setattr
)

_MACHINES = {
    "x86_64": Machine(
        0xC000003E,
        317,
        425,
        {n: tuple(uses) for n, _, *uses in _CALLS},
        {262: 3, 332: 2},
        (59, 322),
        frozenset({56, 57, 58, 435}),  # clone, fork, vfork, clone3
        {n: (process, asks) for n, _, process, asks in _CONTROLS},
    ),
    "aarch64": Machine(
        0xC00000B7,
        277,
        425,
        {n: tuple(uses) for _, n, *uses in _CALLS if n is not None},
        {79: 3, 291: 2},
        (221, 281),
        frozenset({220, 435}),
        {n: (process, asks) for _, n, process, asks in _CONTROLS},
    ),
}


def machine() -> Machine | None:
    """Return the numbers for this process; None for a system or processor that is not known."""
    known = sys.platform == "linux" and sys.byteorder == "little" and sys.maxsize > 2**32
    return _MACHINES.get(os.uname().machine) if known else None
