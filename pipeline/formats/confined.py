"""Runs a reader in a process of its own, with a limit on time and memory, so that a hostile file costs no more than itself."""

import contextlib
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile

from pipeline.errors import DocumentError
from pipeline.formats.reading import Limits, Reading

_PATIENCE = 3
"""A child may take so many times its limit by the clock: on a busy machine its own time, which the system counts, is less."""


def run(module: str, data: object, name: str, limits: Limits) -> Reading:
    """What `module.parse(data, name, limits)` returns, run in a child process.

    Raises DocumentError as the reader does, and `timeout`, `memory` or `crashed` where the child went past a limit or died.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        pickle.dump((module, data, name, limits), given)
        given.seek(0)
        code = f"import sys; sys.path[:0] = {sys.path!r}; from pipeline.formats import confined; confined.child()"
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", code],
            stdin=given,
            stdout=made,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            status = process.wait(_PATIENCE * limits.seconds)
        except subprocess.TimeoutExpired:
            raise DocumentError("timeout", f"{name}: not read within {limits.seconds} seconds; the reader was stopped") from None
        finally:
            end(process)
        made.seek(0)
        answer = made.read()
    if status or not answer:
        if status in {-signal.SIGXCPU, -signal.SIGALRM}:
            raise DocumentError("timeout", f"{name}: not read within {limits.seconds} seconds; the reader was stopped")
        # PDFium aborts where it is refused memory.
        if status in {-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL}:
            raise DocumentError("memory", f"{name}: needs more than {limits.memory} bytes of memory to read")
        raise DocumentError("crashed", f"{name}: the reader died on it (status {status}); the file is damaged or hostile")
    result = pickle.loads(answer)
    if isinstance(result, DocumentError):
        raise result
    assert isinstance(result, Reading)
    return result


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a child that was started in a session of its own, and all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def child() -> None:
    """The child's side: limits first, then the reader; the answer is pickled to standard output."""
    import importlib

    module, data, name, limits = pickle.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(_PATIENCE * limits.seconds + 1)  # ends the child where its parent was killed
    try:
        answer: object = importlib.import_module(module).parse(data, name, limits)
    except MemoryError:
        answer = DocumentError("memory", f"{name}: needs more than {limits.memory} bytes of memory to read")
    except RecursionError:
        answer = DocumentError("too-deep", f"{name}: nested too deep to read")
    except DocumentError as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))
    sys.stdout.buffer.flush()
    os._exit(0)
