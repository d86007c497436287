"""The lists of one's place, and one of them: how far it is, never a line of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from junheng.content.rulebook import PRIVACY
from junheng.domains.partnerlists.actions.matching import require_current
from junheng.domains.partnerlists.actions.nights import listed
from junheng.domains.partnerlists.models import PartnerList, PartnerPair
from junheng.domains.partnerlists.policies.scope import list_of, officer_of
from junheng.domains.partnerlists.policies.seen import lists_of, queue
from junheng.domains.partnerlists.queries.standing import standings
from junheng.domains.partnerlists.tasks import MATCH, order_match
from junheng.domains.partnerlists.terms import DECIDED, PairState
from junheng.platform.jobs.models import Job, State
from junheng.platform.jobs.views import line_of
from junheng.platform.registers.asker import Asker

PAGE = 30


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every list with how far it is."""
    asker = officer_of(request)
    page = Paginator(lists_of(asker), PAGE).get_page(request.GET.get("page"))
    found = standings(page.object_list)
    context = {
        "page": page,
        "rows": [(one, found[one.pk], holds(one, asker)) for one in page.object_list],
        "waiting": queue(asker).count(),
        "kept": PRIVACY.keep_partner_lists.on(asker.day),
    }
    return render(request, "partnerlists/lists.html", context)


def holds(source: PartnerList, asker: Asker) -> bool:
    """Whether a list is the one by which people are found today."""
    return source.replaced_on is None and source.as_of <= asker.day < source.until


@login_required
@never_cache
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One list: where it comes from, what was found, what was decided."""
    asker = officer_of(request)
    source = list_of(number, asker=asker)
    pairs = PartnerPair.objects.filter(row__partner_list=source, exact=False).select_related("row")
    settled = pairs.filter(state__in=(*DECIDED, PairState.AT_SCHOOL, PairState.ASKED_SAME))
    jobs = Job.objects.filter(
        owner=asker.user, kind=MATCH, parameters__list=source.pk, state__in=(State.QUEUED, State.RUNNING)
    )
    context = {
        "source": source,
        "standing": standings([source])[source.pk],
        "holds": holds(source, asker),
        "current": source.replaced_on is None and source.erased_on is None,
        "first": queue(asker).filter(row__partner_list=source).order_by("pk").first(),
        "page": Paginator(settled.order_by("pk"), PAGE).get_page(request.GET.get("page")),
        "lines": [line_of(each) for each in jobs[:1]],
        "destroyed": listed(source) if source.erased_on else 0,
        "left": source.rows.exclude(seal="").count() if source.erased_on else 0,
    }
    return render(request, "partnerlists/list.html", context)


@login_required
@require_POST
def compare(request: HttpRequest, number: int) -> HttpResponse:
    """Have a list compared with the roll of the day."""
    asker = officer_of(request)
    source = list_of(number, asker=asker)
    require_current(source)
    order_match(source, asker=asker, language=get_language() or "")
    messages.success(request, _("已转入后台比对，完成后在这里看到结果。"))
    return redirect("partnerlists:list", source.pk)
