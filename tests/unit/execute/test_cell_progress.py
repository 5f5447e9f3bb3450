"""Which cell of a job runs."""

from pathlib import Path

from deckwright.child.journal import Journal, StatementBegan
from deckwright.execute.cell_progress import CellProgress
from deckwright.parse.script import parse_program
from deckwright.resolve import resolve_scripts


def test_the_time_of_a_cell_counts_from_its_first_statement(tmp_path: Path) -> None:
    script = parse_program("slides/a.md", 9, [(2, "a = 1\nb = 2"), (6, "c = 3")])
    job = resolve_scripts({script.path: script}).jobs["slides/a.md"]
    began: list[tuple[str, int]] = []
    progress = CellProgress(job, tmp_path, lambda job, cell: began.append((job, cell)))
    journal = Journal(tmp_path)
    assert progress.seconds(5.0) == 0
    for now, statement, seconds in ((6.0, 0, 0), (7.0, 1, 1.0), (9.0, 2, 0)):
        journal.write(StatementBegan(0, 0, statement))
        assert progress.seconds(now) == seconds
    assert progress.seconds(12.0) == 3.0
    assert began == [("slides/a.md", 0), ("slides/a.md", 1)]
