"""DOC, WPS and RTF: turned into DOCX by LibreOffice where it is installed, and read as that."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.formats import confined, docx
from pipeline.formats.reading import Limits, Reading

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = ("/usr/lib/libreoffice/program/soffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Macros never run; links and remote pictures are not followed; the proxy leads nowhere.
_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_PROXY = "/org.openoffice.Inet/Settings"
_SETTINGS = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    (_PROXY, "ooInetProxyType", "2"),
    (_PROXY, "ooInetHTTPProxyName", "127.0.0.1"),
    (_PROXY, "ooInetHTTPProxyPort", "9"),
    (_PROXY, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_PROXY, "ooInetHTTPSProxyPort", "9"),
)


def _profile() -> str:
    """The settings as LibreOffice keeps them."""
    rows = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{rows}</oor:items>'


def program() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).exists()), None)


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """What LibreOffice makes of the file, read as a DOCX.

    Raises DocumentError: `needs-libreoffice`, `encrypted`, `timeout`, `damaged`, and those of `docx.read`.
    """
    if _ENCRYPTED in data:
        raise DocumentError("encrypted", f"{name}: the document is encrypted; save it without a password")
    soffice = program()
    if soffice is None:
        raise DocumentError(
            "needs-libreoffice", f"{name}: to read this format LibreOffice must be installed (its soffice on the PATH)"
        )
    with tempfile.TemporaryDirectory(prefix="zhengbao-") as folder:
        return docx.read(_converted(soffice, data, name, limits, Path(folder)), name, limits)


def _converted(soffice: str, data: bytes, name: str, limits: Limits, folder: Path) -> bytes:
    """The file as DOCX. A profile of its own keeps the user's settings out and lets several run at once."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_profile(), "utf-8")
    # The name is ours: what the user's file is called never reaches a command line.
    source = folder / f"source.{_suffix(data)}"
    source.write_bytes(data)
    command = [
        soffice,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    environment = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=folder, env=environment, start_new_session=True
    )
    try:
        process.wait(limits.conversion)
    except subprocess.TimeoutExpired:
        raise DocumentError(
            "timeout", f"{name}: LibreOffice did not read it within {limits.conversion} seconds and was stopped"
        ) from None
    finally:
        confined.end(process)
    made = folder / "out" / "source.docx"
    if not made.is_file():
        raise DocumentError("damaged", f"{name}: LibreOffice can't read it; the file is damaged or of another format than it says")
    if made.stat().st_size > limits.bytes:
        raise DocumentError("too-large", f"{name}: as DOCX it is larger than {limits.bytes} bytes")
    return made.read_bytes()


def _suffix(data: bytes) -> str:
    return "rtf" if data.lstrip()[:5] == b"{\\rtf" else "xml" if b"<?xml" in data[:10] else "doc"
