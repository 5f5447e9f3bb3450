"""Errors that end a command. A mistake of an author is not one of these, but a `Diagnostic`.

Each kind has a slug (its section in messages.md), a hint and an exit code.
"""

from __future__ import annotations

GOOD = 0
BAD_DECK = 1
BAD_USAGE = 2
MISSING_TOOL = 3
OUR_FAULT = 70
INTERRUPTED = 130


class DeckwrightError(Exception):
    """The base class of errors that end a command."""

    slug = "error"
    exit_code = BAD_DECK

    def __init_subclass__(cls, slug: str, exit_code: int = BAD_DECK) -> None:
        cls.slug, cls.exit_code = slug, exit_code

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(DeckwrightError, slug="config", exit_code=BAD_USAGE):
    """The configuration or the command line cannot be used."""


class DeviceMissing(DeckwrightError, slug="device-missing", exit_code=BAD_USAGE):
    """`--device` names a device that this machine does not have."""


class ToolMissing(DeckwrightError, slug="tool-missing", exit_code=MISSING_TOOL):
    """A program is missing; the hint is the command that installs it."""


class RenderError(DeckwrightError, slug="render"):
    """Marp or the browser failed on a deck."""


class RenderTimeout(RenderError, slug="render-timeout"):
    """Marp or the browser took longer for a deck than the settings allow."""


class StoreBusy(DeckwrightError, slug="store-busy"):
    """Another command writes to build/."""


class EditedMeanwhile(DeckwrightError, slug="edited-meanwhile"):
    """A file of the author's has changed since the command read it."""


class DiskFull(DeckwrightError, slug="disk-full"):
    """A disk, a quota or the limit of a file's size leaves no room."""


class NoPermission(DeckwrightError, slug="no-permission"):
    """A file or a folder may not be read or written."""


class PathError(DeckwrightError, slug="path"):
    """Something else stands where a file or a folder is to be, or the current folder is gone."""


class SystemLimit(DeckwrightError, slug="system-limit"):
    """There is no memory left, or too many files are open."""


class SystemFailure(DeckwrightError, slug="system"):
    """The system refused something for another reason."""


class InternalError(DeckwrightError, slug="internal", exit_code=OUR_FAULT):
    """A fault of Deckwright."""


class ServerError(DeckwrightError, slug="server"):
    """The warm Python server could not be started, or ended."""


class ClusterError(DeckwrightError, slug="cluster"):
    """The scheduler or the workers of a cluster cannot be used."""


class DownloadError(DeckwrightError, slug="download"):
    """A picture cannot be downloaded."""


class ServeError(DeckwrightError, slug="serve", exit_code=BAD_USAGE):
    """The live server cannot listen at its address, or cannot watch the sources."""


class Cancelled(Exception):
    """Work was interrupted from another thread. The thread that works catches it; users never see it."""
