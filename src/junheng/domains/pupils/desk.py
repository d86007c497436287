"""Deeds about consent, as the pages offer them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from junheng.domains.pupils.actions import record_consent, withdraw_consent
from junheng.domains.pupils.models import Child, Consent, Pupil
from junheng.domains.pupils.queries import without_answer
from junheng.domains.pupils.terms import How, Purpose, Relation
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import grants_of
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.quality.models import Merge
from junheng.platform.registers import register_of
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.formfields import DayField, WordChoiceField
from junheng.platform.registers.todo import Todo, Waiting, todo
from junheng.platform.retention.requests import offer_request
from junheng.platform.retention.rules import also_destroy, keep


def one_of(choices: Any) -> list[tuple[str, Any]]:
    """The choices of a box in which nothing is chosen before somebody chooses."""
    return [("", "—"), *choices.choices]


class ConsentForm(DeedForm):
    """What was agreed to or not, by whom, how, from when and until when. Nothing is filled in beforehand."""

    purpose = WordChoiceField(label=_("用途"), choices=one_of(Purpose))
    agreed = WordChoiceField(
        label=_("监护人的答复"),
        choices=[("", "—"), ("yes", _("同意")), ("no", _("不同意"))],
        coerce=lambda text: text == "yes",
        help_text=_("没有答复就不要登记：没有答复不等于同意。"),
    )
    given_by = forms.CharField(label=_("答复人"), max_length=40, help_text=_("加密保存，查看留痕。"))
    relation = WordChoiceField(
        label=_("与学生的关系"), choices=one_of(Relation), help_text=_("未满 14 周岁须由监护人答复。")
    )
    how = WordChoiceField(label=_("方式"), choices=one_of(How))
    since = DayField(label=_("答复日"))
    until = DayField(label=_("失效日"), required=False, help_text=_("同意书写明期限的填写；没有则留空。"))


class RecordConsent(Deed[Any]):
    """逐项登记监护人的答复，同意或不同意。同一用途以最后一次答复为准；学籍管理等法定职责不需要同意。"""

    slug = "consent"
    writes = "consents"
    label = _("记录同意")
    form = ConsentForm

    def is_open(self, row: Any) -> bool:
        return row.until is None

    def do(self, row: Any, *, by: Any, at: Any, why: str, **asked: Any) -> Consent:
        return record_consent(row, by=by, at=at, why=why, **asked)


@deed
class RecordPupilsConsent(RecordConsent, Deed[Pupil]):
    """逐项登记监护人的答复，同意或不同意。同一用途以最后一次答复为准；学籍管理等法定职责不需要同意。"""

    register = "pupils"


@deed
class RecordChildsConsent(RecordConsent, Deed[Child]):
    """逐项登记监护人的答复，同意或不同意。同一用途以最后一次答复为准；保育教育的法定职责不需要同意。"""

    register = "children"


class WithdrawForm(DeedForm):
    """The day."""

    on = DayField(label=_("撤回日"), help_text=_("从这一天起不得再用于这一用途；此前的使用不受影响。"))


@deed
class WithdrawConsent(Deed[Consent]):
    """监护人随时可以撤回同意，不需要理由，也不影响学生受教育。"""

    slug = "withdraw"
    register = "consents"
    label = _("撤回同意")
    form = WithdrawForm

    def is_open(self, row: Consent) -> bool:
        return row.agreed and row.withdrawn_on is None

    def do(self, row: Consent, *, by: Any, at: Any, why: str, **asked: Any) -> Consent:
        return withdraw_consent(row, by=by, at=at, why=why, **asked)


@todo
def missing_answers(asker: Asker) -> Iterable[Waiting]:
    """For a class teacher: how many of the class have not answered whether photographs may be shown."""
    consents, pupils = register_of(Consent), register_of(Pupil)
    teaches = any(one.role == Role.CLASS_TEACHER for one in grants_of(asker.user, on=asker.today))
    if consents is None or pupils is None or not teaches or not asker.may("change", consents):
        return
    here = asker.within(Pupil.objects.all(), pupils, "view")
    label, place = str(_("名学生的监护人还没有答复是否同意公开展示")), reverse("desk:consents")
    yield Waiting(
        without_answer(here, Purpose.PHOTO, on=asker.today),
        lambda count, due: Todo(label, place, count, "hand-raised"),
    )


def ended_on(path: str) -> Callable[[date], Q]:
    """The rows whose day was on or before another; rows without one have not ended."""
    return lambda cutoff: Q(**{f"{path}__lte": cutoff})


def household_ended(cutoff: date) -> Q:
    """The households whose last child left on or before a day: asked from those who left, who are few."""
    here = Q(until__isnull=True) | Q(until__gt=cutoff)
    left, stays = Q(pk__in=[]), Q(pk__in=[])
    for model in (Pupil, Child):
        left |= Q(pk__in=model.objects.filter(until__lte=cutoff).values("household"))
        stays |= Q(Exists(model.objects.filter(here, household=OuterRef("pk"))))
    return left & ~stays


def answer_ended(cutoff: date) -> Q:
    """The answers that stopped to stand on or before a day."""
    return Q(until__lte=cutoff) | Q(withdrawn_on__lte=cutoff)


keep("pupils", years="privacy.keep_pupils", after=_("离校日"), ended=ended_on("until"), duty=_("学籍档案"))
keep(
    "children",
    years="privacy.keep_children",
    after=_("离园日"),
    ended=ended_on("until"),
    duty=_("在园幼儿档案"),
)
keep(
    "households",
    years="privacy.keep_households",
    after=_("最后一名子女离校日"),
    ended=household_ended,
    duty=_("学生家庭信息是学籍管理所必需，"),
)
keep(
    "consents",
    years="privacy.keep_consents",
    after=_("同意失效或撤回之日"),
    ended=answer_ended,
    duty=_("同意书"),
)
for slug in ("pupils", "children", "households"):
    offer_request(slug)


def merges_of(slug: str, rows: list[int]) -> Q:
    """What was written down to undo merges into these rows."""
    return Q(register=slug, kept__in=rows)


also_destroy(Merge, merges_of)
