"""The command line `zhengbao`: reads arguments, calls the pipeline, answers with the contract's exit codes.

0 done, 1 a fault of ours, 2 wrong usage, 3 some documents failed, 4 a document breaks its schema.
Every import of the pipeline stands in its command, so that `--help` is there at once.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from pipeline import __version__

FAULT, USAGE, FAILED, BROKEN = 1, 2, 3, 4


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Reads Chinese government work reports (政府工作报告) into data that people can compute with and trust."""


class WrongUsageError(click.ClickException):
    """What the user asked for can't be done as asked; one sentence, exit status 2."""

    exit_code = USAGE

    def show(self, file: Any = None) -> None:
        say(f"zhengbao: {self.message}")


def say(message: str) -> None:
    """A message for people, on standard error."""
    click.echo(message, err=True)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--jobs", type=click.IntRange(min=1), help="Documents read at a time.  [default: the processors]")
@click.option(
    "--seconds", type=click.FloatRange(min=0, min_open=True), default=120, show_default=True, help="Limit for one document."
)
@click.option("--memory", type=click.IntRange(min=100), default=2000, show_default=True, help="Limit for one document, in MB.")
@click.option("--column", metavar="NAME", help="Of a CSV or XLSX: the column of the reports.  [default: the longest cells]")
@click.option("--limit", "limits", multiple=True, metavar="NAME=VALUE", help="Another limit of docs/limits.md; may be repeated.")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler (tcp://host:8786) whose machines do the reading.")
def extract(
    paths: tuple[str, ...],
    output: Path,
    jobs: int | None,
    seconds: float,
    memory: int,
    column: str | None,
    limits: tuple[str, ...],
    cluster: str | None,
) -> None:
    """Read documents and write one folder of JSON for each.

    PATHS are files, folders, globs, or - for standard input; of a zip every document in it, of a CSV or XLSX every row.
    A second run reads only what is new or has changed.
    """
    from pipeline import batch, bundles, sources
    from pipeline.errors import ClusterError

    cost = batch.Cost(seconds, memory * 1_000_000, _limits(limits))
    found = sources.find(paths, output, lambda path: bundles.names(path, column, cost.limits), column)
    if not found:
        raise WrongUsageError(f"no documents in {', '.join(paths)}")
    done = failed = same = faults = 0
    try:
        records = batch.extract(found, output, jobs or os.cpu_count() or 1, cost, cluster)
        for record, anew in _with_progress(records, len(found)):
            done += record["status"] == "done"
            same += not anew
            if error := record["error"]:
                failed += 1
                faults += error["code"] == "internal"
                say(f"zhengbao: {error['message']}")
            elif record["verdict"] != "report" and anew:
                say(f"zhengbao: {record['source']}: read, but {record['verdict'].replace('_', ' ')} (see its findings)")
    except ModuleNotFoundError as error:
        raise WrongUsageError(f"--cluster needs the package {error.name}: pip install 'zhengbao[cluster]'") from None
    except ClusterError as error:
        raise WrongUsageError(str(error)) from None
    except OSError as error:
        raise WrongUsageError(f"{output}: can't be written ({error.strerror or error})") from None
    if len(found) > 1 or failed:
        say(f"zhengbao: {done} done ({same} as before), {failed} failed; {output / 'manifest.jsonl'} lists them")
    sys.exit(FAULT if faults else FAILED if failed else 0)


def _limits(given: tuple[str, ...]) -> Any:
    """The limits with those that the user gave as NAME=VALUE; a usage error in one sentence where one is no limit."""
    from pipeline.formats.reading import Limits

    names = [each.name for each in fields(Limits)]
    values: dict[str, int] = {}
    for option in given:
        name, _, value = option.partition("=")
        if name not in names:
            raise WrongUsageError(f"--limit {option}: no such limit; there are {', '.join(names)}")
        if not (value.isascii() and value.isdigit() and 0 < int(value[:19]) < 10**18):
            raise WrongUsageError(f"--limit {option}: {value!r} is no whole number above 0")
        values[name] = int(value)
    return Limits(**values)


def _with_progress(records: Iterator[Any], total: int) -> Iterator[Any]:
    """The records, with a bar that shows rate and time left where standard error is a terminal."""
    if total < 2 or not sys.stderr.isatty():
        return records
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread: workers are forked while the bar runs
    return iter(tqdm(records, total=total, unit=" documents", file=sys.stderr, dynamic_ncols=True))


@main.command()
def quantities() -> None:
    """One text a line in, one JSON array a line out: every number and quantity of that text."""
    from pipeline.quantities.quantity import as_records  # type: ignore[attr-defined, unused-ignore]

    with open(sys.stdin.fileno(), encoding="utf-8", errors="replace", newline="\n", closefd=False) as lines:
        for line in lines:
            click.echo(json.dumps(list(as_records(line.rstrip("\r\n"))), ensure_ascii=False))


@main.command("schema")
@click.argument("name", required=False)
def show_schema(name: str | None) -> None:
    """Print the schema NAME, or without one the names that there are."""
    from pipeline import schema

    if name is None:
        click.echo("\n".join(schema.names()))
        return
    wanted = Path(name).name.removesuffix(".json").removesuffix(".schema")
    wanted = next((known for known in schema.names() if wanted in (known, known.partition("_")[2])), wanted)
    if wanted not in schema.names():
        raise WrongUsageError(f"no schema {name!r}; there are {', '.join(schema.names())}")
    click.echo(schema.text(wanted), nl=False)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def validate(files: tuple[Path, ...]) -> None:
    """Hold written files against their schemas, with the place of each error; every error is one line on standard output."""
    from pipeline import check

    broken = 0
    for file in files:
        lines = list(check.file(_text(file), file.name))
        broken += bool(lines)
        for line in lines:
            click.echo(f"{file}: {line}")
    if broken:
        say(f"zhengbao: {broken} of {len(files)} break their schema")
        sys.exit(BROKEN)


@main.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object in place of the table.")
@click.option("--misses", is_flag=True, help="Also list every difference.")
def evaluate(report: Path, gold: Path, as_json: bool, misses: bool) -> None:
    """Precision, recall and F1 of REPORT (a report.json) against GOLD, a folder of annotations."""
    from pipeline import evaluate as scoring

    try:
        scores = scoring.evaluate(json.loads(_text(report)), gold)
    except scoring.GoldError as error:
        raise WrongUsageError(str(error)) from None
    except (ValueError, KeyError, TypeError) as error:
        raise WrongUsageError(f"{report}: not a report.json ({type(error).__name__}: {error})") from None
    click.echo(json.dumps(scores.as_dict(misses), ensure_ascii=False) if as_json else scores.as_table(misses))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--to", required=True, type=click.Choice(["csv", "jsonl", "parquet", "duckdb", "label-studio"]), help="Format of the tables."
)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--excel", is_flag=True, help="CSV that Excel opens rightly: UTF-8 with BOM, no text taken for a formula.")
def export(paths: tuple[Path, ...], to: str, output: Path, excel: bool) -> None:
    """Write the reports at or below PATHS (what `extract` wrote) as tables that join by key."""
    from pipeline import export as exporting

    found = exporting.find(paths)
    if not found:
        raise WrongUsageError(f"no report.json in {', '.join(map(str, paths))}")
    with _writing(output, to):
        label = to == "label-studio"
        problems = exporting.label_studio(found, output) if label else exporting.export(found, to, output, excel)
    for problem in problems:
        say(f"zhengbao: {problem}")
    sys.exit(BROKEN if problems else 0)


@main.command("import-labels")
@click.argument("exported", metavar="FILE", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder to write to.")
def import_labels(exported: Path, output: Path) -> None:
    """Turn FILE, a JSON export of Label Studio, into annotations: one folder for each report, as `evaluate` reads it."""
    from pipeline import labels, store

    try:
        tasks = json.loads(_text(exported))
        made = [labels.gold(task) for task in (tasks if isinstance(tasks, list) else [tasks])]
    except ValueError as error:
        raise WrongUsageError(f"{exported}: {error}") from None

    with _writing(output):
        for name, claims, structure, text in made:
            labels.write(output.joinpath(*map(store.safe, name.split("/"))), claims, structure, text)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), help="Print it too.  [default: text, where there is no -o]")
@click.option("--exit-code", is_flag=True, help="Leave with 1 where something has changed.")
def diff(paths: tuple[Path, ...], output: Path | None, shape: str | None, exit_code: bool) -> None:
    """What was promised and what came of it: OLD and NEW side by side, or a series of more.

    PATHS are reports (report.json, or sources) of one place, or folders of them. Two are compared as they are given; more in the
    order of their years, each with the next. Writes diff.json and diff.html; of a series a folder of these for every two years,
    and series.json.
    """
    from pipeline import reading, store
    from pipeline.pages.diff import page
    from pipeline.years import digest
    from pipeline.years.diff import changed, compare
    from pipeline.years.pairing import WrongPairError
    from pipeline.years.series import follow

    reports = [_report(file) for path in paths for file in reading.find(path, output)]
    if len(reports) < 2:
        raise WrongUsageError(f"a diff needs two reports; {len(reports) or 'no'} in {', '.join(map(str, paths))}")
    if len(reports) > 2:
        series, diffs = follow(reports)
        made = {f"{folder}/diff": value for folder, value in diffs.items()} | {"series": series}
        for link in series.links:
            if link.wrong:
                say(f"zhengbao: {link.wrong}")
        lines = digest.of_series(series)
    else:
        try:
            diffs = {"": compare(*reports)}
        except WrongPairError as error:
            raise WrongUsageError(str(error)) from None
        made = {"diff": diffs[""]}
        lines = digest.of_diff(diffs[""])
    files = {f"{name}.json": store.checked(name.rpartition("/")[2], value) for name, value in made.items()}
    printed = list(files.values())[-1]
    if output:
        files |= {str(Path(folder, "diff.html")): page(value).encode("utf-8", "replace") for folder, value in diffs.items()}
        with _writing(output):
            for name, data in files.items():
                (output / name).parent.mkdir(parents=True, exist_ok=True)
                store.replace(output / name, data)
    if shape == "json":
        click.echo(printed, nl=False)
    elif shape == "text" or not output:
        click.echo("\n".join(lines))
    sys.exit(FAULT if exit_code and any(map(changed, diffs.values())) else 0)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option(
    "--to",
    type=click.Choice(["csv", "jsonl", "parquet", "duckdb"]),
    default="csv",
    show_default=True,
    help="Format of the tables.",
)
@click.option("--excel", is_flag=True, help="CSV that Excel opens rightly: UTF-8 with BOM, no text taken for a formula.")
def panel(paths: tuple[Path, ...], output: Path, to: str, excel: bool) -> None:
    """Write targets, actuals, fulfilment and coverage of many places and years.

    PATHS hold reports: what `extract` wrote, or sources.
    """
    from pipeline.years import panel as panels

    found = panels.find(paths, output)
    if not found:
        raise WrongUsageError(f"no reports in {', '.join(map(str, paths))}")
    with _writing(output, to):
        problems = panels.build(found, to, output, excel)
    for problem in problems:
        say(f"zhengbao: {problem}")
    sys.exit(FAILED if problems else 0)


@main.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The HTML file to write.")
def view(report: Path, output: Path) -> None:
    """Write one self-contained page of REPORT (a report.json, or a document): its text with everything found marked in it."""
    from pipeline import store
    from pipeline.pages.report import page

    made = page(_report(report)).encode("utf-8", "replace")
    with _writing(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        store.replace(output, made)


def _report(path: Path) -> Any:
    """The report that a person names; where it can't be read, one sentence and the exit status of its kind."""
    from pipeline import reading
    from pipeline.errors import DocumentError

    try:
        return reading.report(path)
    except DocumentError as error:
        say(f"zhengbao: {error.message}")
        sys.exit({"missing": USAGE, "folder": USAGE, "no-report": BROKEN}.get(error.code, FAILED))


@contextmanager
def _writing(output: Path, to: str = "") -> Iterator[None]:
    """A usage error in one sentence where `output` can't be written, or where the format `to` needs a package that is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise WrongUsageError(f"--to {to} needs the package {error.name}: pip install 'zhengbao[tables]'") from None
    except OSError as error:
        raise WrongUsageError(f"{output}: can't be written ({error.strerror or error})") from None


def _text(path: Path) -> str:
    """A file that the user named, as text; a usage error in one sentence where it can't be."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        reason = "there is no such file"
    except IsADirectoryError:
        reason = "a folder, where a file is meant"
    except UnicodeDecodeError:
        reason = "not UTF-8 text"
    except OSError as error:
        reason = f"can't be read ({error.strerror or error})"
    raise WrongUsageError(f"{path}: {reason}")


if __name__ == "__main__":
    main()
