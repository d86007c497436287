"""One pair after the other: side by side, with the reasons it is offered, and three answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.partnerlists.actions.deciding import decide, take_back
from junheng.domains.partnerlists.models import PartnerPair
from junheng.domains.partnerlists.policies.scope import looks_after, officer_of, pair_of
from junheng.domains.partnerlists.policies.seen import beside, current_pairs, queue
from junheng.domains.partnerlists.queries.sides import Compared, opened_in, side_by_side
from junheng.domains.partnerlists.terms import DECIDED, Answer, Flaw, PairState
from junheng.kernel.values.said import Said
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.chain import Draft
from junheng.platform.audit.models import Verb
from junheng.platform.registers.asker import Asker

USUAL = (
    gettext_lazy("户口簿复印件核对一致"), gettext_lazy("姓名为曾用名"), gettext_lazy("证件号抄录有误，其余一致"),
    gettext_lazy("同名同日不同人"), gettext_lazy("双胞胎，已分别核对"),
)  # fmt: skip
"""Words that are offered for a decision."""
WHY = "核对身份信息"
"""What the pupil's own log says: who reads it there learns nothing of a list."""


@login_required
@never_cache
@require_safe
def queued(request: HttpRequest) -> HttpResponse:
    """The first pair that waits; the pairs that a school is asked about are listed when nothing else waits."""
    asker = officer_of(request)
    first = queue(asker).order_by("pk").values_list("pk", flat=True).first()
    if first is not None:
        return redirect("partnerlists:pair", first)
    pairs = current_pairs(asker).select_related("row__partner_list__area").order_by("pk")
    context = {
        "at_school": list(pairs.filter(state=PairState.AT_SCHOOL)[:100]),
        "own": list(pairs.filter(state=PairState.ASKED_SAME)[:100]),
    }
    return render(request, "partnerlists/queue.html", context)


@login_required
@never_cache
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One pair. That something of it was opened is noted, of the line and of the pupil."""
    asker = officer_of(request)
    pair = pair_of(number, asker=asker)
    within = covers(asker, pair)
    sides = side_by_side(pair, within=within)
    note_reading(pair, sides, asker)
    before, after = beside(pair, asker)
    source = pair.row.partner_list
    context = {
        "pair": pair,
        "source": source,
        "sides": sides,
        "within": within,
        "reasons": [Said(template, **parts).told(_) for template, parts in pair.reasons],
        "flaws": [Flaw(flaw).label for flaw in pair.row.flaws.split(",") if flaw],
        "others": list(pair.row.pairs.exclude(pk=pair.pk).order_by("pk")),
        "undecided": pair.state not in DECIDED and not source.replaced_on and not source.erased_on,
        "own": pair.state == PairState.ASKED_SAME and pair.decided_by == asker.user.get_username(),
        "may_take_back": pair.state != PairState.OPEN and not pair.exact and not source.replaced_on,
        "answers": Answer.choices,
        "usual": USUAL,
        "before": before,
        "after": after,
        "waiting": queue(asker).count(),
    }
    return render(request, "partnerlists/pair.html", context)


def covers(asker: Asker, pair: PartnerPair) -> bool:
    """Whether the pupil goes to a school of the officer's own place."""
    return looks_after(asker, pair.pupil.area_id)


def note_reading(pair: PartnerPair, sides: list[Compared], asker: Asker) -> None:
    """Note which values were opened: two entries, or none where nothing was."""
    fields = opened_in(sides)
    if not fields:
        return
    who = name_of(asker.user)
    append_many(
        [
            Draft(
                asker.at,
                who,
                WHY,
                Verb.READ.value,
                row._meta.label_lower,
                row=row.pk,
                after={"fields": fields},
            )
            for row in (pair.row, pair.pupil)
        ]
    )


@login_required
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Decide a pair and go on to the next."""
    asker = officer_of(request)
    pair = pair_of(number, asker=asker)
    said = decide(
        pair, request.POST.get("answer", ""), by=asker.user, at=asker.at, words=request.POST.get("words", "")
    )
    messages.success(request, _("已记录：%(state)s。") % {"state": said.get_state_display()})
    following = beside(said, asker)[1]
    return redirect("partnerlists:pair", following) if following else redirect("partnerlists:queue")


@login_required
@require_POST
def back(request: HttpRequest, number: int) -> HttpResponse:
    """Take a decision back, with the reason."""
    asker = officer_of(request)
    pair = pair_of(number, asker=asker)
    take_back(pair, by=asker.user, at=asker.at, words=request.POST.get("words", ""))
    messages.success(request, _("已撤回，这一对重新等待判断。"))
    return redirect("partnerlists:pair", pair.pk)
