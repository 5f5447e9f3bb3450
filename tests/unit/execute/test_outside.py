"""Which failures may have a cause outside of the script."""

import errno

import pytest

from deckwright.execute.outside import outside_cause, outside_cause_alone
from deckwright.model import ErrorKind, Failure, FailureKind, StandaloneRun

OS_ERROR = ("OSError", "Exception", "BaseException")
RUNTIME = ("RuntimeError", "Exception", "BaseException")


def cause(*errors: ErrorKind, kind: FailureKind = FailureKind.RAISED) -> str:
    return outside_cause(Failure(kind, "", errors=errors))


def named(*names: str) -> ErrorKind:
    return ErrorKind((*names, "Exception", "BaseException"))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (FailureKind.TIMEOUT, "its time limit"),
        (FailureKind.MEMORY, "its memory limit"),
        (FailureKind.KILLED, "a signal"),
        (FailureKind.UNREADABLE, "its temporary files"),
        (FailureKind.OUTPUT, ""),
        (FailureKind.EXITED, ""),
        (FailureKind.NO_FIGURE, ""),
        (FailureKind.DID_NOT_RAISE, ""),
        (FailureKind.RAISED, ""),
    ],
)
def test_kinds_of_failures(kind: FailureKind, expected: str) -> None:
    assert cause(kind=kind) == expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (named("ConnectionRefusedError", "ConnectionError", "OSError"), "the network"),
        (named("urllib.error.HTTPError", "urllib.error.URLError", "OSError"), "the network"),
        (named("requests.exceptions.ConnectionError", "requests.exceptions.RequestException"), "the network"),
        (named("requests.exceptions.JSONDecodeError", "ValueError"), "the network"),
        (named("httpx.ConnectTimeout", "httpx.TransportError", "httpx.HTTPError"), "the network"),
        (named("aiohttp.client_exceptions.ClientConnectorDNSError"), "the network"),
        (
            ErrorKind(("socket.gaierror", *OS_ERROR), "Temporary failure in name resolution", -3),
            "the network",
        ),
        (ErrorKind(("ssl.SSLCertVerificationError", "ssl.SSLError", *OS_ERROR), "", 1), "the network"),
        (named("psycopg.errors.OperationalError", "psycopg.OperationalError"), "the network"),
        (named("TimeoutError", "OSError"), "a time limit"),
        (named("subprocess.TimeoutExpired", "subprocess.SubprocessError"), "a time limit"),
        (named("MemoryError"), "memory"),
        (named("numpy._core._exceptions._ArrayMemoryError", "MemoryError"), "memory"),
        (named("torch.OutOfMemoryError", "RuntimeError"), "memory"),
        (ErrorKind(RUNTIME, "CUDA out of memory. Tried to allocate 20.00 GiB"), "memory"),
        (
            ErrorKind(RUNTIME, "[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory"),
            "memory",
        ),
        (named("torch.AcceleratorError", "RuntimeError"), "a device or its driver"),
        (ErrorKind(RUNTIME, "CUDA error: no kernel image is available"), "a device or its driver"),
        (ErrorKind(RUNTIME, "Found no NVIDIA driver on your system"), "a device or its driver"),
        (
            ErrorKind(("ImportError",), "libcuda.so.1: cannot open shared object file"),
            "a device or its driver",
        ),
        (
            ErrorKind(("FileNotFoundError", *OS_ERROR), "[Errno 2] '/dev/video0'", 2, "/dev/video0"),
            "a file outside",
        ),
        (ErrorKind(RUNTIME, "can't start new thread"), "how many files, processes or threads"),
        (ErrorKind(("BlockingIOError", *OS_ERROR), "", errno.EAGAIN), "how many files, processes or threads"),
        (ErrorKind(OS_ERROR, "", errno.EMFILE), "how many files, processes or threads"),
        (ErrorKind(OS_ERROR, "", errno.ENFILE), "how many files, processes or threads"),
        (ErrorKind(OS_ERROR, "", errno.ENOSPC), "the disk"),
        (ErrorKind(OS_ERROR, "", errno.EDQUOT), "the disk"),
        (ErrorKind(OS_ERROR, "", errno.EFBIG), "the disk"),
        (ErrorKind(OS_ERROR, "", errno.EIO), "the disk"),
        (
            ErrorKind(RUNTIME, "PytorchStreamWriter failed writing file data/0: No space left on device"),
            "the disk",
        ),
        (ErrorKind(("sqlite3.OperationalError", "sqlite3.Error"), "database is locked"), "the disk"),
        (ErrorKind(("PermissionError", *OS_ERROR), "", errno.EACCES, "/srv/data.csv"), "permissions"),
        (
            ErrorKind(("FileNotFoundError", *OS_ERROR), "", 2, "/mnt/data.csv"),
            "a file outside of the project",
        ),
        (ErrorKind(("FileNotFoundError", *OS_ERROR), "", 2, "dot", "subprocess"), "another program"),
        (named("subprocess.CalledProcessError", "subprocess.SubprocessError"), "another program"),
        (
            named("concurrent.futures.process.BrokenProcessPool", "concurrent.futures._base.BrokenExecutor"),
            "another program",
        ),
        (ErrorKind(RUNTIME, "DataLoader worker (pid 7) is killed by signal: Killed."), "another program"),
        (named("InterruptedError", "OSError"), "another program"),
        (ErrorKind(OS_ERROR, "", 9999), "the system"),
    ],
)
def test_causes_outside(error: ErrorKind, expected: str) -> None:
    assert cause(error).startswith(expected)
    assert cause(error).endswith(f"({error.names[0].rpartition('.')[2]})")


@pytest.mark.parametrize(
    "error",
    [
        named("AssertionError"),
        named("ValueError"),
        named("ZeroDivisionError", "ArithmeticError"),
        named("ModuleNotFoundError", "ImportError"),
        named("RecursionError", "RuntimeError"),
        named("SystemExit"),
        ErrorKind(RUNTIME, "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)"),
        ErrorKind(("PIL.UnidentifiedImageError", *OS_ERROR), "cannot identify image file 'x.png'"),
        ErrorKind(("sqlite3.OperationalError", "sqlite3.Error"), "no such table: t"),
        ErrorKind(("FileNotFoundError", *OS_ERROR), "No such file or directory: 'x'", 2, "snippets/x"),
        ErrorKind(("IsADirectoryError", *OS_ERROR), "", errno.EISDIR, "data"),
        ErrorKind(OS_ERROR, "bad descriptor", errno.EBADF),
    ],
)
def test_causes_in_the_script(error: ErrorKind) -> None:
    assert cause(error) == ""


def test_what_led_to_an_error_counts() -> None:
    refused = named("ConnectionRefusedError", "ConnectionError", "OSError")
    assert cause(named("KeyError"), refused) == "the network (ConnectionRefusedError)"
    assert (
        cause(named("ExceptionGroup"), named("ValueError"), refused) == "the network (ConnectionRefusedError)"
    )


@pytest.mark.parametrize("name", ["ConnectionError", "requests.ConnectionError", "URLError", "MemoryError"])
def test_an_asserted_error_that_the_outside_decides(name: str) -> None:
    assert cause(ErrorKind((name,)), kind=FailureKind.DID_NOT_RAISE)
    assert not cause(ErrorKind(("ValueError",)), kind=FailureKind.DID_NOT_RAISE)


TRACE = 'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\n    f()\n'


@pytest.mark.parametrize(
    ("stderr", "expected"),
    [
        ("ConnectionRefusedError: [Errno 111] Connection refused", "the network (ConnectionRefusedError)"),
        (
            "urllib.error.URLError: <urlopen error [Errno -2] Name or service not known>",
            "the network (URLError)",
        ),
        (f"OSError: [Errno {errno.ENOSPC}] No space left on device", "the disk (OSError)"),
        ("KeyboardInterrupt", "another program (KeyboardInterrupt)"),
        ("  | ExceptionGroup: two (1 sub-exception)\n  | TimeoutError: late", "a time limit (TimeoutError)"),
        ("MemoryError\n\nDuring handling …\n\nValueError: no", "memory (MemoryError)"),
        ("ValueError: no", ""),
        ("FileNotFoundError: [Errno 2] No such file or directory: 'x'", ""),
    ],
)
def test_a_script_that_failed_alone(stderr: str, expected: str) -> None:
    assert outside_cause_alone(StandaloneRun("", TRACE + stderr + "\n", 1, 0.1)) == expected
    assert outside_cause_alone(StandaloneRun("", TRACE + stderr + "\n", 0, 0.1)) == ""


@pytest.mark.parametrize(
    ("status", "limit", "expected"),
    [
        (-9, None, "a signal"),
        (-9, FailureKind.TIMEOUT, "its time limit"),
        (-9, FailureKind.OUTPUT, ""),
        (1, None, ""),
    ],
)
def test_how_a_script_ended_alone(status: int, limit: FailureKind | None, expected: str) -> None:
    assert outside_cause_alone(StandaloneRun("", "", status, 0.1, limit)) == expected
