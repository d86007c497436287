"""Files as people hand them in, small and made by hand: a PDF, a .docx, films, a picture that says where it was taken."""

import hashlib
import io
import zipfile
import zlib

from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def a_pdf(*objects: bytes) -> bytes:
    """A PDF with these objects besides its catalogue."""
    body = b"\n".join(
        b"%d 0 obj\n%s\nendobj" % (number, one)
        for number, one in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", *objects), 1)
    )
    return b"%PDF-1.7\n" + body + b"\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def packed(text: bytes, *, kind: bytes = b"ObjStm") -> bytes:
    """An object with objects packed into it."""
    data = zlib.compress(text)
    return b"<</Type/%s/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (
        kind, len(data), data,
    )  # fmt: skip


def a_docx(*paragraphs: str, **parts: bytes) -> bytes:
    """A .docx with these paragraphs, and with further parts; a name says ``__`` for a slash and ``___`` for a dot."""
    said = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    files = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{said}</w:body></w:document>'.encode(),
    }
    files |= {name.replace("___", ".").replace("__", "/"): data for name, data in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def box(name: bytes, *inside: bytes) -> bytes:
    """A box of an MP4."""
    data = b"".join(inside)
    return (8 + len(data)).to_bytes(4, "big") + name + data


def a_film(*, told: bytes = b"+35.2391+113.2418/", pictures: bytes = b"\x00\x01" * 400) -> bytes:
    """An MP4 that says where it was filmed, in three places."""
    where = box(b"udta", box(b"\xa9xyz", told))
    track = box(b"trak", box(b"tkhd", bytes(20)), where)
    moov = box(b"moov", box(b"mvhd", bytes(20)), track, box(b"meta", told))
    return box(b"ftyp", b"mp42" + bytes(8)) + box(b"uuid", bytes(16) + told) + moov + box(b"mdat", pictures)


def a_webm() -> bytes:
    """A WebM with one part of pictures."""
    head = b"\x1a\x45\xdf\xa3\x93\x42\x82\x84webm" + bytes(10)
    return head + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + b"\x1f\x43\xb6\x75\x82ab"


def a_picture(*, number: int = 0, media: str = "JPEG", side: int = 144) -> bytes:
    """A picture of fields, another for every number, which says with what it was taken."""
    fields = bytes(hashlib.sha256(f"{number}-{place}".encode()).digest()[0] for place in range(9 * 8))
    image = Image.frombytes("L", (9, 8), fields).resize((side, side), Image.Resampling.NEAREST).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "PHONE"
    out = io.BytesIO()
    image.save(out, media, exif=exif.tobytes(), quality=92)
    return out.getvalue()
