"""Which reports can be held against each other: one place, year after year; what can't be is said in one sentence.

Two texts of one place and one year are compared where they are versions of one report (most of the words are the same), and
refused where they are two reports (a year with an old and a new congress has two). OLD and NEW the wrong way round are compared
as they are given, and the diff says so. A place that was renamed on its own level (新区 to 区, 县 to 区) is the same place.
"""

import re
from collections import Counter

from pipeline.contracts import Finding, Metadata, Report, Severity
from pipeline.text import excerpt, squeeze
from pipeline.years import align

_LEVEL = re.compile(r"(?:特别行政区|(?:[\u4e00-\u9fff]{1,5}族){0,3}自治[区州县旗]|新区|矿区|林区|[省市县区旗])$")
_MANY = 20  # passages of a version that are listed
_VERSIONS = 0.5  # of the longer text's words; two reports of one year share less than a fifth


class WrongPairError(Exception):
    """Two reports that a diff can't compare; one sentence that says why."""


def relation(old: Report, new: Report) -> tuple[Finding, ...]:
    """What a reader of the diff must know of the pair. Raises WrongPairError for a pair that makes no sense."""
    return (*_places(old.metadata, new.metadata), *_years(old, new))


def _finding(code: str, severity: Severity, message: str) -> Finding:
    return Finding(code=code, severity=severity, stage="diff", message=message)


def named(report: Report) -> str:
    """A report as messages call it: its place and year, else its file."""
    data = report.metadata
    return f"{data.place or report.source.name} {data.year or ''}".strip()


def stem(place: str) -> str:
    """A place's name without the word for its level: what stays when 光明新区 becomes 光明区."""
    short = _LEVEL.sub("", squeeze(place))
    return short if len(short) > 1 else squeeze(place)


def _places(old: Metadata, new: Metadata) -> list[Finding]:
    if not old.place or not new.place:
        return [_finding("place-unknown", "warning", "one of the reports does not say which place it is about")]
    a, b = squeeze(old.place), squeeze(new.place)
    if old.area_code and old.area_code == new.area_code:
        same = True
    else:
        one_city = not old.area_code or not new.area_code or old.area_code[:4] == new.area_code[:4]
        alike = stem(a) == stem(b) or stem(a).endswith(stem(b)) or stem(b).endswith(stem(a))
        below = old.level == new.level or (one_city and bool(old.area_code) and bool(new.area_code))
        same = one_city and alike and below
    if not same:
        raise WrongPairError(f"{old.place} and {new.place} are two places; a diff compares reports of one place")
    if old.level != new.level:
        message = f"{old.place} has become {new.place}, on another level: its figures may reach further"
        return [_finding("place-level", "warning", message)]
    if a != b and not a.endswith(b) and not b.endswith(a):
        return [_finding("place-renamed", "info", f"{old.place} is called {new.place} in the new report")]
    return []


def _years(old: Report, new: Report) -> list[Finding]:
    a, b = old.metadata.year, new.metadata.year
    if a is None or b is None:
        return [_finding("year-unknown", "warning", "one of the reports does not say its year: targets are not answered")]
    if a == b:
        if alike(old, new) < _VERSIONS:
            raise WrongPairError(f"{named(old)} and {named(new)}: two reports of one year; neither tells what became of the other")
        said = _finding("one-year", "info", f"both texts are of {a}: two versions of one report, no target is answered")
        return [said, *_only(old.text, new.text, "only-in-old"), *_only(new.text, old.text, "only-in-new")]
    if b == a - 1:
        return [_finding("reversed", "warning", f"OLD is of {a} and NEW of {b}: no target is answered by an earlier report")]
    if b != a + 1:
        raise WrongPairError(f"{named(old)} and {named(new)}: years lie between them, so that no report answers the other")
    return []


def alike(old: Report, new: Report) -> float:
    """The share of the longer text that stands in the other one too, by lines and sentences to the letter."""
    here, there = (_sentences(report.text) for report in (old, new))
    shared = sum(len(text) * count for text, count in (here & there).items())
    longer = max(sum(len(text) * count for text, count in side.items()) for side in (here, there))
    return shared / longer if longer else 1.0


def _sentences(text: str) -> Counter[str]:
    return Counter(squeeze(text[slice(*span)]) for span in align.sentences(text))


def _only(text: str, other: str, code: str) -> list[Finding]:
    """The passages of one version that the other has not to the letter; sentences that follow each other are one passage."""
    left = _sentences(other)
    passages: list[list[int]] = []
    unbroken = False
    for start, end in align.sentences(text):
        sentence = squeeze(text[start:end])
        if left[sentence]:
            left[sentence] -= 1
            unbroken = False
        elif unbroken:
            passages[-1][1] = end
        else:
            passages.append([start, end])
            unbroken = True
    return [
        _finding(code, "info", excerpt(text, start, min(end, start + 60), 0)).model_copy(update={"start": start, "end": end})
        for start, end in passages[:_MANY]
    ]
