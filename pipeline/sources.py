"""What a person hands over (files, folders, globs, `-`) -> the sources to read, each with the folder that it is written to."""

import glob
import os
from collections import defaultdict
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import DocumentError
from pipeline.store import safe


class Source(NamedTuple):
    """A document to read. `path` is as the user gave it (`-`: standard input), `folder` the place below OUT, with `/`.

    Of a document inside a file (`archive.zip!report.docx`, `table.csv#12`) `file` is that file, `member` the rest, and `column`
    what the user called the column of the reports.
    """

    path: str
    folder: str
    file: str = ""
    member: str = ""
    column: str | None = None

    @property
    def name(self) -> str:
        """The file's name; one whose bytes are no UTF-8 is read as GB 18030, as files from Chinese systems are named."""
        if self.path == "-":
            return "stdin"
        data = os.fsencode(Path(self.path).name)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("gb18030", "replace")


Inside = Callable[[str], list[str]]
"""The documents inside a file, as they stand behind its name; none where it is one document itself."""


def find(arguments: tuple[str, ...], output: Path, inside: Inside | None = None, column: str | None = None) -> list[Source]:
    """All sources in a fixed order, each once; nothing below `output` and nothing hidden.

    A path that is not there stays in the list, so that it is reported like every other document that can't be read.
    Where several sources would share a folder, each takes its whole file name; where that is shared too, a hash of its path.
    With `inside` files are opened that hold several documents; one that can't be opened stays in the list.
    """
    found: dict[str, str] = {}
    for argument in arguments:
        path = Path(argument)
        if argument == "-":
            found.setdefault("-", "stdin")
        elif path.is_dir():
            for file in _walk(path, output.resolve()):
                found.setdefault(str(file), file.relative_to(path).as_posix())
        elif not path.exists() and glob.has_magic(argument):
            matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
            found.update((match, Path(match).name) for match in matches if Path(match).is_file() and match not in found)
            if not matches:
                found.setdefault(argument, path.name)
        else:
            found.setdefault(argument, path.name)
    members: dict[str, tuple[str, str]] = {}
    if inside is not None:
        found, members = _opened(found, inside)
    return [Source(path, folder, *members.get(path, ("", "")), column) for path, folder in _told_apart(found).items()]


def _opened(found: dict[str, str], inside: Inside) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """The sources with the documents inside files in place of those files; and for each such one its file and its name there."""
    opened: dict[str, str] = {}
    members: dict[str, tuple[str, str]] = {}
    for path, relative in found.items():
        try:
            names = inside(path)
        except (DocumentError, OSError):
            names = [""]  # what is wrong with it is said where it is read
            members[path] = (path, "")
        for name in names or [""]:
            opened[path + name] = relative
            if name:
                steps = name[1:].replace("\\", "/")
                opened[path + name] = f"{relative.rpartition('.')[0] or relative}/{steps}"
                members[path + name] = (path, name)
    return opened, members


def _walk(top: Path, output: Path) -> list[Path]:
    """The files below a folder, sorted by name; hidden ones and what we wrote ourselves left out."""
    files: list[Path] = []
    for folder, inner, names in os.walk(top):
        here = Path(folder)
        inner[:] = sorted(name for name in inner if not name.startswith(".") and (here / name).resolve() != output)
        files += [here / name for name in sorted(names) if not name.startswith((".", "~$")) and (here / name).is_file()]
    return files


def _told_apart(found: dict[str, str]) -> dict[str, str]:
    """Folders for all sources, no two the same; also where a file system takes upper and lower case for one."""
    folders = {path: _folder(relative, stem=True) for path, relative in found.items()}
    for path in _shared(folders):
        folders[path] = _folder(found[path], stem=False)
    for path in _shared(folders):
        folders[path] += "-" + sha256(path.encode(errors="surrogateescape")).hexdigest()[:8]
    return folders


def _folder(relative: str, stem: bool) -> str:
    *parents, name = relative.split("/")
    return "/".join([*map(safe, parents), safe(Path(name).stem if stem else name)])


def _shared(folders: dict[str, str]) -> list[str]:
    """The sources whose folder another one has too."""
    having = defaultdict(list)
    for path, folder in folders.items():
        having[folder.casefold()].append(path)
    return [path for paths in having.values() if len(paths) > 1 for path in paths]


def stamp(status: os.stat_result) -> tuple[int, int]:
    """What a change of a file changes: when it was last written to, and its size."""
    return status.st_mtime_ns, status.st_size


def read(path: str, most: int) -> bytes:
    """The bytes of a source. Raises DocumentError, in one sentence, where it is missing, unreadable, a folder or too large."""
    try:
        if path == "-":
            with open(0, "rb", closefd=False) as file:  # not sys.stdin, which a worker process has no more
                data = file.read(most + 1)
        else:
            if Path(path).is_dir():
                raise DocumentError("folder", f"{path}: a folder, where a file is meant")
            with Path(path).open("rb") as file:
                before = stamp(os.fstat(file.fileno()))
                data = file.read(most + 1)
                if stamp(os.fstat(file.fileno())) != before:
                    raise DocumentError("unreadable", f"{path}: was written to while it was read; read it again when it is whole")
    except FileNotFoundError:
        raise DocumentError("missing", f"{path}: there is no such file") from None
    except OSError as error:
        raise DocumentError("unreadable", f"{path}: can't be read ({error.strerror or error})") from None
    except ValueError:
        raise DocumentError("missing", f"{path!r}: no name of a file") from None
    if len(data) > most:
        raise DocumentError("too-large", f"{path}: larger than {most:,} bytes")
    if not data.strip():
        raise DocumentError("empty", f"{path}: the file is empty")
    return data
