"""A .docx: an archive of which only the words are read. Whatever runs, or fetches something from elsewhere, is refused."""

import io
import zipfile
import zlib
from xml.etree import ElementTree as ET

from junheng.kernel.enclosures.refusals import active, broken, empty, locked

KIND = ".docx"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_PARTS, MOST_UNPACKED, MOST_WORDS = 2_000, 200 << 20, 20 << 20
OLE = b"\xd0\xcf\x11\xe0"
"""What a .docx with a password is wrapped in, and what the old .doc is."""
ACTIVE = (
    ("vbaproject", "宏"),
    ("vbadata", "宏"),
    ("activex", "ActiveX 控件"),
    ("embeddings/", "嵌入的文件"),
    ("macrosheets", "宏"),
)
FETCHES = ("attachedtemplate", "oleobject", "frame", "subdocument")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ET.ParseError,
    KeyError,
    NotImplementedError,
    EOFError,
    ValueError,
    OSError,
)


def words_in_docx(data: bytes) -> str:
    """The words of a .docx, a paragraph a line; refuses what is none, and what does something by itself."""
    if not data:
        raise empty()
    if data.startswith(OLE):
        raise locked("Word")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_parts(archive)
            words = paragraphs(part(archive, "word/document.xml"))
    except BROKEN as wrong:
        raise broken(KIND, type(wrong).__name__) from None
    except RuntimeError:  # what zipfile raises for a part with a password
        raise locked(KIND) from None
    if not words.strip():
        raise empty()
    return words


def check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that runs, carries files, fetches something, or unpacks to more than anybody writes."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
        raise broken(KIND, "unpacks to too much")
    names = [one.filename.lower() for one in parts]
    for sign, what in ACTIVE:
        if any(sign in name for name in names):
            raise active(KIND, what)
    if b"macroenabled" in part(archive, "[Content_Types].xml").lower():
        raise active(KIND, "宏")
    for one in parts:
        if one.filename.endswith(".rels"):
            check_relations(part(archive, one.filename))


def check_relations(data: bytes) -> None:
    """Refuse templates and objects that are fetched from elsewhere; a link that somebody may follow is none of them."""
    for one in tree(data):
        kind = one.get("Type", "").rpartition("/")[2].lower()
        if one.get("TargetMode", "").lower() == "external" and kind in FETCHES:
            raise active(KIND, "外部模板或对象")


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, unpacked no further than it says it is, and than anybody writes."""
    if archive.getinfo(name).file_size > MOST_WORDS:
        raise broken(KIND, "unpacks to too much")
    with archive.open(name) as file:
        return file.read(MOST_WORDS)


def tree(data: bytes) -> ET.Element:
    """The elements of a part; a part that declares anything of its own is refused before it is read."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data or b"<!" in data.replace(b"<!--", b""):
        raise broken(KIND, "declarations")
    return ET.fromstring(data)  # noqa: S314 — nothing is declared in it, looked at above


def paragraphs(data: bytes) -> str:
    """The words of the document, paragraph by paragraph; what was struck out is left out."""
    lines = []
    for paragraph in tree(data).iter(f"{WORD}p"):
        said = []
        for one in paragraph.iter():
            if one.tag == f"{WORD}t":
                said.append(one.text or "")
            elif one.tag in {f"{WORD}tab", f"{WORD}br", f"{WORD}cr"}:
                said.append(" ")
        lines.append("".join(said).strip())
    return "\n".join(lines).strip()
