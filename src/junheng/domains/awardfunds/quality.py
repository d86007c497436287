"""What is unusual about award money."""

from datetime import date, timedelta

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import AWARDS
from junheng.domains.awardfunds.models import AwardPayment, AwardRecovery, AwardUse
from junheng.domains.awardfunds.queries.rules import RULES
from junheng.domains.titles.models import Grant
from junheng.platform.quality import Rows, Severity, soft_rule

FEN = BigIntegerField()


@soft_rule(
    "grant-off-rule",
    "grants",
    title=_("奖补金额与标准不同"),
    why=_("每个称号的奖补按标准下达；不同的须说明依据。"),
    sentence=_("奖补 {amount_fen} 元，按称号的标准应为 {due_fen} 元。"),
    severity=Severity.HIGH,
    facts=("amount_fen", "due_fen"),
    fields=("amount_fen",),
    limits=(AWARDS.demonstration, AWARDS.feature),
    acts=_("市局财务科核对下达文件"),
)
def off_rule(rows: Rows, on: date) -> Rows:
    """The rule of the title and level that held on the day of the grant."""
    whens = [
        When(title__name=name, title__level=level, granted_on__gte=step.since, then=Value(step.value))
        for (name, level), rule in RULES.items()
        for step in reversed(rule.steps)
        if step.value is not None
    ]
    due = Case(*whens, default=None, output_field=FEN)
    return rows.annotate(due_fen=due).filter(due_fen__isnull=False).exclude(amount_fen=F("due_fen"))


@soft_rule(
    "grant-of-revoked-title",
    "grants",
    title=_("称号已撤销，奖补没有处理决定"),
    why=_("称号撤销后，已拨的奖补是否收回须由市局决定。"),
    sentence=_("称号已撤销，{paid_on} 已拨付的奖补是否收回尚未决定。"),
    severity=Severity.HIGH,
    facts=("paid_on",),
    fields=("paid_on",),
    acts=_("市局财务科办理“处理已撤销称号的奖补”"),
    asked=False,
)
def of_revoked_title(rows: Rows, on: date) -> Rows:
    """Paid, revoked, and nobody decided what becomes of it."""
    decided = AwardRecovery.objects.filter(grant=OuterRef("pk"))
    paid = Q(paid_on__isnull=False) | Exists(AwardPayment.objects.filter(grant=OuterRef("pk")))
    return rows.filter(~Exists(decided), paid, title__revoked_on__lte=on)


@soft_rule(
    "award-use-unpublished",
    "awardpayments",
    title=_("奖补到账后没有按期公示使用情况"),
    why=_("奖补资金怎么用的，学校应向社会公示。"),
    sentence=_("{received_on} 到账，超过 {limit} 天，学校公示的使用金额少于到账金额。"),
    severity=Severity.MEDIUM,
    facts=("received_on", "limit"),
    fields=("received_on",),
    limits=(AWARDS.days_to_publish,),
    acts=_("学校补充公示，县（市、区）教育局督促"),
    asked=False,
)
def unpublished(rows: Rows, on: date) -> Rows:
    """Received long ago, while the school has accounted for less than all that it received by that day.

    Money of a title that was revoked is another question.
    """
    limit = AWARDS.days_to_publish.on(on).value
    school, day = OuterRef("school"), OuterRef("received_on")
    by_then = AwardPayment.objects.filter(school=school, received_on__lte=day, grant__title__revoked_on=None)
    old = Grant.objects.filter(
        title__school=school, title__revoked_on=None, paid_on__lte=day, awardpayment=None
    )
    late = rows.filter(received_on__lt=on - timedelta(days=limit), grant__title__revoked_on=None).annotate(
        limit=Value(limit),
        got=summed(by_then.values("school")) + summed(old.values("title__school")),
        used=summed(AwardUse.objects.filter(school=school).values("school")),
    )
    return late.filter(used__lt=F("got"))


def summed(rows: Rows) -> Coalesce:
    """The sum of some rows' money, nothing where there is none."""
    total = rows.order_by().annotate(total=Sum("amount_fen")).values("total")
    return Coalesce(Subquery(total, output_field=FEN), Value(0), output_field=FEN)
