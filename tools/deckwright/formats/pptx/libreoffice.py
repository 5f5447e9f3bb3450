"""LibreOffice, which draws presentations as they look in another program."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from deckwright.errors import RenderError, ToolMissing

_COMMANDS = ("soffice", "libreoffice")
_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
_PATIENCE_SECONDS = 300.0
_INSTALL = (
    "brew install --cask libreoffice" if sys.platform == "darwin" else "apt-get install libreoffice-impress"
)


def find_libreoffice() -> Path:
    """Return the program. Raises ToolMissing."""
    found = next(filter(None, map(shutil.which, _COMMANDS)), None)
    if found or _MAC.is_file():
        return Path(found or _MAC)
    raise ToolMissing("--editable compares slides in LibreOffice, which was not found", _INSTALL)


def pdf_of(presentation: bytes, fonts: Path) -> bytes:
    """Return a presentation as LibreOffice prints it. Raises ToolMissing and RenderError.

    `fonts` is a configuration of Fontconfig that has the fonts of the slides. LibreOffice puts space between
    Chinese and Latin letters, which PowerPoint does not, and a PPTX cannot forbid it: here, there is none.
    """
    program = find_libreoffice()
    with tempfile.TemporaryDirectory(prefix="deckwright-") as name:
        folder = Path(name)
        (folder / "slides.pptx").write_bytes(presentation)
        start = [str(program), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}

        def converted(source: str, kind: str) -> bytes:
            """Return a file in the folder as LibreOffice writes it in another format."""
            words = ["--convert-to", kind, "--outdir", str(folder), str(folder / source)]
            return _made(folder / f"slides.{kind}", [*start, *words], environment)

        own = converted("slides.pptx", "odp")
        (folder / "slides.odp").write_bytes(_without_script_space(own))
        return converted("slides.odp", "pdf")


def _made(path: Path, command: list[str], environment: Mapping[str, str]) -> bytes:
    """Return the file that a command writes."""
    said = _run(command, environment).strip().splitlines() or ["it said nothing"]
    try:
        return path.read_bytes()
    except FileNotFoundError:
        message = f"LibreOffice could not open the slides: {said[-1]}"
        raise RenderError(message, "build without --editable") from None


def _without_script_space(presentation: bytes) -> bytes:
    """Return a presentation of LibreOffice (ODP) that puts no space between letters of different scripts."""
    written = BytesIO()
    with ZipFile(BytesIO(presentation)) as before, ZipFile(written, "w") as after:
        for info in before.infolist():
            data = before.read(info)
            if info.filename in ("content.xml", "styles.xml"):
                data = data.replace(b'style:text-autospace="ideograph-alpha"', b'style:text-autospace="none"')
            after.writestr(info, data)
    return written.getvalue()


def _run(command: list[str], environment: Mapping[str, str]) -> str:
    """Return what a program says, which ends with all that it has started."""
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            return process.communicate(timeout=_PATIENCE_SECONDS)[0]
        except subprocess.TimeoutExpired:
            message = f"LibreOffice did not draw the slides in {_PATIENCE_SECONDS:.0f} seconds"
            raise RenderError(message, "build without --editable") from None
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
