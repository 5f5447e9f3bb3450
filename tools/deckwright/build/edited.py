"""A build after an edit of decks: where they ask for what they asked for before, no other deck is looked at.

Of a large course, reading and composing the other decks would take most of the time. They cannot have
changed: the last build says that nothing but these texts has, and a digest of what each deck asks of
scripts, files and other decks is remembered.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from deckwright.build.replay import LastBuild, unchanged_job
from deckwright.files.digests import digest
from deckwright.files.tracked import FileLog
from deckwright.model import Course, Deck, FenceOf, Plan, Report, Target
from deckwright.report.groups import in_order
from deckwright.resolve.jobs import deck_jobs
from deckwright.store import BuildRecord


def asked(course: Course, plan: Plan) -> dict[str, str]:
    """Return by deck a digest of what it asks for, of the decks whose texts concern no other deck.

    No other one quotes them, no run has read them, and nothing is wrong with what they ask for, which may be
    because of what others do. The plan is that of the end of a build: it has the records of all runs.
    """
    references = [
        (deck.path, each.target.path)
        for deck in course.decks
        for reference in deck.references
        for each in reference.versions
    ]
    quoted = {path for deck, path in references if path != deck}
    read = {path for step in plan.steps if step.record for path in step.record.reads}
    wrong = {each.location.path for each in course.diagnostics}
    return {deck.path: _asked_by(deck) for deck in course.decks if deck.path not in quoted | read | wrong}


def only_edited(last: LastBuild, lectures: Collection[str]) -> tuple[str, ...]:
    """Return the decks whose texts are all that has changed since the last build; none if more has.

    Nor if there are decks besides the lectures: pages of lectures may link to them.
    """
    decks = [deck.path for deck in last.record.report.decks]
    if (
        last.record.report.broken
        or not last.changed <= last.record.asked.keys()
        or not set(decks) <= set(lectures)
    ):
        return ()
    return tuple(path for path in decks if path in last.changed)


def asks_the_same(course: Course, plan: Plan, last: LastBuild) -> bool:
    """Whether the edited decks, in a course without the others, ask for what they asked for before."""
    scripts = {deck.path: deck.scripts for deck in last.record.report.decks}
    wrong = {each.location.path for each in course.diagnostics}
    return not (course.broken or plan.stale) and all(
        deck.path not in wrong
        and last.record.asked[deck.path] == _asked_by(deck)
        and scripts[deck.path] == tuple(sorted(deck_jobs(course, deck)))
        for deck in course.decks
    )


def with_others(report: Report, last: LastBuild) -> Report:
    """Return the report of edited decks with all that the last build reports besides."""
    before, edited = last.record.report, last.changed
    decks = {deck.path: deck for deck in (*before.decks, *report.decks)}
    # Of scripts, an earlier report says more: it knows what other decks show of them.
    found = [each for each in report.diagnostics if each.location.path in edited]
    found += [each for each in before.diagnostics if each.location.path not in edited]
    accepted = {each.diagnostic: each for each in report.accepted if each.diagnostic.location.path in edited}
    accepted |= {
        each.diagnostic: each for each in before.accepted if each.diagnostic.location.path not in edited
    }
    return replace(
        before,
        decks=tuple(deck for path, deck in decks.items() if path not in report.broken),
        jobs=tuple(map(unchanged_job, before.jobs)),
        diagnostics=in_order(found),
        accepted=tuple(accepted[each] for each in in_order(accepted)),
        seconds=report.seconds,
        broken=report.broken,
    )


def updated(before: BuildRecord, now: BuildRecord, replaced: Collection[str]) -> BuildRecord:
    """Return the record of a build of edited decks with what the last one says of the others.

    What the edited decks consisted of then is `replaced`.
    """
    left = {path: state for path, state in before.outputs.files.items() if path not in replaced}
    outputs = FileLog({**left, **now.outputs.files})
    return replace(now, sources=before.sources.updated(now.sources), outputs=outputs, asked=before.asked)


def _asked_by(deck: Deck) -> str:
    """Return a digest of what a deck decides besides its own page: what runs, is drawn, read and linked."""
    references = [
        (each.kind, _placeless(each.target), each.variant, each.display)
        for reference in deck.references
        for each in reference.versions
    ]
    diagrams = [each.source for each in deck.diagrams]
    return digest(repr((references, diagrams, sorted(deck.files), deck.front_matter)))


def _placeless(target: Target) -> Target:
    """Return a target without its line: what runs of a deck's own code is in its job."""
    return replace(target, line=0) if isinstance(target, FenceOf) else target
