"""The order in which `serve` starts scripts: what somebody waits for comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from deckwright.build.context import Context
from deckwright.build.writers import last_record
from deckwright.model import Course, Early, Plan, Step
from deckwright.resolve.jobs import deck_jobs


def deck_by_deck(context: Context, course: Course, plan: Plan) -> Plan:
    """Return a plan that starts what somebody waits for first, and then one deck's jobs after the other's.

    What took longer last time comes later: it must not keep the pages of quick scripts waiting. These may
    also run when long ones have all slots.
    """
    early, never = context.request.early, float("inf")
    if early is None:
        return plan
    first = places_in_order(context, course, plan, early)
    decks = {job: at for at, deck in reversed([*enumerate(course.decks)]) for job in deck_jobs(course, deck)}

    def order(step: Step) -> tuple[int, float, int]:
        seconds = never if step.last_seconds is None else step.last_seconds
        job = step.job.id
        return first.get(job, len(first)), seconds, decks.get(job, len(decks))

    steps = (
        replace(step, job=replace(step.job, is_quick=not early.is_long(step)))
        for step in sorted(plan.steps, key=order)
    )
    return replace(plan, steps=tuple(steps))


def places_in_order(context: Context, course: Course, plan: Plan, early: Early) -> Mapping[str, int]:
    """Return the place in the order of what was just saved or opened, by deck and by stale job of it."""
    paths = enumerate(filter(None, (*early.first, early.viewed)))
    saved = {path: place for place, path in reversed([*paths])}
    places = dict(saved)
    shown: dict[str, set[str]] = {}
    for deck in course.decks:
        for job in deck_jobs(course, deck) if deck.path in saved else ():
            shown.setdefault(job, set()).add(deck.path)
    for step in plan.stale if saved else ():
        script, job = step.job.script, step.job.id
        last = last_record(context, job)
        concerned = {script, *shown.get(job, ()), *(last.reads if last else ())} & saved.keys()
        if concerned:
            places[job] = min(saved[path] for path in concerned)
    return places
