"""Where the rows came from: entries of the audit for every row of the demonstration city.

Registers that people keep row by row have an entry for each row, and another for its end. Tables that arrive as
whole lists (pupils, visits, payments) have one entry for each run of rows that one school or county handed in.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from django.db.models import Model

from junheng.kernel.workdays import is_working_day
from junheng.platform.audit.append import batch_draft
from junheng.platform.audit.chain import Draft
from junheng.platform.audit.models import Verb
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.logins import county_login

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENING = date(2021, 1, 4)
"""The day the house was filled: what is older was written down then."""
CLOSING = date(2024, 4, 30)
"""The last day on which somebody wrote: an end that lies beyond it was known when the row was written down."""

# table → column by which runs are cut (its first so many characters), and the column of days that says when
BATCHES: dict[str, tuple[str, int, str]] = {
    "households": ("area", 0, ""),
    "pupils": ("school", 0, "since"),
    "children": ("kindergarten", 0, "since"),
    "entrants": ("area", 6, "admitted_on"),
    "committee": ("school", 0, "since"),
    "consents": ("school", 0, "since"),
    "checks": ("area", 6, "checked_at"),
    "visits": ("school", 0, "visited_on"),
    "needs": ("area", 9, "answered_on"),
    "enrolments": ("area", 9, "since"),
    "eligibilities": ("area", 6, "found_on"),
    "waivers": ("area", 6, "signed_on"),
    "payments": ("area", 6, "paid_on"),
    "loans": ("area", 6, "signed_on"),
}
LARGEST_BATCH = 5_000
CITY_WRITERS = {
    "plans": "fazhan", "planitems": "fazhan", "projects": "fazhan", "documents": "bangongshi", "issuers": "bangongshi",
    "annexes": "bangongshi", "promotions": "bangongshi", "strands": "bangongshi", "titles": "jijiao", "grants": "caiwu",
    "rounds": "anquan", "articles": "bangongshi", "renderings": "bangongshi", "signoffs": "bangongshi",
    "entitlements": "caiwu", "subsidies": "caiwu", "recognitions": "xueqian", "censuses": "xueqian",
}  # fmt: skip
WHY = {
    "projects": "项目登记", "recognitions": "普惠性认定", "titles": "称号登记", "grants": "奖补资金登记", "inspections": "督导检查登记",
    "cases": "案件登记", "sessions": "辅导场次登记", "documents": "发文登记", "articles": "稿件登记", "signoffs": "稿件签发",
    "entitlements": "经费核定", "subsidies": "补助核定", "censuses": "年度统计上报", "carecases": "建档", "careplans": "制定方案",
}  # fmt: skip
DAYS = (
    "decided_on", "applied_on", "accepted_on", "cancelled_on", "started_on", "awarded_on", "granted_on", "issued_on",
    "published_on", "opened_on", "done_on", "held_on", "counted_on", "paid_on", "since", "on",
)  # fmt: skip


def drafts(city: City, models: dict[str, type[Model]]) -> list[Draft]:
    """Every entry, in the order of time."""
    found: list[Draft] = []
    for table, frame in city.items():
        model = models[table]
        found += _batches(table, frame, model) if table in BATCHES else _singles(table, frame, model)
    return sorted(found, key=lambda draft: draft.at)


def _singles(table: str, frame: pl.DataFrame, model: type[Model]) -> Iterator[Draft]:
    """An entry for each row, and one for its end if it has ended."""
    label = model._meta.label_lower
    days = [name for name in DAYS if name in frame.columns]
    ends = "until" in frame.columns
    names = columns_of(model, frame)
    for number, row in enumerate(_plain(frame).iter_rows(named=True)):
        after = {names[name]: value for name, value in row.items() if name in names}
        place: dict[str, Any] = {"row": row["id"]}
        if not model._meta.get_field(model._meta.pk.name).get_internal_type().endswith("AutoField"):
            place = {"row_key": str(row[model._meta.pk.name])}
        who = _writer(table, row)
        until = (
            row["until"] if ends and row["until"] and date.fromisoformat(row["until"]) <= CLOSING else None
        )
        first = next((row[name] for name in days if row[name]), None)
        at = _moment(first, number)
        why = WHY.get(table, "期初建账" if at.date() == OPENING else "登记")
        if until:
            after["until"] = None
        yield Draft(at, who, why, Verb.CREATE.value, label, after=after, **place)
        if until:
            later = max(_moment(until, number), at + timedelta(minutes=1))
            yield Draft(later, who, "到期或终止", Verb.RETIRE.value, label, before={"until": None}, after={"until": until}, **place)  # fmt: skip


def _batches(table: str, frame: pl.DataFrame, model: type[Model]) -> Iterator[Draft]:
    """An entry for each run of rows with the same key, none longer than some thousands."""
    column, length, days = BATCHES[table]
    key = frame[column].cast(pl.String)
    key = key.str.slice(0, length) if length else key
    area = frame["code"].str.slice(1, 6) if table == "households" else frame["area"].str.slice(0, 6)
    if table == "households":
        key = area
    if table == "checks":
        key = key + frame[days].dt.strftime("%Y%m")
    if "term" in frame.columns:
        key = key + frame["term"]
    run = (
        key.rle_id().cast(pl.Int64) * 1_000 + pl.int_range(frame.height, eager=True) // LARGEST_BATCH % 1_000
    )
    cuts = pl.DataFrame({"run": run, "area": area, "row": frame["id"]}).with_columns(
        day=frame[days].cast(pl.Date) if days else pl.lit(OPENING), line=pl.Series(canonical_lines(frame))
    )
    runs = cuts.group_by("run", maintain_order=True).agg(
        pl.col("area").first(), first=pl.col("row").min(), last=pl.col("row").max(), count=pl.len(),
        day=pl.col("day").max(), text=pl.col("line").str.join("\n"),
    )  # fmt: skip
    for number, (_, area_code, first, last, count, day, text) in enumerate(runs.iter_rows()):
        yield batch_draft(
            model,
            first_row=first,
            last_row=last,
            count=count,
            digest=hashlib.sha256(f"{text}\n".encode()).hexdigest(),
            source=f"{area_code}-{table}.xlsx",
            by=county_login(area_code),
            at=_moment(day.isoformat() if day else None, number),
            why="学校上报，县级汇总导入",
        )


def canonical_lines(frame: pl.DataFrame) -> pl.Series:
    """Each row as the audit writes a list of its values (``chain.canonical``), made for all rows at once."""
    parts = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if kind == pl.String:
            text = pl.format('"{}"', column)
        elif kind == pl.Boolean:
            text = pl.when(column).then(pl.lit("true")).otherwise(pl.lit("false"))
        elif kind == pl.Date:
            text = pl.format('"{}"', column.dt.strftime("%Y-%m-%d"))
        elif isinstance(kind, pl.Datetime):
            text = pl.format('"{}"', utc(column).dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ"))
        else:
            text = column.cast(pl.String)
        parts.append(pl.when(column.is_null()).then(pl.lit("null")).otherwise(text))
    return frame.select(pl.format("[{}]", pl.concat_str(parts, separator=","))).to_series()


def utc(column: pl.Expr) -> pl.Expr:
    """A wall clock moment of Asia/Shanghai in UTC, without a zone."""
    return column.dt.replace_time_zone("Asia/Shanghai").dt.convert_time_zone("UTC").dt.replace_time_zone(None)


def columns_of(model: type[Model], frame: pl.DataFrame) -> dict[str, str]:
    """The database column of each column of a frame; ``id`` is left out where the model's key is another."""
    fields = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return {name: fields[name] for name in frame.columns if name in fields}


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Days and moments as the audit writes them."""
    return frame.with_columns(
        pl.col(pl.Date).dt.strftime("%Y-%m-%d"),
        *(
            utc(pl.col(name)).dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ")
            for name, kind in frame.schema.items()
            if isinstance(kind, pl.Datetime)
        ),
    )


def _writer(table: str, row: dict[str, Any]) -> str:
    """The city's section for what the city keeps, else the county's bureau."""
    area = str(row.get("area") or row.get("code") or "")
    if table in CITY_WRITERS:
        return CITY_WRITERS[table]
    return county_login(area[:6]) if len(area) >= 6 and table != "areas" else "bangongshi"


def _moment(day: str | None, number: int) -> datetime:
    """A moment in office hours: on the day, or on the day the house was filled if that is later."""
    on = max(date.fromisoformat(day), OPENING) if day else OPENING
    while not is_working_day(on):
        on += timedelta(days=1)
    minutes = 8 * 60 + 30 + number * 7 % 480
    return datetime.combine(on, time(minutes // 60, minutes % 60), SHANGHAI)
