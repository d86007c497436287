"""A published folder as one file: the same bytes for the same files, so that anybody can compare what they fetched."""

import io
import zipfile
from collections.abc import Mapping

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can tell: stands in every entry, so that no clock is in the bytes."""


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """The files of a folder in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(f"{folder}/{name}", EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()
