"""Many documents over worker processes: one document's fault stays its own, and a run that was cut off goes on where it was.

The parent hands each worker one source, and the next while it reads, so that none waits for the parent. A worker that takes longer
than the limit is killed with all that it started; one that dies takes only its document with it. `OUT/manifest.jsonl` gets a line
as each document is finished, so a run killed at any moment leaves whole files and a manifest that says which of them are done.
"""

import contextlib
import ctypes
import fcntl
import gc
import json
import multiprocessing
import os
import resource
import signal
import time
from collections import Counter, deque
from collections.abc import Iterator
from hashlib import sha256
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import __version__, bundles, lexicon, run, sources, store
from pipeline.contracts import SCHEMA_VERSION
from pipeline.errors import DocumentError
from pipeline.formats.reading import Limits
from pipeline.sources import Source

Record = dict[str, Any]
"""A line of the manifest: source, folder, sha256, rules, verdict, status, error, seconds, findings by severity."""

AGAIN = {"timeout", "memory", "crashed", "missing", "unreadable", "unwritable", "internal"}
"""Failures that another run may not meet again; every other one comes from the document's bytes and our rules alone."""

_CONTEXT = multiprocessing.get_context("fork")
MANIFEST = "manifest.jsonl"


class Cost(NamedTuple):
    """What one document may cost: before its worker is stopped, and before it is refused."""

    seconds: float = 120
    memory: int = 2_000_000_000
    limits: Limits = Limits()


def rules(limits: Limits) -> str:
    """What decides what is written: the versions of program, schema and lexicon, and limits other than the defaults."""
    others = (f"{name}={value}" for name, value in limits.others().items())
    return " ".join([__version__, SCHEMA_VERSION, lexicon.fingerprint(), *others])


# --- the worker ---------------------------------------------------------------------------------------------------


def job(source: Source, output: Path, before: Record | None, limits: Limits) -> Record:
    """Reads one source and writes its folder; the manifest's record of it. Nothing that a document does raises here.

    `before` is its record of an earlier run: the same bytes under the same rules are not read again.
    """
    began = time.perf_counter()
    record: Record = {"source": source.path, "folder": source.folder, "sha256": None, "rules": rules(limits)}
    record |= {"verdict": None, "status": "failed", "error": None, "seconds": 0.0, "findings": {}}
    try:
        data = _data(source, limits)
        record["sha256"] = sha256(data).hexdigest()
        if before is not None and _same(before, record, output):
            return before
        result = run.process(data, source.name, limits)
        store.write(output, source.folder, store.dump(result))
        severities = Counter(finding.severity for finding in result.report.findings)
        record |= {"status": "done", "verdict": result.report.verdict, "findings": dict(sorted(severities.items()))}
    except DocumentError as error:
        record["error"] = {"code": error.code, "message": error.message}
    except MemoryError:
        record["error"] = {"code": "memory", "message": f"{source.path}: takes more memory than one document may"}
    except OSError as error:
        record["error"] = {"code": "unwritable", "message": f"{output / source.folder}: {error.strerror or error}"}
    except RecursionError:
        record["error"] = {"code": "too-deep", "message": f"{source.path}: nested deeper than we follow"}
    except Exception as error:
        record["error"] = {"code": "internal", "message": f"{source.path}: a fault of ours, {type(error).__name__}: {error}"}
    record["seconds"] = round(time.perf_counter() - began, 4)
    return record


def _data(source: Source, limits: Limits) -> bytes:
    if source.file:
        return bundles.read(source.file, source.member, source.column, limits)
    return sources.read(source.path, limits.bytes)


def _same(before: Record, now: Record, output: Path) -> bool:
    """Whether an earlier record still says what another reading would say."""
    if any(before.get(key) != now[key] for key in ("sha256", "rules", "folder")):
        return False
    if before["status"] == "done":
        return (output / str(now["folder"]) / "report.json").is_file()
    return before["error"]["code"] not in AGAIN


def _serve(line: Connection, inherited: list[Connection], output: Path, cost: Cost) -> None:
    """A worker's life: a source in, a record out, until the parent hangs up.

    `inherited` are the parent's ends of the lines, which a fork copies: held open here, they would hide that the parent is gone.
    """
    for end in inherited:
        end.close()
    _die_with_parent()
    settle()
    os.setsid()  # so that what a reader starts (a converter) is stopped together with the worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    most = _held() + cost.memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            source, before = line.recv()
            line.send(job(source, output, before, cost.limits))


def settle() -> None:
    """Tells the garbage collector that what is loaded stays, and that records come by the thousands: a document goes 5% faster."""
    gc.freeze()
    gc.set_threshold(20_000)


def _held() -> int:
    """Bytes of address space that this process has now: what its parent had mapped (a database, a notebook) is no document's."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return 0


def _die_with_parent() -> None:
    """Asks the kernel, where it can be asked (Linux, prctl 1), to kill this process as soon as its parent is gone."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


# --- the parent ---------------------------------------------------------------------------------------------------


class Worker:
    """A process, the line to it, and the sources that it has been given: the one that it reads now, and the next."""

    def __init__(self, others: list["Worker"], output: Path, cost: Cost) -> None:
        self.line, theirs = _CONTEXT.Pipe()
        inherited = [self.line, *(other.line for other in others)]
        self.process: BaseProcess = _CONTEXT.Process(target=_serve, args=(theirs, inherited, output, cost), daemon=False)
        self.process.start()
        theirs.close()
        self.given: deque[Source] = deque()
        self.since = time.monotonic()

    def give(self, source: Source, before: Record | None) -> None:
        self.given.append(source)
        with contextlib.suppress(BrokenPipeError):  # one that has just died is noticed where it is heard
            self.line.send((source, before))

    def heard(self) -> Source:
        """The source that it has read, or failed at; from now on it reads the next one."""
        self.since = time.monotonic()
        return self.given.popleft()

    def stop(self) -> None:
        """Kills the process and all that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.line.close()


def extract(
    found: list[Source], output: Path, jobs: int = 1, cost: Cost | None = None, cluster: str | None = None
) -> Iterator[tuple[Record, bool]]:
    """Reads all sources into `output`; yields each record as it is finished, and whether it was read anew.

    Over `jobs` processes of this machine, or over the Dask cluster whose scheduler is at the address `cluster`.
    Raises OSError where the output folder can't be made or written. Waits for another run that writes to the same folder.
    """
    cost = cost or Cost()
    output.mkdir(parents=True, exist_ok=True)
    with (output / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = manifest(output)
        _rewrite(output, known)
        with (output / MANIFEST).open("a", encoding="utf-8") as journal:
            for record in _records(found, output, jobs, cost, known, cluster):
                before = known.get(record["source"])
                if record != before:
                    if before and before["folder"] != record["folder"]:
                        store.remove(output / before["folder"])
                    journal.write(_line(record))
                    journal.flush()
                    known[record["source"]] = record
                yield record, record is not before and record != before
        _rewrite(output, known)


def _records(
    found: list[Source], output: Path, jobs: int, cost: Cost, known: dict[str, Record], cluster: str | None
) -> Iterator[Record]:
    if cluster is None:
        return over_workers(found, output, jobs, cost, known)
    from pipeline.cluster import over_cluster

    return over_cluster(cluster, found, output, cost, known)


def over_workers(found: list[Source], output: Path, jobs: int, cost: Cost, known: dict[str, Record]) -> Iterator[Record]:
    """The records in the order in which they are finished; at most `jobs` documents at a time."""
    waiting = deque(found)
    workers: list[Worker] = []

    def give(worker: Worker) -> None:
        """The next source, if there is one."""
        if waiting:
            source = waiting.popleft()
            worker.give(source, known.get(source.path))

    try:
        while workers or waiting:
            while waiting and len(workers) < jobs:
                workers.append(Worker(workers, output, cost))
                give(workers[-1])
            for worker in workers:
                if len(worker.given) < 2 and len(waiting) >= len(workers):  # the last few go to who is free first
                    give(worker)
            patience = min(worker.since for worker in workers) + cost.seconds - time.monotonic()
            ready = wait([worker.line for worker in workers], timeout=max(0.0, patience))
            for worker in list(workers):
                record = _heard(worker, worker.line in ready, cost)
                if record is None:
                    continue
                healthy = not record["error"] or record["error"]["code"] not in ("timeout", "crashed", "memory")
                if healthy and not worker.given:
                    give(worker)
                if not healthy or not worker.given:
                    waiting.extendleft(reversed(worker.given))
                    worker.stop()
                    workers.remove(worker)
                yield record
    finally:
        for worker in workers:
            worker.stop()


def _heard(worker: Worker, ready: bool, cost: Cost) -> Record | None:
    """What became of a worker's source: its record, one for a worker that died or was too slow, None while it still reads."""
    code = message = ""
    if ready:
        try:
            record: Record = worker.line.recv()
            worker.heard()
            return record
        except (EOFError, ConnectionResetError):
            code, message = "crashed", "reading it brought the reader down"
    elif time.monotonic() - worker.since >= cost.seconds:
        code, message = "timeout", f"takes longer than {cost.seconds:g} seconds"
    else:
        return None
    taken = time.monotonic() - worker.since
    source = worker.heard()
    record = {"source": source.path, "folder": source.folder, "sha256": None, "rules": rules(cost.limits), "verdict": None}
    record |= {"status": "failed", "error": {"code": code, "message": f"{source.path}: {message}"}}
    return record | {"seconds": round(taken, 4), "findings": {}}


# --- the manifest -------------------------------------------------------------------------------------------------


def _line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=True) + "\n"


def manifest(output: Path) -> dict[str, Record]:
    """The last record of each source; a line that a killed run left unfinished is passed over, its document read again."""
    known: dict[str, Record] = {}
    with contextlib.suppress(FileNotFoundError), (output / MANIFEST).open(encoding="utf-8") as lines:
        for line in lines:
            with contextlib.suppress(ValueError, TypeError, KeyError):
                record = json.loads(line)
                known[record["source"]] = record
    return known


def _rewrite(output: Path, known: dict[str, Record]) -> None:
    """The manifest with one line for each source, sorted."""
    store.replace(output / MANIFEST, "".join(_line(known[source]) for source in sorted(known)).encode())
