"""Zip containers of XML (DOCX, OFD), opened as hostile input: every limit is held before a byte is inflated."""

import io
import posixpath
import re
import zipfile
import zlib

from lxml import etree

from pipeline.contracts import Finding
from pipeline.errors import DocumentError
from pipeline.formats.reading import Limits
from pipeline.text import squeeze

_HEADER = b"PK\x01\x02"
_ENCRYPTED = 0x1
_TAG = re.compile(rb"<[^<>]*>")


class Container:
    """The members of a zip by name (`/` between folders, case ignored as OPC has it), read one by one, never to disk."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        """Raises DocumentError: `not-a-container`, `too-many-members`, `too-large`, `unsafe-name`, `encrypted`."""
        self.name = name
        self.limits = limits
        self.findings: list[Finding] = []
        # The directory's own count can lie; the headers that it must have can be counted without reading them.
        if data.count(_HEADER) > limits.members:
            raise DocumentError("too-many-members", f"{name}: a container of more than {limits.members} members")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
            raise DocumentError("not-a-container", f"{name}: the zip container is damaged ({error})") from None
        inflated = sum(info.file_size for info in self._zip.infolist())
        if inflated > limits.inflated:
            raise DocumentError("too-large", f"{name}: the container inflates to {inflated} bytes, past {limits.inflated}")
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            path = info.filename.replace("\\", "/")
            if path.startswith("/") or ".." in path.split("/"):
                raise DocumentError("unsafe-name", f"{name}: a member of the container has the name {info.filename[:80]!r}")
            if info.flag_bits & _ENCRYPTED:
                raise DocumentError("encrypted", f"{name}: the container is encrypted; save it without a password")
            self._members.setdefault(path.lower(), info)

    def __contains__(self, member: str) -> bool:
        return member.lower() in self._members

    def names(self) -> tuple[str, ...]:
        """The members' names in the container's order."""
        return tuple(info.filename.replace("\\", "/") for info in self._members.values())

    def read(self, member: str) -> bytes:
        """A member's bytes. Raises DocumentError: `missing-member`, `damaged`, `too-large`."""
        info = self._members.get(member.lower())
        if info is None:
            raise DocumentError("missing-member", f"{self.name}: the container has no {member}")
        if info.file_size > self.limits.bytes:
            raise DocumentError("too-large", f"{self.name}: {member} inflates to {info.file_size} bytes, past {self.limits.bytes}")
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
            raise DocumentError("damaged", f"{self.name}: {member} can't be inflated ({error})") from None

    def xml(self, member: str) -> etree._Element:
        """A member's XML, entities and network off; a broken one is read as far as it goes, with a finding `broken-xml`.

        Raises DocumentError: `missing-member`, `damaged`, `too-large`, `doctype`, `broken-xml`.
        """
        data = self.read(member)
        if data.count(b"<") > self.limits.tags:
            raise DocumentError("too-large", f"{self.name}: {member} has more than {self.limits.tags} tags")
        try:
            root = etree.fromstring(data, _parser(recover=False))
        except (etree.XMLSyntaxError, ValueError) as error:
            # A document type is what entity bombs are made of; none of these formats has one.
            if b"<!DOCTYPE" in data:
                raise _doctype(self.name, member) from None
            root = self._recovered(data, member, error)
        if root.getroottree().docinfo.internalDTD is not None:
            raise _doctype(self.name, member)
        return root

    def _recovered(self, data: bytes, member: str, error: Exception) -> etree._Element:
        try:
            root = etree.fromstring(data, _parser(recover=True))
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is None:
            raise DocumentError("broken-xml", f"{self.name}: {member} is no XML ({error})") from None
        held, whole = len(squeeze("".join(map(str, root.itertext())))), len(squeeze(_TAG.sub(b"", data).decode("utf-8", "ignore")))
        message = f"{member} is broken XML ({error}); it was read as far as it goes: {min(held, whole)} of about {whole} characters"
        self.findings.append(Finding(code="broken-xml", severity="error", stage="page", message=message))
        return root

    def beside(self, member: str, target: str) -> str:
        """The member that `target` means when it stands in `member`: relative to its folder, or from the root with `/`."""
        target = target.replace("\\", "/")
        path = target if target.startswith("/") else posixpath.join(posixpath.dirname(member), target)
        return posixpath.normpath(path).lstrip("/")


def own_text(element: etree._Element) -> str:
    """An element's own text; what stands behind an element that broken XML put into it belongs to it too."""
    text = element.text or ""
    return text + "".join(child.tail or "" for child in element) if len(element) else text


def _parser(recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )


def _doctype(name: str, member: str) -> DocumentError:
    return DocumentError("doctype", f"{name}: {member} declares a document type, which this format has not; not read")
