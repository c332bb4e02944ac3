"""Many documents over the machines of a Dask cluster: the same job over the same workers, a share of the sources at a time.

Every machine must see the sources and the output folder under the paths that it is given (a shared file system), and have the
same version installed. A share runs in an interpreter of its own, whose workers keep the limits that one machine keeps.

python -m pipeline.cluster      runs one share: pickled on standard input, a record a line on standard output
"""

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline import batch
from pipeline.batch import Cost, Record
from pipeline.errors import ClusterError
from pipeline.sources import Source

SHARE = 64
"""Sources in one task of the cluster: enough that starting an interpreter does not count, few enough to spread."""


PATIENCE = 5
"""Seconds to wait for the scheduler."""


class Share(NamedTuple):
    """A part of the sources with their earlier records, and where and at what cost they are to be read."""

    sources: list[Source]
    known: dict[str, Record]
    output: Path
    cost: Cost


def over_cluster(address: str, found: list[Source], output: Path, cost: Cost, known: dict[str, Record]) -> Iterator[Record]:
    """The records in the order in which shares are finished. Raises ClusterError where no scheduler answers at `address`."""
    from distributed import Client, as_completed

    try:
        client = Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ClusterError(f"no scheduler answers at {address} ({error})") from None
    with client:
        workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        size = max(1, min(SHARE, -(-len(found) // (4 * workers))))
        shares = [
            Share(part, {s.path: known[s.path] for s in part if s.path in known}, output.resolve(), cost)
            for part in (found[n : n + size] for n in range(0, len(found), size))
        ]
        futures = client.map(run_share, shares, pure=False, retries=2)
        for future in as_completed(futures):  # type: ignore[no-untyped-call]
            yield from future.result()
            future.release()


def run_share(share: Share) -> list[Record]:
    """On a machine of the cluster: reads a share in an interpreter of its own, and returns its records."""
    done = subprocess.run([sys.executable, "-m", __name__], input=pickle.dumps(share), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    share: Share = pickle.load(sys.stdin.buffer)  # from our own parent process, which made it
    for record in batch.over_workers(share.sources, share.output, 1, share.cost, share.known):
        print(json.dumps(record), flush=True)


if __name__ == "__main__":
    # The pickle names the classes as the cluster's machines know them.
    sys.modules["pipeline.cluster"] = sys.modules["__main__"]
    main()
