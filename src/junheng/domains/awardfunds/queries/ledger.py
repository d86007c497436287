"""Every grant followed: by which document, what was paid, received and used of it, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from junheng.content.rulebook import AWARDS
from junheng.domains.awardfunds.models import AwardLine, AwardPayment, AwardRecovery, AwardUse
from junheng.domains.awardfunds.terms import Verdict
from junheng.domains.titles.models import Grant
from junheng.platform.ui.templatetags.ui import in_yuan


@dataclass(slots=True)
class Followed:
    """One grant and what became of it, in fen."""

    grant: Grant
    document: str
    paid: int
    receipts: tuple[tuple[date, int], ...]
    recovery: AwardRecovery | None
    used: int = 0

    @property
    def received(self) -> int:
        """What the school confirmed."""
        return sum(amount for _day, amount in self.receipts)

    @property
    def revoked(self) -> bool:
        """Whether its title is gone."""
        return self.grant.title.revoked_on is not None

    @property
    def back(self) -> int:
        """What is asked back of it."""
        if self.recovery is None or self.recovery.verdict != Verdict.RECOVER:
            return 0
        return self.recovery.amount_fen

    @property
    def arrears(self) -> int:
        """What is still to be paid; nothing of a title that is gone."""
        return 0 if self.revoked else self.grant.amount_fen - self.paid

    @property
    def kept(self) -> int:
        """What the school has of it."""
        return max(self.received - self.back, 0)

    def named(self, on: date) -> str:
        """Why this grant is not one that was paid, received and accounted for; nothing where it is."""
        if self.revoked:
            if self.recovery is None and self.paid:
                return _("称号已撤销，已拨 %(sum)s 元如何处理尚未决定") % {"sum": in_yuan(self.paid)}
            if self.recovery is not None and self.back and self.recovery.returned_on is None:
                return _("应收回 %(sum)s 元，尚未收回") % {"sum": in_yuan(self.back)}
            return ""
        if self.arrears:
            return _("尚欠 %(sum)s 元未拨付") % {"sum": in_yuan(self.arrears)}
        if self.received < self.paid:
            return _("学校尚未确认到账 %(sum)s 元") % {"sum": in_yuan(self.paid - self.received)}
        if self.used < self.kept:
            left = in_yuan(self.kept - self.used)
            until = self.publish_by(on)
            if until is not None and until >= on:
                return _("还有 %(sum)s 元待公示使用情况，期限 %(until)s") % {"sum": left, "until": until}
            return _("还有 %(sum)s 元没有公示使用情况，已超过期限") % {"sum": left}
        return ""

    def publish_by(self, on: date) -> date | None:
        """The day by which the first part that is not accounted for has to be; none once every part is."""
        got = 0
        for day, amount in self.receipts:
            got += amount
            if got > self.used:
                return day + timedelta(days=AWARDS.days_to_publish.on(on).value)
        return None


def paid_of(grant: Grant) -> int:
    """What was paid of a grant. One whose day was written down without payments was paid as a whole."""
    found = AwardPayment.objects.filter(grant=grant).aggregate(sum=Sum("amount_fen"))["sum"]
    return int(found or 0) if found is not None or grant.paid_on is None else grant.amount_fen


def followed(grants: "QuerySet[Grant]") -> list[Followed]:
    """Some grants, each with what became of it; the newest last. A handful of questions, however many grants."""
    rows = list(grants.select_related("title__school", "title__group", "area").order_by("granted_on", "pk"))
    documents = dict(AwardLine.objects.filter(grant__in=rows).values_list("grant", "notice__code"))
    recoveries = {one.grant_id: one for one in AwardRecovery.objects.filter(grant__in=rows)}
    paid: dict[int, list[tuple[int, date | None]]] = defaultdict(list)
    for grant, amount, on in AwardPayment.objects.filter(grant__in=rows).values_list(
        "grant", "amount_fen", "received_on"
    ):
        paid[grant].append((amount, on))
    found = [one_of(row, paid.get(row.pk), documents.get(row.pk, ""), recoveries.get(row.pk)) for row in rows]
    share_uses(found)
    return found


def one_of(
    grant: Grant,
    payments: list[tuple[int, date | None]] | None,
    document: str,
    recovery: AwardRecovery | None,
) -> Followed:
    """One grant with its payments. One that was entered as paid without them counts as paid and received that day."""
    if payments is None and grant.paid_on is not None:
        payments = [(grant.amount_fen, grant.paid_on)]
    parts = payments or []
    receipts = sorted((on, amount) for amount, on in parts if on is not None)
    return Followed(grant, document, sum(amount for amount, _on in parts), tuple(receipts), recovery)


def share_uses(found: Iterable[Followed]) -> None:
    """A school publishes what it used; of several grants the oldest is used up first."""
    of_school: dict[int, list[Followed]] = defaultdict(list)
    for one in found:
        if one.grant.title.school_id is not None:
            of_school[one.grant.title.school_id].append(one)
    uses = AwardUse.objects.filter(school__in=of_school).order_by().values_list("school")
    for school, used in uses.annotate(Sum("amount_fen")):
        for one in of_school[school]:
            one.used = min(used, one.kept)
            used -= one.used
