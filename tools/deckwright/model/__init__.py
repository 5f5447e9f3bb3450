"""The values that flow through a build, in the order in which they arise.

text -> `Deck` (`Reference`s) and `Script`s -> `Job`s -> `Plan` -> `Result`s -> `ExpandedDeck`
-> `RenderedDeck` -> `Report`. All are frozen; none does anything.

Paths are POSIX and relative to the project's root unless a name says otherwise. Lines and columns
count from 1, offsets from 0. Line ranges include both ends, statement ranges exclude the end.
"""

from deckwright.model.deck import (
    Attribute,
    Deck,
    Display,
    Fence,
    FenceOf,
    Info,
    Kind,
    Picture,
    PictureAt,
    Problem,
    Prose,
    Reference,
    RegionOf,
    Slide,
    Target,
    ValueOf,
)
from deckwright.model.diagnostic import Diagnostic, Location, Severity, has_errors
from deckwright.model.events import Event
from deckwright.model.evidence import Alone, Compared, Evidence, Flaw, Measured, Seen
from deckwright.model.page import Dialect, ExpandedDeck, Remark, RenderedDeck, RenderRequest
from deckwright.model.plan import Plan, Record, State, Step
from deckwright.model.report import Case, DeckReport, Finding, JobReport, Report, Status
from deckwright.model.request import Check, Request
from deckwright.model.result import (
    MADE_FILE,
    NO_FILE,
    VARIABLE_MARK,
    Artifact,
    Course,
    Drawn,
    Failed,
    Failure,
    Figure,
    Frame,
    Job,
    Output,
    Raised,
    Result,
    Rich,
    Stamp,
)
from deckwright.model.script import Cell, Options, Region, Script, Statement, Unit

__all__ = [
    "MADE_FILE",
    "NO_FILE",
    "VARIABLE_MARK",
    "Alone",
    "Artifact",
    "Attribute",
    "Case",
    "Cell",
    "Check",
    "Compared",
    "Course",
    "Deck",
    "DeckReport",
    "Diagnostic",
    "Dialect",
    "Display",
    "Drawn",
    "Event",
    "Evidence",
    "ExpandedDeck",
    "Failed",
    "Failure",
    "Fence",
    "FenceOf",
    "Figure",
    "Finding",
    "Flaw",
    "Frame",
    "Info",
    "Job",
    "JobReport",
    "Kind",
    "Location",
    "Measured",
    "Options",
    "Output",
    "Picture",
    "PictureAt",
    "Plan",
    "Problem",
    "Prose",
    "Raised",
    "Record",
    "Reference",
    "Region",
    "RegionOf",
    "Remark",
    "RenderRequest",
    "RenderedDeck",
    "Report",
    "Request",
    "Result",
    "Rich",
    "Script",
    "Seen",
    "Severity",
    "Slide",
    "Stamp",
    "State",
    "Statement",
    "Status",
    "Step",
    "Target",
    "Unit",
    "ValueOf",
    "has_errors",
]
