"""Reports from where a person has them: a report.json, a folder with one or many, or sources that are read through all stages."""

import os
from pathlib import Path

from pydantic import ValidationError

from pipeline import sources
from pipeline.contracts import Report
from pipeline.errors import DocumentError
from pipeline.formats.reading import Limits


def find(path: Path, output: Path | None = None) -> list[Path]:
    """The files to read, in a fixed order: of a folder every report.json below it, or where it has none every file."""
    written = sorted(path.rglob("report.json")) if path.is_dir() else []
    return written or [Path(source.path) for source in sources.find((str(path),), output or Path(os.devnull))]


def report(path: Path) -> Report:
    """The report at `path`. Raises DocumentError, in one sentence, where there is none."""
    data = sources.read(str(path), Limits().bytes)
    if path.suffix == ".json":
        return _written(path, data)
    from pipeline.run import process  # a report.json needs none of the stages

    return process(data, path.name).report


def _written(path: Path, data: bytes) -> Report:
    try:
        return Report.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        at = "".join(f"{step}: " for step in first["loc"][:1])
        raise DocumentError("no-report", f"{path}: no report.json of ours ({at}{first['msg']})") from None
