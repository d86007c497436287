"""Open data: what everybody may read of a register as one file, kept under its version so that it can be cited."""

import csv
import hashlib
import io
import re
import secrets
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import ForeignKey
from django.utils import timezone

from junheng.kernel.errors import NotFound
from junheng.platform.access.once import once_a_page
from junheng.platform.audit.append import head
from junheng.platform.figures import queries, workshop
from junheng.platform.registers.api.offering import public_fields
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.registry import every_register
from junheng.platform.registers.values import data

FOLDER = "open-data"
VERSION = re.compile(r"[0-9]{8}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class OpenFile:
    """One version of one register's file. ``version`` is its day and the beginning of its digest."""

    register: Register[Any]
    version: str
    as_of: date
    digest: str
    rows: int
    size: int
    path: Path


def open_registers() -> list[Register[Any]]:
    """The registers of which everybody may read something."""
    return [one for one in every_register().values() if public_fields(one)]


def open_register(slug: str) -> Register[Any]:
    """The register behind an address of open data."""
    found = next((one for one in open_registers() if one.slug == slug), None)
    if found is None:
        raise NotFound(
            "no-open-data", "没有名为「{slug}」的公开数据。请在「公开数据」页面查看目录。", slug=slug[:40]
        )
    return found


def day_of_data() -> date:
    """The day the files speak of: that of the figures, or today while nothing was frozen."""
    return workshop.moment().as_of if queries.current() else timezone.localdate()


def newest(register: Register[Any]) -> OpenFile:
    """The file as the register stands now. The same rows give the same version, whenever they are asked for."""
    return made(register, day_of_data(), last_entry(), settings.JUNHENG_HOME / FOLDER)


@once_a_page
def last_entry() -> int:
    """Up to which entry anything was written: one question for all the files of a page."""
    return head().id


@lru_cache(maxsize=64)
def made(register: Register[Any], day: date, _entry: int, folder: Path) -> OpenFile:
    """Write the file of a day, unless this version is there already; made anew only when something was written."""
    content, rows = content_of(register, day)
    digest = hashlib.sha256(content).hexdigest()
    version = f"{day:%Y%m%d}-{digest[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{register.slug}-{version}.csv"
    if not path.exists():
        part = path.with_suffix(f".{secrets.token_hex(4)}")
        part.write_bytes(content)
        part.replace(path)
    return OpenFile(register, version, day, digest, rows, len(content), path)


def content_of(register: Register[Any], day: date) -> tuple[bytes, int]:
    """The rows that hold on a day, as UTF-8 with the mark that spreadsheets need. Headings are names of fields."""
    fields = public_fields(register)
    rows = register.public_rows(register.rows()).filter(register.holds(day)).order_by("pk")
    text, count = io.StringIO(), 0
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(["id", *(one.name for one in fields)])
    for row in rows.iterator(chunk_size=2_000):
        lines.writerow([row.pk, *(plain(register, one, row) for one in fields)])
        count += 1
    return text.getvalue().encode("utf-8-sig"), count


def plain(register: Register[Any], one: F, row: Any) -> Any:
    """A value in a file: relations by their key, true and false in words, no text that a spreadsheet would run."""
    value = data(register, one, row)
    if isinstance(register.model_field(one), ForeignKey):
        value = value["key"] if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def older(register: Register[Any], version: str) -> Path:
    """The file of a version that was once given out."""
    path: Path = settings.JUNHENG_HOME / FOLDER / f"{register.slug}-{version}.csv"
    if not VERSION.fullmatch(version) or not path.is_file():
        raise NotFound("no-such-version", "没有公开数据的这个版本。请在「公开数据」页面查看现有版本。")
    return path
