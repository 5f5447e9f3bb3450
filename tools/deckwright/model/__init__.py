"""The values that flow through a build, in the order in which they arise.

text -> `Deck` (`Reference`s) and `Script`s -> `Job`s -> `Plan` -> `Result`s -> `ExpandedDeck`
-> `RenderedDeck` -> `Report`. All are frozen.

Paths are POSIX and relative to the project's root unless a name says otherwise. Lines and columns
count from 1, offsets from 0. Line ranges include both ends, statement ranges exclude the end.
"""

from deckwright.model.change import Change as Change
from deckwright.model.course import Course as Course
from deckwright.model.course import FigureSource as FigureSource
from deckwright.model.deck import Attribute as Attribute
from deckwright.model.deck import AttributeDiagnostic as AttributeDiagnostic
from deckwright.model.deck import Deck as Deck
from deckwright.model.deck import Diagram as Diagram
from deckwright.model.deck import DiagramSource as DiagramSource
from deckwright.model.deck import Display as Display
from deckwright.model.deck import Fence as Fence
from deckwright.model.deck import FenceOf as FenceOf
from deckwright.model.deck import Info as Info
from deckwright.model.deck import Kind as Kind
from deckwright.model.deck import Picture as Picture
from deckwright.model.deck import PictureAt as PictureAt
from deckwright.model.deck import Prose as Prose
from deckwright.model.deck import Reference as Reference
from deckwright.model.deck import RegionOf as RegionOf
from deckwright.model.deck import Slide as Slide
from deckwright.model.deck import Target as Target
from deckwright.model.deck import ValueOf as ValueOf
from deckwright.model.diagnostic import Acceptance as Acceptance
from deckwright.model.diagnostic import Accepted as Accepted
from deckwright.model.diagnostic import Cause as Cause
from deckwright.model.diagnostic import Diagnostic as Diagnostic
from deckwright.model.diagnostic import Group as Group
from deckwright.model.diagnostic import Location as Location
from deckwright.model.diagnostic import Severity as Severity
from deckwright.model.diagnostic import has_errors as has_errors
from deckwright.model.events import Event as Event
from deckwright.model.events import OnStart as OnStart
from deckwright.model.events import OnText as OnText
from deckwright.model.evidence import Evidence as Evidence
from deckwright.model.evidence import PictureDifference as PictureDifference
from deckwright.model.evidence import StandaloneRun as StandaloneRun
from deckwright.model.job import Figure as Figure
from deckwright.model.job import Job as Job
from deckwright.model.measurement import SlideDiagnostic as SlideDiagnostic
from deckwright.model.measurement import SlideMeasurements as SlideMeasurements
from deckwright.model.measurement import SlideSlug as SlideSlug
from deckwright.model.page import BuiltDeck as BuiltDeck
from deckwright.model.page import Chart as Chart
from deckwright.model.page import Dialect as Dialect
from deckwright.model.page import Drawing as Drawing
from deckwright.model.page import ExpandedDeck as ExpandedDeck
from deckwright.model.page import FontPackage as FontPackage
from deckwright.model.page import FormatOutput as FormatOutput
from deckwright.model.page import PageDiagnostic as PageDiagnostic
from deckwright.model.page import RenderedDeck as RenderedDeck
from deckwright.model.page import RenderRequest as RenderRequest
from deckwright.model.plan import Plan as Plan
from deckwright.model.plan import Record as Record
from deckwright.model.plan import State as State
from deckwright.model.plan import Step as Step
from deckwright.model.report import Case as Case
from deckwright.model.report import CaseState as CaseState
from deckwright.model.report import DeckReport as DeckReport
from deckwright.model.report import JobReport as JobReport
from deckwright.model.report import Report as Report
from deckwright.model.report import Requirement as Requirement
from deckwright.model.report import Status as Status
from deckwright.model.request import Check as Check
from deckwright.model.request import Request as Request
from deckwright.model.result import KIND_MARK as KIND_MARK
from deckwright.model.result import MADE_FILE as MADE_FILE
from deckwright.model.result import NO_FILE as NO_FILE
from deckwright.model.result import VARIABLE_MARK as VARIABLE_MARK
from deckwright.model.result import Artifact as Artifact
from deckwright.model.result import CutFigure as CutFigure
from deckwright.model.result import Earlier as Earlier
from deckwright.model.result import Failure as Failure
from deckwright.model.result import FailureKind as FailureKind
from deckwright.model.result import Frame as Frame
from deckwright.model.result import Output as Output
from deckwright.model.result import Part as Part
from deckwright.model.result import Printed as Printed
from deckwright.model.result import Raised as Raised
from deckwright.model.result import Result as Result
from deckwright.model.result import Rich as Rich
from deckwright.model.result import Stamp as Stamp
from deckwright.model.result import Unshown as Unshown
from deckwright.model.script import DEVICES as DEVICES
from deckwright.model.script import Cell as Cell
from deckwright.model.script import Options as Options
from deckwright.model.script import Region as Region
from deckwright.model.script import Script as Script
from deckwright.model.script import Statement as Statement
from deckwright.model.script import Unit as Unit
from deckwright.model.script import Variant as Variant
