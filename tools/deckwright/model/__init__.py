"""The values that flow through a build, in the order in which they arise.

text -> `Deck` (`Reference`s) and `Script`s -> `Job`s -> `Plan` -> `Result`s -> `ExpandedDeck`
-> `RenderedDeck` -> `Report`. All are frozen; none does anything.

Paths are POSIX and relative to the project's root unless a name says otherwise. Lines and columns
count from 1, offsets from 0. Line ranges include both ends, statement ranges exclude the end.
"""

from deckwright.model.change import Change
from deckwright.model.course import Course, FigureSource
from deckwright.model.deck import (
    Attribute,
    AttributeDiagnostic,
    Deck,
    Display,
    Fence,
    FenceOf,
    Info,
    Kind,
    Picture,
    PictureAt,
    Prose,
    Reference,
    RegionOf,
    Slide,
    Target,
    ValueOf,
)
from deckwright.model.diagnostic import Diagnostic, Location, Severity, has_errors
from deckwright.model.events import Event
from deckwright.model.evidence import (
    Evidence,
    PictureDifference,
    SlideDiagnostic,
    SlideMeasurements,
    SlideSlug,
    StandaloneRun,
)
from deckwright.model.job import Figure, Job
from deckwright.model.page import (
    BuiltDeck,
    Dialect,
    ExpandedDeck,
    FormatOutput,
    PageDiagnostic,
    RenderedDeck,
    RenderRequest,
)
from deckwright.model.plan import Plan, Record, State, Step
from deckwright.model.report import Case, DeckReport, JobReport, Report, Requirement, Status
from deckwright.model.request import Check, Request
from deckwright.model.result import (
    MADE_FILE,
    NO_FILE,
    VARIABLE_MARK,
    Artifact,
    Failure,
    FailureKind,
    Frame,
    Output,
    Raised,
    Result,
    Rich,
    Stamp,
)
from deckwright.model.script import DEVICES, Cell, Options, Region, Script, Statement, Unit, Variant

__all__ = [
    "DEVICES",
    "MADE_FILE",
    "NO_FILE",
    "VARIABLE_MARK",
    "Artifact",
    "Attribute",
    "AttributeDiagnostic",
    "BuiltDeck",
    "Case",
    "Cell",
    "Change",
    "Check",
    "Course",
    "Deck",
    "DeckReport",
    "Diagnostic",
    "Dialect",
    "Display",
    "Event",
    "Evidence",
    "ExpandedDeck",
    "Failure",
    "FailureKind",
    "Fence",
    "FenceOf",
    "Figure",
    "FigureSource",
    "FormatOutput",
    "Frame",
    "Info",
    "Job",
    "JobReport",
    "Kind",
    "Location",
    "Options",
    "Output",
    "PageDiagnostic",
    "Picture",
    "PictureAt",
    "PictureDifference",
    "Plan",
    "Prose",
    "Raised",
    "Record",
    "Reference",
    "Region",
    "RegionOf",
    "RenderRequest",
    "RenderedDeck",
    "Report",
    "Request",
    "Requirement",
    "Result",
    "Rich",
    "Script",
    "Severity",
    "Slide",
    "SlideDiagnostic",
    "SlideMeasurements",
    "SlideSlug",
    "Stamp",
    "StandaloneRun",
    "State",
    "Statement",
    "Status",
    "Step",
    "Target",
    "Unit",
    "ValueOf",
    "Variant",
    "has_errors",
]
