"""Annotations for GitHub."""

from deckwright.model import Diagnostic, Location, Severity
from deckwright.report.github import github_annotations


def test_an_annotation_is_one_line() -> None:
    error = Diagnostic("slug", "50 %\nof it", Location("a,b:c.md", 3, 2, 4), hint="fix it")
    warning = Diagnostic("other", "message", Location("b.md", 1), severity=Severity.WARNING)
    assert github_annotations([warning, error]).splitlines() == [
        "::error file=a%2Cb%3Ac.md,line=3,col=2,endColumn=6,title=slug::50 %25%0Aof it%0Ahint: fix it",
        "::warning file=b.md,line=1,col=1,endColumn=2,title=other::message",
    ]
    assert github_annotations([]) == ""
