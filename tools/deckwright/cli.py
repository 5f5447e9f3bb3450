"""The commands: arguments in, a pipeline called, text out, an exit code. Heavy imports stay inside."""

from __future__ import annotations

import codecs
import io
import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from deckwright import __version__
from deckwright.errors import BAD_DECK, GOOD, INTERRUPTED, MISSING_TOOL, ConfigError, DeckwrightError

if TYPE_CHECKING:
    from deckwright.build import Change
    from deckwright.doors import Doors, Emit
    from deckwright.model import Diagnostic, Plan, Report, Request
    from deckwright.project import Project

NO_NOTES: Mapping[str, str] = {}
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_DEVICE = click.option(
    "--device",
    default=None,
    metavar="DEVICE",
    help="What scripts without a wish of their own get: auto, cpu, cuda, cuda:N or mps.",
)
_JOBS = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    default=None,
    help="Scripts that run at once (default: one a core).",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print events, one JSON object a line.")
_FORCE = click.option(
    "--force",
    is_flag=False,
    flag_value="*",
    default="",
    metavar="[PATTERN]",
    help="Run these scripts, changed or not: a path, a name, wildcards or a deck; alone: all.",
)
_ONLY = click.option(
    "--only",
    default="",
    metavar="PATTERN",
    help="Run none but these scripts; what others show is marked as accepted, not fresh.",
)
_DECKS = click.argument("decks", nargs=-1, type=click.Path(path_type=str))


@click.group(context_settings=_HELP)
@click.version_option(__version__, prog_name="deckwright")
def cli() -> None:
    """Build lecture decks from Marp Markdown and runnable Python files, and prove every slide."""


@cli.command()
@_DECKS
@_DEVICE
@click.option("--no-pdf", is_flag=True, help="Write HTML only; the browser is not started.")
@click.option("--notes", is_flag=True, help="Put speaker notes into the PDF as annotations.")
@_FORCE
@_ONLY
@_JSON
@_JOBS
def build(
    decks: tuple[str, ...],
    device: str | None,
    no_pdf: bool,
    notes: bool,
    force: str,
    only: str,
    as_json: bool,
    jobs: int | None,
) -> int:
    """Run what is stale, and write HTML and PDF.

    Builds the decks named, or all decks in slides/. Everything is written into build/.
    """
    from deckwright.model import Request

    project = _project(decks)
    request = Request(decks, not no_pdf, notes, force, only)
    report = _built(project, _doors(project, device, jobs), request, as_json)
    _print_report(report, as_json)
    return GOOD if report.good else BAD_DECK


@cli.command()
@_DECKS
@_DEVICE
@click.option("--standalone", is_flag=True, help="Also run every script as a student does: python FILE.")
@click.option("--allow", "allowed", multiple=True, metavar="SLUG", help="Only warn of this; may be repeated.")
@click.option("--junit", type=click.Path(dir_okay=False), help="Write JUnit XML into this file.")
@click.option("--github", is_flag=True, help="Print annotations for GitHub (a default where it runs us).")
@click.option("--update-baseline", is_flag=True, help="Let pass what is wrong now, and nothing else.")
@_JSON
@_JOBS
def check(
    decks: tuple[str, ...],
    device: str | None,
    standalone: bool,
    allowed: tuple[str, ...],
    junit: str | None,
    github: bool,
    update_baseline: bool,
    as_json: bool,
    jobs: int | None,
) -> int:
    """Build, and prove every slide: for CI.

    Fails where a slide shows something else than its script gave, holds more than fits, cannot be read, or
    shows what nothing proves. build/check/index.html shows what is wrong.
    """
    from deckwright.model import Check, Request

    project = _project(decks)
    how = Check(standalone, allowed, baseline=not update_baseline)
    report = _built(project, _doors(project, device, jobs), Request(decks, check=how), as_json)
    _print_diagnostics(report.diagnostics, as_json)
    if github or os.environ.get("GITHUB_ACTIONS") == "true":
        _print_annotations(report, as_json)
    if junit:
        _write_junit(Path(junit), report)
    if update_baseline and not report.stopped:
        _update_baseline(project, report, bool(decks), as_json)
        return GOOD
    if not as_json:
        _print_verdict(report)
    return GOOD if report.good else BAD_DECK


@cli.command()
@_DECKS
@_DEVICE
@_FORCE
@_ONLY
@click.option("--explain", is_flag=True, help="One sentence for every script, also for those that stay.")
def plan(decks: tuple[str, ...], device: str | None, force: str, only: str, explain: bool) -> int:
    """Say what a build would run, and why. Starts nothing."""
    from deckwright.build import plan_course
    from deckwright.model import Request, has_errors
    from deckwright.read import read_course

    project = _project(decks)
    course = read_course(project, decks)
    _print_diagnostics(course.diagnostics, False)
    if has_errors(course.diagnostics):
        return BAD_DECK
    request = Request(decks, force=force, only=only)
    doors = _doors(project, device, None)
    _print_plan(plan_course(project, doors, course, request), explain)
    if trouble := doors.store.trouble:
        _print_diagnostics([project.store_warning(trouble)], False)
    return GOOD


@cli.command()
@click.argument("names", nargs=-1, type=click.Path(path_type=str))
@_DEVICE
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if something would change.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before writing.")
@_JOBS
def sync(names: tuple[str, ...], device: str | None, check: bool, yes: bool, jobs: int | None) -> int:
    """Accept new results into decks and figures/.

    Runs what is stale, shows how fence bodies, link texts and pictures would change, and asks
    before it writes. NAMES are decks, or less: a script, a region of it (snippets/a.py#r) or a figure
    wherever it is shown; a slide or a case as check names it (slides/a.md::slide-2::a.py#r:output).
    """
    from deckwright.build import sync as accept_results
    from deckwright.model import Request
    from deckwright.report.progress import Progress

    project = _project(names)
    with Progress() as emit:
        doors = _doors(project, device, jobs)
        report, changed = accept_results(project, doors, Request(names), emit)
    _print_diagnostics(report.diagnostics, False)
    for path, change in changed.items():
        _print_difference(path, change)
    files = f"{len(changed)} file{'s' if len(changed) > 1 else ''}"
    if changed and not check and (yes or click.confirm(f"Write {files}?", default=True)):
        _write_sources(project, changed)
    if changed:
        click.echo(f"{files} {('differ' if len(changed) > 1 else 'differs') if check else 'accepted'}")
    elif report.good:
        click.echo("in step")
    return BAD_DECK if (check and changed) or not report.good else GOOD


@cli.command()
@click.argument("deck", type=click.Path(path_type=str))
@click.option("--extract", is_flag=True, help="Move the program into snippets/, one region a fence.")
@click.option("--localise", is_flag=True, help="Copy pictures from the network into slides/images/.")
@click.option(
    "--check", "--dry-run", is_flag=True, help="Change nothing; exit with 1 if something would change."
)
@click.option("--yes", "-y", is_flag=True, help="Do not ask before writing.")
@_DEVICE
def adopt(deck: str, extract: bool, localise: bool, check: bool, yes: bool, device: str | None) -> int:
    """Make a plain Marp deck executable.

    Runs its Python fences as one program, says what does not run and why, shows how it would mark
    them, proposes text alternatives for pictures, and asks before it writes.
    """
    from deckwright.adoption import Wish, adopt_deck
    from deckwright.model import has_errors
    from deckwright.report.format import adoption_text
    from deckwright.report.progress import Progress

    project = _project((deck,))
    with Progress() as emit:
        adoption = adopt_deck(project, _doors(project, device, None), deck, Wish(extract, localise), emit)
    _print_diagnostics(adoption.diagnostics, False)
    for path, change in adoption.changes.items():
        _print_difference(path, change, adoption.notes)
    click.echo(adoption_text(adoption.verdicts, adoption.unmeasured))
    files = ", ".join(adoption.changes)
    if files and not check and (yes or click.confirm(f"Write {files}?", default=True)):
        _write_sources(project, adoption.changes, "adopt")
        click.echo(f"wrote {files}")
    elif not files:
        click.echo("nothing to change")
    return BAD_DECK if (check and files) or has_errors(adoption.diagnostics) else GOOD


@cli.command()
@_DECKS
@click.option(
    "--port", type=click.IntRange(1, 65535), default=None, help="Default: 3325, or the next free one."
)
@click.option("--host", default="127.0.0.1", help="Any but the default lets others on the network read.")
@click.option(
    "--open/--no-open", "opening", default=False, help="Open the page in a browser (default: don't)."
)
@_DEVICE
@_JOBS
def serve(
    decks: tuple[str, ...], port: int | None, host: str, opening: bool, device: str | None, jobs: int | None
) -> int:
    """Build on every save, and show what changed in the browser.

    Makes HTML only. Ends with Ctrl-C.
    """
    from deckwright.serve.serve import Wishes
    from deckwright.serve.serve import serve as serve_decks

    project = _project(decks)
    _doors(project, device, jobs)  # an impossible device ends the command now
    try:
        serve_decks(project, Wishes(decks, device or "", jobs or 0, host, port), _Guest(opening))
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    return GOOD


@cli.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_DEVICE
def run(file: Path, device: str | None) -> int:
    """Run one script, as a build runs it.

    Shows what it prints as it comes. What its cells display goes to stderr: stdout has what
    `python FILE` prints, and nothing else.
    """
    from deckwright.build import run_file
    from deckwright.model import has_errors

    project = _project((str(file),))
    path = project.path_of(file)
    if project.is_deck(path):
        raise ConfigError(f"{path} is a deck, no script", f"to build it: deckwright build {file}")
    out, err = _writer(sys.stdout), _writer(sys.stderr)

    def show(stream: str, piece: bytes) -> None:
        (out if stream == "stdout" else err)(piece)

    result, wrong = run_file(project, _doors(project, device, 1), path, show)
    _print_diagnostics(wrong, False)
    if result:
        click.echo(f"{path}: {result.seconds:.2f} s on {result.device}", err=True)
    return BAD_DECK if has_errors(wrong) else GOOD


@cli.command()
def doctor() -> int:
    """Say what is here, what is missing, and what mends it."""
    from deckwright.doctor import findings

    found = findings()
    width = max(len(finding.name) for finding in found)
    for finding in found:
        mark = click.style("ok", fg="green") if finding.ok else click.style("--", fg="red")
        click.echo(f"{mark}  {finding.name:<{width}}  {finding.found}", color=_has_color(sys.stdout))
        if finding.hint:
            click.echo(f"    {'':<{width}}  hint: {finding.hint}")
    return GOOD if all(finding.ok for finding in found) else MISSING_TOOL


@cli.command()
@click.option("--stale", is_flag=True, help="Remove only results that no deck needs as it is now.")
def clean(stale: bool) -> int:
    """Remove build/, all of which can be built again."""
    project = _project(())
    if stale and project.build.is_dir():
        from deckwright.sizes import size_text
        from deckwright.tidy import tidy

        freed, wrong = tidy(project, _doors(project, None, None))
        _print_diagnostics(wrong, False)
        if wrong:
            return BAD_DECK
        click.echo(f"freed {size_text(freed)}")
    elif project.build.is_dir():
        shutil.rmtree(project.build)
        click.echo("removed build/")
    return GOOD


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit. Never shows a traceback for what a user can mend."""
    _prepare_process()
    try:
        code = cli.main(arguments, prog_name="deckwright", standalone_mode=False)
        sys.exit(code or GOOD)
    except DeckwrightError as error:
        _print_error(error)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort) as error:
        if isinstance(error.__context__, EOFError):
            sys.exit(_unanswered())
        click.echo("interrupted; what had ended is kept", err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        _print_error(DeckwrightError(f"{what}{error.strerror or error}"))
        sys.exit(BAD_DECK)


def _prepare_process() -> None:
    """End in good order when told to, and print what the terminal's encoding lacks as `?`."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # What is ignored stays so: `nohup`, or a script that runs us in the background.
        if number and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _interrupt)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _unanswered() -> int:
    """Say that a question found nobody, as in a pipe; return the exit code."""
    nobody = ConfigError("nobody answered, and nothing was written", "write with --yes, or look with --check")
    _print_error(nobody)
    return nobody.exit_code


def _interrupt(number: int, frame: object) -> NoReturn:
    # A second one must not cut short how the first one ends what runs.
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


class _Guest:
    """Shows on the terminal what happens while decks are served."""

    def __init__(self, opening: bool) -> None:
        self._opening = opening

    def serving(self, address: str, is_private: bool) -> None:
        click.echo(f"serving {address}  (Ctrl-C ends it)")
        if not is_private:
            mark = click.style("warning", fg="yellow", bold=True)
            text = f"{mark} everyone on the network who has this address can read the decks"
            click.echo(text, err=True, color=_has_color(sys.stderr))
        if self._opening:
            click.launch(address)

    def building(self) -> AbstractContextManager[Emit]:
        from deckwright.report.progress import Progress

        return Progress()

    def built(self, report: Report) -> None:
        from deckwright.report.format import duration

        _print_diagnostics(report.diagnostics, False)
        if report.decks:
            click.echo(f"built in {duration(report.seconds)}")

    def failed(self, error: DeckwrightError) -> None:
        _print_error(error)


# --- what the commands share ------------------------------------------------------------------


def _project(decks: Sequence[str]) -> Project:
    from deckwright.project import find_project

    return find_project(Path.cwd(), decks)


def _doors(project: Project, device: str | None, jobs: int | None) -> Doors:
    from deckwright.outside import open_doors

    return open_doors(project, device or project.settings.device, jobs or project.settings.jobs)


def _built(project: Project, doors: Doors, request: Request, as_json: bool) -> Report:
    """Build, or tell again what the last build told."""
    from deckwright.recall import recall, tell
    from deckwright.report.progress import Progress

    with Progress(as_json=as_json) as emit:
        if report := recall(project, doors, request):
            return tell(report, emit)
        from deckwright.build import build as build_decks  # what it needs takes longer than to recall

        return build_decks(project, doors, request, emit)


def _print_verdict(report: Report) -> None:
    from deckwright.report.format import verdict_text

    click.echo(verdict_text(report, _has_color(sys.stdout)))


def _print_annotations(report: Report, as_json: bool) -> None:
    from deckwright.report.github import github_annotations

    if text := github_annotations(report.diagnostics):
        click.echo(text, err=as_json)  # GitHub reads both streams


def _write_junit(path: Path, report: Report) -> None:
    from deckwright.report.junit import junit_xml

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(junit_xml(report))


def _update_baseline(project: Project, report: Report, of_some: bool, as_json: bool) -> None:
    """Let pass what a check found, and nothing else; of decks that it was not about, what passes now."""
    from deckwright.baseline import FILE, Baseline, baseline_file, read_baseline, renewed

    path = project.root / FILE
    old = read_baseline(path.read_bytes()) if path.is_file() else Baseline()
    new = renewed(old if of_some else Baseline(), report.looked_at, report.diagnostics)
    if new.size:
        _write_source(path, baseline_file(new))
    else:
        path.unlink(missing_ok=True)
    before = f" (before: {old.size})" if old.size else ""
    click.echo(f"{FILE} lets {new.size} fault{'s' if new.size != 1 else ''} pass{before}", err=as_json)


def _print_error(error: DeckwrightError) -> None:
    color = _has_color(sys.stderr)
    mark = click.style("error", fg="red", bold=True)
    click.echo(f"{mark} [{error.slug}] {error.message}", err=True, color=color)
    if error.hint:
        click.echo(f"{click.style('hint:', fg='blue')} {error.hint}", err=True, color=color)


def _has_color(stream: TextIO) -> bool:
    """Whether colours are wanted: on a terminal, unless NO_COLOR (no-color.org) is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _print_report(report: Report, as_json: bool) -> None:
    from deckwright.report.format import summary_text

    _print_diagnostics(report.diagnostics, as_json)
    if not as_json and report.decks:
        click.echo(summary_text(report, color=_has_color(sys.stdout)))


def _print_diagnostics(diagnostics: Sequence[Diagnostic], as_json: bool) -> None:
    from deckwright.report.format import diagnostics_text

    if diagnostics and not as_json:
        text = diagnostics_text(diagnostics, _has_color(sys.stderr), _width(sys.stderr))
        click.echo(text, err=True)


def _print_plan(plan: Plan, explain: bool) -> None:
    from deckwright.report.format import explanation_text, plan_text

    color = _has_color(sys.stdout)
    click.echo(explanation_text(plan, color) if explain else plan_text(plan, color, _width(sys.stdout)))


def _writer(stream: TextIO) -> Callable[[bytes], None]:
    """Return what writes a script's bytes at once: as they are, if the stream takes UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def write(piece: bytes) -> None:
        if isinstance(stream, io.TextIOWrapper) and codecs.lookup(stream.encoding).name == "utf-8":
            stream.buffer.write(piece)
        else:
            stream.write(decoder.decode(piece))
        stream.flush()

    return write


def _width(stream: TextIO) -> int | None:
    """Return a terminal's width; None for a pipe or a file, where lines are never cut."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


def _write_sources(project: Project, changes: Mapping[str, Change], command: str = "sync") -> None:
    """Write what a command would change, unless someone has edited a file since it was read."""
    files = project.files
    for path, change in changes.items():
        if (files.read(path) if files.exists(path) else None) != change.before:
            raise DeckwrightError(f"{path} was edited meanwhile", f"nothing was written; {command} again")
    for path, change in changes.items():
        _write_source((project.root / path).resolve(), change.after)  # a link stays a link


def _write_source(path: Path, data: bytes) -> None:
    from deckwright.whole import write_whole

    try:
        write_whole(path, data)
    except OSError as error:
        message = f"cannot write {path.name}: {error.strerror or error}"
        raise DeckwrightError(message, "the file is as it was; make it writable, then sync again") from error


def _difference(change: Change) -> str:
    """Say how a picture would change: in pixels where that is known, else in bytes."""
    from deckwright.sizes import size_text

    sizes = [size_text(len(data)) for data in (change.before, change.after) if data is not None]
    if len(sizes) == 1:
        return f"new, {sizes[0]}"
    return "changed: " + (change.note or f"it was {sizes[0]}, now it is {sizes[1]}")


def _print_difference(path: str, change: Change, notes: Mapping[str, str] = NO_NOTES) -> None:
    """Show how a file would change; `notes` say of added lines what to look at."""
    import difflib

    if not path.endswith((".md", ".markdown", ".py")):
        click.echo(f"{path}: {_difference(change)}")
        return
    old, new = ((data or b"").decode().splitlines() for data in (change.before, change.after))
    lines = difflib.unified_diff(old, new, path, path, "now", "accepted", n=1, lineterm="")
    colors = {"+": "green", "-": "red", "@": "cyan"}
    for line in lines:
        click.echo(click.style(line, fg=colors.get(line[:1])), color=_has_color(sys.stdout))
        if line.startswith("+") and line[1:] in notes:
            note = f"\\ proposed: {notes[line[1:]]}"  # patch passes over lines that begin so
            click.echo(click.style(note, fg="yellow"), color=_has_color(sys.stdout))
