"""Many new rows of one table, written together with one entry for all of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from junheng.platform.audit.append import record_batch
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.save import columns_of


def save_together(
    model: type[Model], rows: Sequence[Any], *, source: str, by: Any, at: datetime, why: str
) -> None:
    """Write the rows, and one entry with how many there are and their digest; nothing where there are none."""
    if not rows:
        return
    insert_rows(model, rows)
    record_batch(
        model, first_row=rows[0].pk, last_row=rows[-1].pk, count=len(rows),
        digest=digest_of_rows(columns_of(one) for one in rows), source=source, by=by, at=at, why=why,
    )  # fmt: skip
