"""What can go wrong outside of our own code: a sentence that says what is wrong, where, and what to do."""


class DocumentError(Exception):
    """A document that can't be read. `code` is a stable word for programs, the message one sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type["DocumentError"], tuple[str, str]]:
        return (type(self), (self.code, self.message))


class ClusterError(Exception):
    """A cluster that can't be reached or that lost its workers; the message is one sentence for people."""
