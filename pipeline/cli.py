"""The command line `zhengbao`: reads arguments, calls the pipeline, answers with the contract's exit codes."""

import sys
from pathlib import Path

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhengbao")
def main() -> None:
    """Reads Chinese government work reports (政府工作报告) into data that people can compute with and trust."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="folder to write to")
def extract(paths: tuple[Path, ...], output: Path) -> None:
    """Read documents and write one folder of JSON for each."""
    from pipeline.run import process

    for path in paths:
        result = process(path.read_bytes(), path.name)
        folder = output / path.stem
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(result.report.model_dump_json(indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
