"""What can go wrong outside of our own code: a sentence that says what is wrong, where, and what to do."""

_LONGEST = 500
"""Characters of a message; what a document calls its members and tags can be of any length."""


def one_line(message: str) -> str:
    """The message on one line, its middle left out where it is too long to be read."""
    line = " ".join(message.splitlines())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} … {line[3 - _LONGEST // 2 :]}"


class DocumentError(Exception):
    """A document that can't be read. `code` is a stable word for programs, the message one sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = one_line(message)
        super().__init__(self.message)

    def __reduce__(self) -> tuple[type["DocumentError"], tuple[str, str]]:
        return (type(self), (self.code, self.message))


class ClusterError(Exception):
    """A cluster that can't be reached or that lost its workers; the message is one sentence for people."""
