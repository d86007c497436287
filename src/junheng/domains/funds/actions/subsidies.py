"""Writing down what inclusive kindergartens are due for a year. What was paid already stays paid."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.models import Area
from junheng.domains.areas.policies import check_may
from junheng.domains.funds.models import Subsidy
from junheng.domains.funds.queries.subsidies import calculated, gaps
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows are new, how many changed, and how many kindergartens were paid more than they are due."""

    new: int
    changed: int
    overpaid: int


@transaction.atomic
def derive_subsidies(year: int, *, by: Any, at: datetime, why: str) -> Written:
    """Children of the year's census, for the days of recognition, at the year's rate.

    Where more was paid than is due by now, the row stays as it is: that is settled by people, and shown until it is.
    """
    Area.objects.select_for_update().get(pk=settings.JUNHENG_CITY)
    dues = calculated(year)
    if not dues:
        raise Refusal(
            "no-census-of-year",
            "{year} 年没有普惠性幼儿园的年度统计，无法核定补助。请先上报当年统计。",
            year=str(year),
        )
    found = gaps(year, dues)
    pairs: list[tuple[Subsidy, dict[str, Any] | None]] = []
    for one in found:
        if one.overpaid:
            continue
        row = one.row or Subsidy(kindergarten_id=one.due.kindergarten, year=year)
        before = columns_of(row) if one.row else None
        row.area_id, row.heads, row.owed_fen = one.due.area, one.due.heads, one.due.fen
        pairs.append((row, before))
    if not pairs:
        raise Conflict(
            "subsidies-unchanged",
            "{year} 年的补助与人数、天数和标准一致，没有可改的，没有再次核定。",
            year=str(year),
        )
    fresh = [row for row, before in pairs if before is None]
    changed = [row for row, before in pairs if before is not None]
    insert_rows(Subsidy, fresh)
    Subsidy.objects.bulk_update(changed, ["area", "heads", "owed_fen"], batch_size=500)
    append_many(list(drafts_of(pairs, by=by, at=at, why=why, verb=Verb.DEED.value)))
    for row, _before in pairs[:1] + pairs[-1:]:
        check_may(_("核定普惠园补助"), row, by=by, at=at)
    return Written(len(fresh), len(changed), sum(one.overpaid for one in found))
