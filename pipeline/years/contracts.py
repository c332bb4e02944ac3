"""What is written of several documents together: the diff of two years, the series of a place. As frozen as the values of one.

Generated into `schemas/` like those. Scores are decimal strings of two places.
"""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field

from pipeline.contracts import PRODUCTS, Claim, Finding, Measure, Model, Number, Offset, Span, TaskKind, Tool

Score = Annotated[
    str,
    Field(pattern=r"^(0\.[0-9]{2}|1\.00)$", description="how alike, 0.00 to 1.00: below 0.33 nothing is, to 0.50 it is possible"),
]
Judgement = Literal["met", "missed", "unclear"]
Change = Literal["continued", "changed", "possible", "new", "dropped"]


class Side(Model):
    """One of the two reports of a diff; all offsets of its records count in its `text`."""

    name: str
    place: str | None
    area_code: str | None
    year: int | None
    text: str


class Answer(Model):
    """A planned quantity of the old report for its year, and the claim of the new one that tells what became of it.

    `outcome` None: the new report says nothing of it. `verdict` None: there is nothing to judge; `unclear`: the two can't be
    compared (another measure, another scope, only a possible answer), and `why` says why. `score` None where there is no outcome.
    """

    kind: Annotated[Literal["headline", "task", "livelihood", "other"], Field(description="where the target stands")]
    target: Claim
    outcome: Claim | None
    verdict: Judgement | None
    score: Score | None
    why: str


class Moved(Model):
    """How one figure differs between two reports: the value's change (new less old) and both wordings, as they stand."""

    value: Number | None
    old: str
    new: str


class Standing(Model):
    """What a report says of an indicator: the target for its own year, and the actual figure of the year before."""

    target: Claim | None
    actual: Claim | None


class IndicatorPair(Model):
    """One concept (or a main target that the catalogue has no concept for) in both reports, of one measure."""

    concept: str | None
    name: str
    measure: Measure
    unit: str | None
    old: Standing
    new: Standing
    target: Annotated[Moved | None, Field(description="both reports set a target")]
    actual: Annotated[Moved | None, Field(description="both reports give a figure")]


class SectionSide(Model):
    id: str
    title: str
    marker: str
    level: int
    start: Offset
    end: Offset
    body_end: Offset


class TaskSide(Model):
    id: str
    title: str
    marker: str
    kind: TaskKind
    section: str | None
    start: Offset
    end: Offset


class ProjectSide(Model):
    """A row of a livelihood table, planned or completed."""

    table: str
    row: int
    number: int | None
    project: str
    content: str | None
    stage: Literal["planned", "completed"] | None
    start: Offset
    end: Offset


class TermSide(Model):
    id: str
    term: str
    definition: str
    start: Offset
    end: Offset


S = TypeVar("S", bound=Model)


class Pair(Model, Generic[S]):
    """A record of the old report and the one that it lives on as; one of them None where it is dropped or new.

    `differs` names what of the two is not the same; of a section's text only what stands in no subsection and no task of it.
    """

    old: S | None
    new: S | None
    status: Change
    score: Score | None
    differs: tuple[Literal["number", "title", "text"], ...]


class ProjectPair(Pair[ProjectSide]):
    """`answers`: a completed project of one report, paired with the planned one of the other that it answers."""

    answers: bool


class Echo(Model):
    """A planned sentence of the old report, and the sentence of the new report's review that takes it up again."""

    section: str | None
    task: str | None
    old: Span
    new: Span
    score: Score


class Diff(Model):
    """Two reports side by side: what was promised and what came of it, what goes on, what is new, what is gone."""

    schema_version: str
    tool: Tool
    old: Side
    new: Side
    targets: tuple[Answer, ...]
    indicators: tuple[IndicatorPair, ...]
    sections: tuple[Pair[SectionSide], ...]
    tasks: tuple[Pair[TaskSide], ...]
    livelihood: tuple[ProjectPair, ...]
    glossary: tuple[Pair[TermSide], ...]
    echoes: tuple[Echo, ...]
    findings: tuple[Finding, ...]


class Link(Model):
    """Two reports of a series that follow each other: the folder of their diff, or in one sentence why there is none."""

    old: str
    new: str
    folder: str | None
    wrong: str | None


class Kept(Model):
    """A main target of one year and what the next report says of it, in the words of both reports."""

    year: int
    target: str
    outcome: str | None
    verdict: Judgement | None
    why: str


class Track(Model):
    """One indicator's main targets through the years of a series."""

    concept: str | None
    name: str
    measure: Measure
    unit: str | None
    years: tuple[Kept, ...]


class Series(Model):
    """The reports of one place, year after year, and every main target with its answer."""

    schema_version: str
    tool: Tool
    place: str | None
    years: tuple[int | None, ...]
    links: tuple[Link, ...]
    tracks: tuple[Track, ...]


COMPARISONS: dict[str, type[Model]] = {"diff": Diff, "series": Series}
"""What is written of several documents together: the stem of its file and of its schema -> its model."""

SCHEMAS = PRODUCTS | COMPARISONS
"""Everything that has a schema file."""
