"""Python code that never runs."""

from deckwright.checks.unverified import check
from support.evidence import SHOWN, evidence_of, places


def test_code_that_never_runs() -> None:
    text = '# A\n\n```python\nx\n```\n\n```python no-exec="needs eight GPUs"\ny\n```\n'
    assert places(check(evidence_of(text))) == [("unverified-code", 3)]


def test_code_that_runs() -> None:
    text = "# A\n\n```python exec\nx\n```\n\n```python file=../snippets/a.py#a\n```\n\n" + SHOWN
    assert places(check(evidence_of(text))) == []
