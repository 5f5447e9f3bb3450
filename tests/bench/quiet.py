"""`deckwright` with the arguments given, watched: fails if it starts a process or imports what is heavy."""

import sys

_HEAVY = ("torch", "jinja2", "rich.live", "markdown_it")
_STARTS = ("subprocess.Popen", "os.fork", "os.forkpty", "os.exec", "os.posix_spawn", "os.system")


def main() -> None:
    """Run the command to its end; exits with what it did that a build with nothing to do must not."""
    found = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in _STARTS or (event == "import" and arguments[0] in _HEAVY):
            found.append(f"{event} {arguments[0]}")

    sys.addaudithook(watch)
    from deckwright.cli import main as deckwright

    try:
        deckwright(sys.argv[1:])
    except SystemExit as end:
        sys.exit("\n".join(found) or end.code)


if __name__ == "__main__":
    main()
