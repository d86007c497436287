"""What a loan asks for and when, for anybody: a year of signing and a month of graduation make a small calendar. Nothing is kept."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from junheng.content.rulebook import AID
from junheng.domains.aid.queries.repayment import due_day, known_from, last_day, rules_of, way_of
from junheng.domains.aid.terms import Repay
from junheng.kernel.rulebook import InForce
from junheng.platform.registers.asker import asker_of

LONGEST_STUDY = 10
"""The most years after signing that the page offers for graduation."""
SIGNED_IN = 8
"""The month in which a contract is taken to be signed: the rush weeks lie around it."""
RULES = (
    AID.loan_subsidy, AID.loan_grace, AID.loan_after_study, AID.loan_longest, AID.loan_due_day, AID.loan_last_due_day,
)  # fmt: skip


class RepayForm(forms.Form):
    """The year of signing, and the month of graduation."""

    signed = forms.TypedChoiceField(label=_("签订合同的年份"), coerce=int)
    graduates = forms.TypedChoiceField(label=_("毕业年份"), coerce=int)
    month = forms.TypedChoiceField(
        label=_("毕业月份"), coerce=int, initial=6, choices=[(one, str(one)) for one in range(1, 13)]
    )

    def __init__(self, data: object, *, today: date) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        years = range(known_from().year, today.year + LONGEST_STUDY + 1)
        for name, last in (("signed", today.year), ("graduates", today.year + LONGEST_STUDY)):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [(one, str(one)) for one in years if one <= last][::-1]
            field.initial = today.year

    def clean(self) -> None:
        """Nobody graduates before signing, or so much later that no term holds it."""
        super().clean()
        signed, graduates = self.cleaned_data.get("signed"), self.cleaned_data.get("graduates")
        month = self.cleaned_data.get("month")
        if signed is None or graduates is None or month is None:
            return
        if (graduates, month) <= (signed, SIGNED_IN):
            raise forms.ValidationError(
                gettext("毕业要在签订合同之后。请核对年份和月份；续贷的，每份合同按它自己的年份分别查。")
            )
        if graduates - signed > LONGEST_STUDY:
            raise forms.ValidationError(
                gettext("毕业在签订合同 %(most)s 年以后的，请看合同或问县级学生资助中心。")
                % {"most": LONGEST_STUDY}
            )


@dataclass(frozen=True, slots=True)
class Stretch:
    """One line of the calendar: from one year to another the same is asked, on the same day of the year."""

    state: Repay
    first: date | None
    last: date | None
    words: str


def stretches(signed: date, graduates: date) -> Iterator[Stretch]:
    """The life of a contract in a few lines."""
    way = way_of(signed, graduates)
    subsidy = AID.loan_subsidy.on(rules_of(signed.year)).value
    yield Stretch(
        Repay.STUDY, None, graduates,
        gettext("不用还。在读期间的利息由财政补贴 %(share)s%%。") % {"share": subsidy},
    )  # fmt: skip
    if way.interest < way.principal:
        yield Stretch(
            Repay.FIRST_INTEREST,
            due_day(way.interest),
            None,
            gettext("毕业后的利息自己还，从这一天起每年还。"),
        )
    if way.interest + 1 < way.principal:
        yield Stretch(
            Repay.INTEREST,
            due_day(way.interest + 1),
            due_day(way.principal - 1),
            gettext("每年只还利息，不还本金。"),
        )
    if way.principal < way.last:
        yield Stretch(
            Repay.FIRST_PRINCIPAL, due_day(way.principal), None, gettext("从这一天起每年还本金和利息。")
        )
    if way.principal + 1 < way.last:
        yield Stretch(
            Repay.PRINCIPAL, due_day(way.principal + 1), due_day(way.last - 1), gettext("每年还本金和利息。")
        )
    yield Stretch(Repay.LAST, last_day(way), None, gettext("剩下的全部还清。"))


@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The calendar of what was chosen, with the clauses it follows."""
    form = RepayForm(request.GET or None, today=asker_of(request).day)
    lines: list[Stretch] = []
    rules: list[InForce[str] | InForce[int]] = []
    if form.is_valid():
        asked = form.cleaned_data
        year, month = asked["graduates"], asked["month"]
        signed = date(asked["signed"], SIGNED_IN, 1)
        lines = list(stretches(signed, date(year, month, monthrange(year, month)[1])))
        rules = [one.on(rules_of(signed.year)) for one in RULES]
    status = 422 if form.is_bound and not lines else 200
    return render(request, "aid/repay.html", {"form": form, "lines": lines, "rules": rules}, status=status)
