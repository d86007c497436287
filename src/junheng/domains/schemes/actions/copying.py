"""Taking up last year's scheme: a new year, its days a year later, and nothing else; the officer changes the rest."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.schemes.actions.certifying import years_later
from junheng.domains.schemes.models import AwardScheme, SchemeCategory, SchemeCriterion
from junheng.domains.schemes.terms import SchemeState
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.workdays import is_working_day
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def copy_scheme(scheme: AwardScheme, *, code: str, by: Any, at: datetime, why: str) -> AwardScheme:
    """Write the draft of next year's scheme, with its categories and criteria.

    Places are to be shared out again, jurors named again, and nothing is confirmed yet: the new document decides.
    """
    scheme = AwardScheme.objects.select_for_update().get(pk=scheme.pk)
    check_may(_("沿用到下一年"), scheme, by=by, at=at)
    if scheme.state == SchemeState.DRAFT:
        raise Conflict(
            "scheme-is-a-draft", "“{scheme}”还没有发布，直接修改即可，不用沿用。", scheme=scheme.title
        )
    code = code.strip()
    if not code or AwardScheme.objects.filter(code=code).exists():
        raise Refusal(
            "scheme-code-taken", "方案代码“{taken}”已被使用或为空，请换一个。没有保存。", taken=code
        )
    old, new = str(scheme.year), str(scheme.year + 1)
    categories = list(SchemeCategory.objects.filter(scheme=scheme).order_by("code"))
    criteria = list(SchemeCriterion.objects.filter(scheme=scheme).order_by("number"))
    made = AwardScheme.objects.get(pk=scheme.pk)
    made.pk, made.code, made.year = None, code, scheme.year + 1
    made.title, made.order_text = scheme.title.replace(old, new), scheme.order_text.replace(old, new)
    made.applies_from, made.applies_until = moved(scheme.applies_from), moved(scheme.applies_until)
    made.state, made.digest, made.opened_on, made.certain = SchemeState.DRAFT, "", None, False
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    for number, category in enumerate(categories, 1):
        category.pk, category.scheme, category.code = None, made, f"{code}-{number}"
        save_row(category, by=by, at=at, why=why, verb=Verb.DEED.value)
    for criterion in criteria:
        criterion.pk, criterion.scheme = None, made
        save_row(criterion, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


def moved(day: date) -> date:
    """The same day a year later, or the working day that follows it.

    >>> moved(date(2022, 11, 5))
    datetime.date(2023, 11, 6)
    """
    found = years_later(day, 1)
    while not is_working_day(found):
        found += timedelta(days=1)
    return found
