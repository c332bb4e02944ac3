"""Stage 3: what the report says of itself (title, place, year, date, meeting, speaker), each with its evidence."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.contracts import Block, Blocks, Finding, Front, Level, Metadata, Page, Span
from pipeline.front import opening, place, plan_year
from pipeline.front.opening import Line, Value, said

Values = dict[str, Value]

_BODY = 12  # paragraphs from the report's beginning that say who speaks for whom
_OF_MEETING = 8  # characters of the longest name before a meeting's term that is no known area's
_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_READ = 200_000  # characters in which names are counted
_LINE = 300  # characters of a line above the report, or of a paragraph at its beginning, that are read
_HEADING = 44  # characters of the longest heading that a year is read from
_PUBLISHER = re.compile(r"[一-龥A-Za-z·《》“”\"]{2,40}?(?=政府工作报告|[^一-龥A-Za-z·《》“”\"]|$)")
_BARE = re.compile(
    rf"(?P<lead>[-—―─]{{0,6}}\(?)(?P<date>{opening.DATE})(?P<time>[0-9]{{1,2}}[:时].{{0,8}})?(?P<name>[一-龥·]{{2,4}})?\)?"
)
_DATE = re.compile(opening.DATE)
_SPEAKER = re.compile(rf"(?P<role>{opening.ROLE})[:、,]?(?:(?P<name>{opening.FIRST_NAME})(?=同志|在|作|各位|代表|[(\[|,。:]|$))?")
_TO_MEETING = re.compile(r"[)，,]?[一-龥·]{0,30}")  # what can stand between a date and the meeting of that day
_NAME = re.compile(opening.NAME)
_NO_NAME = re.compile(r"政府|人民|工作|报告|代表|会议|同志|大会|委员|[省市县区]长|关于")
_TITLED = re.compile(rf"(?P<name>{opening.NAME})在[一-龥]{{0,24}}(?:会议上|全会上)的")
_NEWS = re.compile(
    rf"(?P<role>{opening.ROLE})(?P<name>{opening.FIRST_NAME})(?:同志)?(?:在[^,。]{{2,40}}上)?(?:代表[一-龥]{{1,20}})?(?:向大会)?[作做](?:了)?[一-龥]{{0,12}}工作报告"
)
_GAZETTE = re.compile(r"(?P<publisher>[一-龥]{2,20}(?:政府|管委会|管理委员会))公报")
_RUNNING = 5  # blocks at the beginning among which a running head stands
_SITE = re.compile(r"(?<=报告)[_|].*$|(?<=报告)-(?![-—])[^-]*$")
_LEAD = re.compile(r"^(?:(?:资料|附件?|标题)[:：])?《?")
_HEADED = re.compile(r"[^,。]{0,40}?报告[(（—―-]")
_TAIL = re.compile(
    r"报告》(?:全文|摘要|摘登)?$|报告(?:[-—―─]+|(?=[(（]?(?:(?:19|20)[0-9]{2}年[0-9元]|在)))[^报]*$|报告\((?=[^()]*(?:会议|[0-9]日)).*$"
)


def read(page: Page, blocks: Blocks) -> Front:
    """The metadata that the title block, the page's own metadata and the salutation give; None where nothing gives it."""
    text = blocks.text
    front = [(b, opening.line(text, b.start, min(b.end, b.start + _LINE))) for b in blocks.blocks if b.kind in ("title", "byline")]
    body = [b for b in blocks.blocks if b.kind not in ("title", "byline", "chrome")]
    first = [opening.line(text, b.start, min(b.end, b.start + _LINE)) for b in body[:_BODY]]
    dated = [b for b in body if b.end - b.start <= _HEADING and "年" in text[b.start : b.end]]
    headings = [opening.line(text, b.start, b.end) for b in dated]
    lines = [line for _, line in front]
    plain = [line for line in _with_pairs(front, blocks) if not opening.labels().search(line.words)]

    values: Values = {}
    for found in (
        _banner(lines),
        _delivered(plain),
        _bare_dates(lines),
        _speaker(plain),
        _reported(first),
        _from_page(page),
        _gazette(blocks),
    ):
        for field, value in found.items():
            values.setdefault(field, value)
    for field, value in _delivered(lines).items():
        values.setdefault(field, value)
    if title := _title(plain, values.get("title"), page):
        values["title"] = title
    year, conflict = _year(values, headings, text)
    if year and _FIRST_YEAR <= int(year.value) <= _LAST_YEAR:
        values["year"] = year
    labelled = [line for line in lines if opening.labels().search(line.words)]
    level, code, doubts = _place(values, [*plain, *labelled], first, text)
    return Front(metadata=_metadata(values, level, code), findings=(*conflict, *doubts))


def _metadata(values: Values, level: Level | None, code: str | None) -> Metadata:
    fields = {field: value.value for field, value in values.items()}
    evidence = {field: value.span for field, value in sorted(values.items()) if value.span}
    if "place" in evidence:
        evidence |= {field: evidence["place"] for field, known in (("level", level), ("area_code", code)) if known}
    return Metadata.model_validate({**fields, "level": level, "area_code": code, "evidence": evidence})


def _with_pairs(front: Sequence[tuple[Block, Line]], blocks: Blocks) -> list[Line]:
    """The lines, each followed by itself with the next where the two can be one, broken, and no other block stands between."""
    order = {block.id: n for n, block in enumerate(blocks.blocks)}
    lines = [line for _, line in front[:1]]
    for (above, first), (block, second) in pairwise(front):
        if order[block.id] == order[above.id] + 1 and _can_be_one(first, second):
            lines.append(opening.joined(first, second))
        lines.append(second)
    return lines


def _can_be_one(first: Line, second: Line) -> bool:
    """Whether two lines can be halves of one: of a meeting's name, or of what is no whole title."""
    goes_on = second.words.startswith(opening.DASHES) and opening.TITLE.fullmatch(second.words)
    if not goes_on and opening.MEETING.search(first.words + second.words):
        return not (opening.MEETING.search(first.words) or opening.MEETING.search(second.words))
    return not (_is_title(first) or _is_title(second))


# --- the lines above the report ---------------------------------------------------------------------------------------


def _banner(front: Sequence[Line]) -> Values:
    """What `label: value` lines say; the value ends at the next label, or is the next line."""
    values: Values = {}
    for n, line in enumerate(front):
        labels = list(opening.labels().finditer(line.words))
        for match, following in zip(labels, [*labels[1:], None], strict=False):
            field = next(row.field for row in opening.label_rows() if re.fullmatch(row.label, match["label"]))
            start, end = match.end(), following.start() if following else len(line.words)
            source = line
            if start == end and not following and n + 1 < len(front):
                source, start, end = front[n + 1], 0, len(front[n + 1].words)
            for name, value in _labelled(field, source, start, end):
                values.setdefault(name, value)
    return values


def _labelled(field: str, line: Line, start: int, end: int) -> Iterator[tuple[str, Value]]:
    """The value of a label, and a date that stands behind a source without a label of its own."""
    if field == "title" and "报告" in line.words[start:end]:
        yield "title", Value(*_kept(line, start, end))
    elif field == "publisher":
        if (match := _PUBLISHER.match(line.words, start, end)) and match.group() != "未知":
            yield "publisher", said(line, match)
            if opening.TITLE.fullmatch(line.words, match.end(), end):
                yield "title", Value(*_kept(line, match.end(), end))
        yield from _labelled("published", line, start, end)
    elif field == "published":
        if (written := _DATE.search(line.words, start, end)) and (date := opening.iso_date(written.group())):
            yield "published", said(line, written, value=date)
    elif field == "speaker":
        if (spoken := _SPEAKER.search(line.words, start, end)) and spoken["name"]:
            yield "speaker", said(line, spoken, "name")
            yield "speaker_role", said(line, spoken, "role")
        elif name := _NAME.fullmatch(line.words, start, end):
            yield "speaker", said(line, name)


def _delivered(lines: Sequence[Line]) -> Values:
    """The meeting at which the report was given, by its full name before a short one, and the day that stands by it."""
    values: Values = {}
    for line in lines:
        for match in opening.MEETING.finditer(line.words):
            start = _meeting_start(line, match)
            known = values.get("meeting")
            if known is None or ("人民代表大会" in match["term"] and "人民代表大会" not in known.value):
                values["meeting"] = Value(line.written[start : match.end()], line.span(start, match.end()))
            for found in _DATE.finditer(line.words):
                if _stands_by(line.words, found, start, match.end()) and (date := opening.iso_date(found.group())):
                    values.setdefault("report_date", said(line, found, value=date))
    return values


def _stands_by(words: str, date: re.Match[str], start: int, end: int) -> bool:
    """Whether a date belongs to the meeting in `[start, end)`: 2021年3月3日在…会议上, …会议上(2021年3月3日)."""
    if date.end() <= start:
        return _TO_MEETING.fullmatch(words, date.end(), start) is not None
    return date.start() >= end and words[end : date.start()] in ("", "(", "上", "上(")


def _meeting_start(line: Line, match: re.Match[str]) -> int:
    """Where the meeting's name begins: at the areas right before its term, else behind the 在 (市十六届人大七次会议)."""
    term = match.start("term")
    if named := place.named(line, term):
        return named.start - sum(len(name) for name in named.above)
    before = re.split("[在于日上告]", match["place"])[-1]
    return term - len(before) if len(before) <= _OF_MEETING else term


def _bare_dates(front: Sequence[Line]) -> Values:
    """A date alone on its line: of the report; with a time of day or with zeros, of the page; above the title, of a notice."""
    values: Values = {}
    last = max((n for n, line in enumerate(front) if _is_title(line)), default=-1)
    for n, line in enumerate(front):
        match = _BARE.fullmatch(line.words)
        if match is None or (date := opening.iso_date(match["date"])) is None:
            continue
        stamped = not match["lead"] and (match["time"] or re.search(r"[-/.]|年0|月0", match["date"]))
        if stamped or n > last:
            values.setdefault("published" if stamped else "report_date", said(line, match, "date", date))
        if match["name"] and not _NO_NAME.search(match["name"]):
            values.setdefault("speaker", said(line, match, "name"))
    return values


def _speaker(lines: Sequence[Line]) -> Values:
    """Who gave the report, and in what office."""
    for line in lines:
        for match in _SPEAKER.finditer(line.words):
            if match["name"] and not _NO_NAME.search(match["name"]):
                return {"speaker": said(line, match, "name"), "speaker_role": said(line, match, "role")}
    for before, line in zip(("", *(line.words for line in lines)), lines, strict=False):
        if (titled := _TITLED.match(line.words)) and not _NO_NAME.search(titled["name"]):
            return {"speaker": said(line, titled, "name")}
        if opening.MEETING.search(before) and _NAME.fullmatch(line.words) and not _NO_NAME.search(line.words):
            return {"speaker": Value(line.words, line.span(0, len(line.words)))}
    return {}


def _reported(first: Sequence[Line]) -> Values:
    """The speaker in a news item's sentence: 市长某某在…会议上作政府工作报告."""
    for line in first:
        if "工作报告" in line.words and (match := _NEWS.search(line.words)) and not _NO_NAME.search(match["name"]):
            return {"speaker": said(line, match, "name"), "speaker_role": said(line, match, "role")}
    return {}


def _from_page(page: Page) -> Values:
    """What the page's own metadata says; a document's author only where it is an authority."""
    values: Values = {}
    for meta in page.meta:
        field, value = _field(meta.name), meta.value.strip()
        if field == "published" and (match := _DATE.search(value)) and (date := opening.iso_date(match.group())):
            values.setdefault(field, Value(date, None))
        elif field == "publisher" and value and (meta.name.lower() != "creator" or re.search(r"政府|管委会|委员会", value)):
            values.setdefault(field, Value(value, None))
    return values


def _gazette(blocks: Blocks) -> Values:
    """The government whose gazette the page is from, by its running head."""
    for block in blocks.blocks[:_RUNNING]:
        line = opening.line(blocks.text, block.start, min(block.end, block.start + _LINE))
        if block.kind in ("chrome", "byline") and (match := _GAZETTE.match(line.words)):
            return {"publisher": said(line, match, "publisher")}
    return {}


def _field(name: str) -> str | None:
    """The field that a name of page metadata gives."""
    return next((row.field for row in opening.label_rows() if name.lower() in row.meta), None)


def _title(titles: Sequence[Line], labelled: Value | None, page: Page) -> Value | None:
    """The title that says the most: with a year or a place before one without, in the text before the page's metadata."""
    found = [Value(*_kept(line)) for line in titles if _is_title(line)]
    found += [labelled] if labelled else []
    for meta in page.meta:
        if _field(meta.name) == "title" and "报告" in meta.value:
            found.append(Value(_kept(opening.line(meta.value, 0, len(meta.value)))[0], None))
    ranked = [(_told(value.value), -n) for n, value in enumerate(found)]
    return found[-max(ranked)[1]] if ranked else None


def _kept(line: Line, start: int = 0, end: int | None = None) -> tuple[str, Span]:
    """The title in a line without the site's name, the date and the meeting behind it."""
    words = line.words[start:end]
    kept = _TAIL.sub("报告", _SITE.sub("", words))
    lead = len(words) - len(_LEAD.sub("", words))
    return line.written[start + lead : start + len(kept)], line.span(start + lead, start + len(kept))


def _is_title(line: Line) -> bool:
    """Whether a line, or two that are one, is a title and not the second half of one (——在…会议上的工作报告)."""
    if line.words.startswith(opening.DASHES):
        return False
    headed = _HEADED.match(line.words)
    return opening.TITLE.fullmatch(line.words) is not None or bool(headed and opening.MEETING.search(line.words, headed.end()))


def _told(title: str) -> int:
    """How much a title says: its year, its place, and that it is a government's."""
    line = opening.line(title, 0, len(title))
    return (plan_year.of_title(title) is not None) + any(True for _ in place.owners(line)) + ("政府" in title)


# --- year and place ---------------------------------------------------------------------------------------------------


def _year(values: Values, headings: Sequence[Line], text: str) -> tuple[Value | None, list[Finding]]:
    """The year whose plan the report sets out, and a doubt where its title and its headings differ.

    The title's is taken, unless the report was given in the year that its headings have: a site calls by 2018 what reviews it.
    """
    title, date = values.get("title"), values.get("report_date")
    told = plan_year.of_headings(headings, text)
    if title and (year := plan_year.of_title(title.value)):
        titled = Value(str(year), title.span)
        if not told or told.value == titled.value:
            return titled, []
        doubt = _finding("year-conflict", f"the title's year is {year}, the headings' {told.value}", told.span)
        return told if date and plan_year.of_date(date).value == told.value else titled, [doubt]
    return told or (plan_year.of_date(date) if date else None) or plan_year.of_sentences(text), []


def _place(
    values: Values, lines: Sequence[Line], first: Sequence[Line], text: str
) -> tuple[Level | None, str | None, list[Finding]]:
    """Fills in the place; returns its level and code. The government that the speaker speaks for decides."""
    own = place.own(first)
    meeting = values.get("meeting")
    if own.kind == place.NATION or (meeting and "届全国" in meeting.value):
        at = text.find("全国")
        values["place"] = Value("全国", (at, at + 2) if at >= 0 else None)
        return "nation", None, []
    named = [*own.named, *(one for line in lines for one in place.owners(line) if one.name.endswith(own.kind))]
    return _resolved(values, named, text) if named else _by_count(values, own.kind or place.whole(text), text)


def _resolved(values: Values, named: Sequence[place.Named], text: str) -> tuple[Level | None, str | None, list[Finding]]:
    one = named[0]
    year = int(values["year"].value) if "year" in values else None
    values["place"] = Value(one.name, one.line.span(one.start, one.end))
    areas = place.resolve(named, text, year)
    levels = {area.level for area in areas}
    if len(areas) == 1:
        return areas[0].level, areas[0].code, []
    when = year or "any year"
    none = f"no area of GB/T 2260 is called {one.name} in {when}"
    message = f"{len(areas)} areas are called {one.name} in {when}" if areas else none
    doubt = _finding("area-unknown", message, values["place"].span)
    return levels.pop() if len(levels) == 1 else place.level_of(one.name), None, [doubt]


def _by_count(values: Values, kind: str, text: str) -> tuple[Level | None, str | None, list[Finding]]:
    """The place of a report that only says 市人民政府: the area of that kind that it names by far the most often."""
    if not kind or (found := place.most_named(text[:_READ], kind)) is None:
        return None, None, []
    name, words = found
    at = text.find(words)
    line = opening.line(text, at, at + len(words))
    return _resolved(values, [place.Named(line, name, 0, len(words), ())], text)


def _finding(code: str, message: str, span: Span | None) -> Finding:
    start, end = span or (None, None)
    return Finding(code=code, severity="info", stage="metadata", message=message, start=start, end=end)
