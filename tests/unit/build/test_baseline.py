"""An old course starts green and only gets better."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.build.baseline import Baseline, baseline_file, baseline_of, new_diagnostics, read_baseline
from deckwright.errors import ConfigError
from deckwright.model import Cause, Diagnostic, Location, Severity


def fault(
    subject: str = "", line: int = 1, source: str = "# A", slug: str = "overflow", message: str = "too full"
) -> Diagnostic:
    return Diagnostic(slug, message, Location("slides/a.md", line), source, subject=subject)


def test_known_faults_pass_wherever_they_move_and_however_they_are_told() -> None:
    baseline = baseline_of([fault()])
    assert new_diagnostics(baseline, [fault(line=7, message="it does not fit")]) == ()


@pytest.mark.parametrize(
    "new",
    [
        fault(source="# B"),
        fault(slug="clipped"),
        fault("something else"),
        Diagnostic("overflow", "too full", Location("slides/b.md", 1), "# A"),
    ],
)
def test_every_other_fault_is_new(new: Diagnostic) -> None:
    assert new_diagnostics(baseline_of([fault()]), [fault(), new]) == (new,)


def test_of_more_faults_of_a_sort_the_last_is_new() -> None:
    last = fault(line=9)
    assert new_diagnostics(baseline_of([fault()]), [fault(), last]) == (last,)


def test_a_cause_is_one_fault_on_however_many_slides() -> None:
    pale = [
        replace(fault(line=n, source=f"# {n}"), cause=Cause("theme gaia", f"pale {n}")) for n in range(1, 5)
    ]
    baseline = baseline_of(pale[:2])
    assert (baseline.size, read_baseline(baseline_file(baseline))) == (1, baseline)
    other = replace(pale[0], cause=Cause("theme uncover", "pale"))
    assert new_diagnostics(baseline, [*pale, other]) == (other,)


def test_warnings_are_neither_kept_nor_dropped() -> None:
    warning = Diagnostic("stderr", "m", Location("a.py", 1), severity=Severity.WARNING)
    assert baseline_of([warning]).size == 0
    assert new_diagnostics(Baseline(), [warning]) == (warning,)


faults = st.builds(fault, subject=st.text(), line=st.integers(1), source=st.text())


@given(st.lists(faults))
def test_what_is_written_is_read_and_lets_everything_pass(found: list[Diagnostic]) -> None:
    baseline = baseline_of(found)
    assert read_baseline(baseline_file(baseline)) == baseline
    assert baseline.size == len(found)
    assert new_diagnostics(baseline, found) == ()


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"format": 1, "known": {}}', b'{"format": 2, "known": [1]}']
)
def test_a_damaged_file_is_the_authors_mistake(data: bytes) -> None:
    with pytest.raises(ConfigError, match="cannot be read") as damaged:
        read_baseline(data)
    # The new one is not made from the old one.
    assert damaged.value.hint.startswith("delete it")
