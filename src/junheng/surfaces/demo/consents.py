"""Answers of guardians in the demonstration city: every pupil of the schools that have logins, and some elsewhere."""

import numpy as np
import polars as pl

from junheng.surfaces.demo.frames import City

EVERY = 40
"""Elsewhere one pupil in so many has answers."""
PURPOSES = ("photo", "screening")
ASKED = np.datetime64("2023-09-04")


def consents(city: City, schools: set[int]) -> pl.DataFrame:
    """One row an answer. Which guardian, whether yes, and whether withdrawn follow from the pupil's number alone."""
    here = (
        city["pupils"]
        .filter(
            pl.col("until").is_null()
            & ((pl.col("id") % EVERY == 0) | pl.col("school").is_in(sorted(schools)))
        )
        .filter(pl.col("id") % 7 != 3)  # who has not answered yet
        .join(city["households"].select(household=pl.col("id"), given_by=pl.col("guardian")), on="household")
        .sort("id")
    )
    parts = []
    for number, purpose in enumerate(PURPOSES):
        mark = here["id"].to_numpy() * 7 + number * 13
        asked = ASKED + (mark % 20).astype("timedelta64[D]")
        late = np.maximum(asked, here["since"].to_numpy().astype("datetime64[D]"))
        agreed = mark % 11 != 0
        withdrawn = np.where(agreed & (mark % 61 == 5), late + np.timedelta64(40, "D"), np.datetime64("NaT"))
        parts.append(
            here.select(
                pupil=pl.col("id"), school=pl.col("school"), school_class=pl.col("school_class"),
                area=pl.col("area"), given_by=pl.col("given_by"),
            ).with_columns(
                purpose=pl.lit(purpose),
                agreed=pl.Series(agreed),
                relation=pl.Series(np.where(mark % 3 == 0, "father", "mother")),
                how=pl.Series(np.where(mark % 2 == 0, "paper", "online")),
                since=pl.Series(late.astype("datetime64[D]")).cast(pl.Date),
                withdrawn_on=pl.Series(withdrawn.astype("datetime64[D]")).cast(pl.Date),
            )
        )  # fmt: skip
    whole = pl.concat(parts).sort("school", "pupil", "purpose")
    return whole.with_columns(id=pl.int_range(1, whole.height + 1, eager=True).cast(pl.Int64)).select(
        "id", pl.exclude("id")
    )
