"""A course for a smoke run: its scripts with small values run with them in place of their own."""

from __future__ import annotations

from dataclasses import replace

from deckwright.model import Course, Job


def with_smoke(course: Course) -> Course:
    """Return a course in which each script that has small values runs with them, as a variant of its own.

    Nothing varies besides: a smoke run shows one state of each slide.
    """
    smoke = {path: script.smoke for path, script in course.scripts.items() if script.smoke.overrides}
    jobs = {id: _small(course, job) for id, job in course.jobs.items() if not job.variant.overrides}
    figures = {path: replace(source, job=jobs[source.job].id) for path, source in course.figures.items()}
    return replace(
        course, jobs={job.id: job for job in jobs.values()}, figures=figures, smoke=smoke, controls={}
    )


def _small(course: Course, job: Job) -> Job:
    variant = course.scripts[job.script].smoke
    if not variant.overrides:
        return job
    figures = tuple(each for each in job.figures if each.cell not in variant.left_out)
    return replace(job, variant=replace(variant, device=job.variant.device), figures=figures)
