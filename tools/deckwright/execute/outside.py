"""Can the cause of a failure lie outside of the script? Tables, and what they say of a failure.

A network, a full disk, another program: what was wrong there may be right a minute later, and nothing that
a build compares has changed. So such a failure is never fresh. In doubt it counts as one: a run too many
costs time, a failure that stays costs the trust in all of them.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import cache

from deckwright.model import ErrorKind, Failure, FailureKind, StandaloneRun

NETWORK = "the network"
MEMORY = "memory"
DISK = "the disk"
TIME = "a time limit"
DEVICE = "a device or its driver"
MANY = "how many files, processes or threads there may be"
PERMISSION = "permissions"
PROGRAM = "another program"
FILE = "a file outside of the project"
SYSTEM = "the system"

_OF_FAILURES = {
    FailureKind.TIMEOUT: "its time limit",
    FailureKind.MEMORY: "its memory limit",
    FailureKind.KILLED: "a signal",
    FailureKind.UNREADABLE: "its temporary files",
    FailureKind.REMOVED: "its temporary files",
}
"""Kinds of failures that are not those of an exception."""

_OF_NAMES = {
    NETWORK: (
        *("*ConnectionError", "*ConnectError", "*ConnectionFailure", "*DisconnectionError", "URLError"),
        *("*HTTPError", "HTTPException", "HTTPStatusError", "gaierror", "herror", "*SSLError", "*ProxyError"),
        *("RequestException", "*TransportError", "*NetworkError", "*RpcError", "SMTPException"),
        *("*ServiceUnavailable*", "UnavailableError", "*RateLimitError", "AutoReconnect"),
        *("LocalEntryNotFoundError", "OfflineModeIsEnabled", "requests.*", "urllib3.*", "httpx.*"),
        *("aiohttp.*", "websockets.*", "ftplib.Error", "poplib.error_proto", "imaplib.IMAP4.error"),
        *("nntplib.*", "xmlrpc.client.ProtocolError", "paramiko.*", "pycurl.error", "dns.*", "botocore.*"),
        *("google.api_core.*", "asyncpg.*", "psycopg*.OperationalError", "pymysql.*", "MySQLdb.*"),
    ),
    TIME: ("*Timeout*", "*TimedOut*", "*DeadlineExceeded*"),
    MEMORY: ("MemoryError", "*OutOfMemory*", "*ResourceExhausted*"),
    DEVICE: (
        *("AcceleratorError", "CUDARuntimeError", "CudaSupportError", "CudaAPIError", "CUDADriverError"),
        *("NVMLError*", "*DeviceNotFound*", "XlaRuntimeError"),
    ),
    PERMISSION: ("PermissionError",),
    PROGRAM: (
        *("SubprocessError", "BrokenExecutor", "ChildProcessError", "ProcessLookupError", "InterruptedError"),
        *("KeyboardInterrupt", "ProcessRaisedException", "ProcessExitedException", "ChildFailedError"),
        *("ExecutableNotFound",),
    ),
}
"""Patterns for the classes from which an exception inherits; with a dot, for the module, too."""

_OF_NUMBERS = {
    NETWORK: (
        *("ENETDOWN", "ENETUNREACH", "ENETRESET", "ECONNABORTED", "ECONNRESET", "ECONNREFUSED", "ENOBUFS"),
        *("EHOSTDOWN", "EHOSTUNREACH", "ENOTCONN", "ESHUTDOWN", "EPIPE", "EADDRINUSE", "EADDRNOTAVAIL"),
        *("ENONET", "ENOLINK", "ECOMM", "EREMOTEIO", "ESTALE", "EPROTO"),
    ),
    TIME: ("ETIMEDOUT", "ETIME"),
    DISK: ("ENOSPC", "EDQUOT", "EFBIG", "EIO", "EROFS", "ENOLCK", "EUCLEAN", "EBUSY"),
    MANY: ("EMFILE", "ENFILE", "EAGAIN", "EUSERS", "EMLINK", "EDEADLK"),
    MEMORY: ("ENOMEM",),
    DEVICE: ("ENODEV", "ENXIO", "ENOMEDIUM", "EMEDIUMTYPE", "ENOTBLK"),
    PERMISSION: ("EACCES", "EPERM"),
    PROGRAM: ("ETXTBSY", "ENOEXEC", "ECHILD", "ESRCH", "EINTR"),
}
"""Names of the numbers that the system gives to errors; no system has all of them."""

_OF_THE_CALL = (
    *("ENOENT", "ENOTDIR", "EISDIR", "EEXIST", "ENOTEMPTY", "EINVAL", "EBADF", "ESPIPE", "ENAMETOOLONG"),
    *("ELOOP", "ENOTTY", "EXDEV", "EFAULT", "EDOM", "ERANGE", "E2BIG", "ENOSYS", "EOPNOTSUPP", "EILSEQ"),
    *("ENOTSOCK", "EDESTADDRREQ", "EAFNOSUPPORT", "EISCONN", "EOVERFLOW", "EPROTONOSUPPORT"),
)
"""Those that say that a call does not fit what is there: a build knows what is there in the project."""

_OF_WORDS = {
    DEVICE: (
        *("CUDA error", "CUDA driver", "CUDA unknown error", "CUDA runtime", "No CUDA", "CUDA-capable"),
        *("NVIDIA driver", "cuDNN error", "CUBLAS_STATUS", "CUDNN_STATUS", "CUSOLVER_STATUS", "NCCL"),
        *("HIP error", "No HIP GPUs", "not compiled with CUDA", "'/dev/", "cannot open shared object file"),
    ),
    MEMORY: ("out of memory", "allocate memory", "RESOURCE_EXHAUSTED", "bad_alloc", "Unable to allocate"),
    MANY: ("can't start new thread", "can't start new process", "Thread creation failed"),
    PROGRAM: ("is killed by signal", "exited unexpectedly", "terminated abruptly"),
    DISK: ("database is locked", "disk I/O error", "disk is full", "failed writing file"),
    NETWORK: ("name resolution", "Name or service not known", "nodename nor servname", "timed out"),
}
"""Words in messages of exceptions whose class says nothing: libraries in C++ raise RuntimeError."""

_PRINTED = re.compile(r"(?:  \| )*([A-Za-z_][\w.]*)(?:: (.*))?$")
_NUMBER = re.compile(r"\[Errno (\d+)\]")

_WITH_ERRORS = (FailureKind.RAISED, FailureKind.DID_NOT_RAISE)
"""Kinds of failures of which only the exceptions say what their cause may be."""


def outside_cause(failure: Failure) -> str:
    """Return what the cause of a failure may be, in words, if it may lie outside of the script; else ""."""
    if failure.kind in _WITH_ERRORS:
        return next(filter(None, map(_cause, failure.errors)), "")
    return _OF_FAILURES.get(failure.kind, "")


def outside_cause_alone(run: StandaloneRun) -> str:
    """Return the same for a script that ran alone: its exceptions are known from what Python prints."""
    if run.limit or run.status < 0:
        return _OF_FAILURES.get(run.limit or FailureKind.KILLED, "")
    rows = map(_PRINTED.match, run.stderr.splitlines()) if run.status else ()
    return next(filter(None, (_cause(_printed(row[1], row[2] or "")) for row in rows if row)), "")


def _printed(name: str, message: str) -> ErrorKind:
    number = _NUMBER.search(message)
    return ErrorKind((name,), message, int(number[1]) if number else None)


def _cause(error: ErrorKind) -> str:
    cause = _by_name(error) or _by_number(error) or _by_words(error)
    return cause and f"{cause} ({error.names[0].rpartition('.')[2]})"


def _by_name(error: ErrorKind) -> str:
    return next((cause for cause, names in _OF_NAMES.items() if any(_is_called(error, n) for n in names)), "")


def _is_called(error: ErrorKind, pattern: str) -> bool:
    return any(
        fnmatchcase(name if "." in pattern else name.rpartition(".")[2], pattern) for name in error.names
    )


def _by_number(error: ErrorKind) -> str:
    if error.errno is None or error.errno <= 0:  # those of `getaddrinfo` are below 0
        return ""
    name = errno.errorcode.get(error.errno, "")
    if name not in _OF_THE_CALL:
        return next((cause for cause, names in _OF_NUMBERS.items() if name in names), SYSTEM)
    if error.module == "subprocess":
        return PROGRAM
    return FILE if os.path.isabs(error.file) else ""


def _by_words(error: ErrorKind) -> str:
    message = error.message.lower()
    return next((cause for cause, words in _all_words() if any(word in message for word in words)), "")


@cache
def _all_words() -> Sequence[tuple[str, Sequence[str]]]:
    """Return what is said in messages by cause, the system's own words last."""
    numbers = {
        cause: [getattr(errno, n) for n in names if hasattr(errno, n)] for cause, names in _OF_NUMBERS.items()
    }
    system = [(cause, [os.strerror(n).lower() for n in those]) for cause, those in numbers.items()]
    return [*((cause, [word.lower() for word in words]) for cause, words in _OF_WORDS.items()), *system]
