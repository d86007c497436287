"""Lineage in the demonstration city: a school that was renamed, and one that went up in another. No figure moves."""

import polars as pl

from junheng.surfaces.demo.frames import City

RENAMED_ON = "2021-08-20"
REASON = "布局调整（演示数据）"


def successions(city: City) -> pl.DataFrame:
    """The first school that is open had another name once; the first that was closed was taken over by its neighbour."""
    schools = city["schools"].sort("id").filter(pl.col("kind") == "primary")
    open_ = schools.filter(pl.col("until").is_null() & (pl.col("since") < pl.date(2021, 1, 1)))
    closed = schools.filter(pl.col("until").is_not_null()).row(0, named=True)
    first = open_.row(0, named=True)
    near = open_.filter(pl.col("area").str.slice(0, 6) == closed["area"][:6])
    heir = (near if near.height else open_).row(0, named=True)
    renamed = event(1, "rename", first, first, "演示〔2021〕1号", before=f"{first['name'][:-2]}中心小学")
    merged = event(2, "merge", closed, heir, f"演示〔{closed['until'].year}〕2号", before=closed["name"])
    frame = pl.DataFrame([renamed, merged])
    days = pl.Series("on", [RENAMED_ON, closed["until"].isoformat()]).str.to_date()
    return frame.with_columns(days, withdrawn_on=pl.lit(None, dtype=pl.Date))


def event(
    number: int, kind: str, old: dict[str, object], new: dict[str, object], paper: str, *, before: object
) -> dict[str, object]:
    """One row without its day."""
    return {
        "id": number, "register": "schools", "kind": kind, "predecessor": str(old["id"]),
        "predecessor_code": old["code"], "predecessor_name": before, "predecessor_area": old["area"],
        "successor": str(new["id"]), "successor_code": new["code"], "successor_name": new["name"],
        "area": new["area"], "part": 1, "whole": 1, "number": paper, "reason": REASON, "first_entry": 0,
        "last_entry": 0,
    }  # fmt: skip
