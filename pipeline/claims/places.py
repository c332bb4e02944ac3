"""Where an offset stands: the innermost section, the innermost item, the row of a list of projects in running text."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from pipeline.contracts import Heading, Outline, Table, Tables, Task, Tasks


class _Nested(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def start(self) -> int: ...


N = TypeVar("N", bound=_Nested)


class _Starts(Generic[N]):
    """Records in the order of their starts."""

    def __init__(self, records: Sequence[N]) -> None:
        self._records, self._starts = records, [record.start for record in records]

    def last(self, at: int) -> N | None:
        """The last record that starts at the offset or before it."""
        n = bisect_right(self._starts, at) - 1
        return self._records[n] if n >= 0 else None


class Places:
    """Answers for offsets of one text; each answer climbs from the last record before the offset to its parents."""

    def __init__(self, outline: Outline, tasks: Tasks, tables: Tables) -> None:
        self._outline, self._tasks = _Starts(outline.outline), _Starts(tasks.tasks)
        self._headings = {heading.id: heading for heading in outline.outline}
        self._items = {task.id: task for task in tasks.tasks}
        self._rows = sorted(
            (min(cell.start for cell in row.cells), max(cell.end for cell in row.cells), n, table)
            for table in tables.tables
            if table.in_prose
            for n, row in enumerate(table.rows)
        )

    def section(self, at: int) -> Heading | None:
        """The innermost heading whose section holds the offset."""
        heading = self._outline.last(at)
        while heading and heading.body_end <= at:
            heading = self._headings.get(heading.parent or "")
        return heading

    def task(self, at: int) -> Task | None:
        """The innermost item that holds the offset."""
        task = self._tasks.last(at)
        while task and task.end <= at:
            task = self._items.get(task.parent or "")
        return task

    def row(self, at: int) -> tuple[Table, int] | None:
        """The list of projects in running text that holds the offset, and the index of its row."""
        n = bisect_right(self._rows, at, key=lambda row: row[0]) - 1
        return (self._rows[n][3], self._rows[n][2]) if n >= 0 and at < self._rows[n][1] else None
