"""The deeds of a round as the pages offer them, and what its pages show besides its fields."""

from typing import Any, ClassVar

from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from junheng.domains.quotaplaces import actions
from junheng.domains.quotaplaces.forms import ObjectionForm, ScoreForm, VerdictForm
from junheng.domains.quotaplaces.models import CHOICES, QuotaCandidate, QuotaObjection, QuotaRound
from junheng.domains.quotaplaces.queries import came_by, differences, newest_run, run_in_force, sentences
from junheng.domains.quotaplaces.terms import RoundState, Verdict
from junheng.kernel.errors import NotFound
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel

SHOWN = 20
"""Differences between two runs that are listed one by one."""


class OfARound(Deed[QuotaRound]):
    """A step of a round."""

    register = "quotarounds"
    states: ClassVar[frozenset[RoundState]]

    def is_open(self, row: QuotaRound) -> bool:
        return row.state in self.states


@deed
class MakeTable(OfARound):
    """数出各初中在籍应届毕业生，按比例分配，各高中名额与计划分毫不差，各初中与应得数相差不到一个；算完独立核验。"""

    slug = "table"
    label = _("计算名额表")
    states = frozenset({RoundState.DRAFT})

    def do(self, row: QuotaRound, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.make_table(row, by=by, at=at, why=why)


@deed
class TakeTableBack(OfARound):
    """名额表公布前，可退回修改计划或比例，改后重新计算。"""

    slug = "back"
    label = _("退回修改")
    states = frozenset({RoundState.TABLED})

    def do(self, row: QuotaRound, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.take_table_back(row, by=by, at=at, why=why)


@deed
class PublishTable(OfARound):
    """公布后，比例、计划和名额表不再改动，任何人都能在公开页面核对。"""

    slug = "publish"
    label = _("公布名额表")
    states = frozenset({RoundState.TABLED})

    def do(self, row: QuotaRound, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.publish_table(row, by=by, at=at, why=why)


@deed
class ListCandidates(OfARound):
    """从学籍史读出每名应届毕业生是否连续在校，编号后开始公示；迟转入的逐一列出。"""

    slug = "list"
    label = _("公示资格名单")
    states = frozenset({RoundState.PUBLISHED})

    def do(self, row: QuotaRound, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.list_candidates(row, by=by, at=at, why=why)


@deed
class ConfirmList(OfARound):
    """公示期满且异议都已核查，名单才能确定；确定后再导入成绩和志愿。"""

    slug = "confirm"
    label = _("确定资格名单")
    states = frozenset({RoundState.LISTED})

    def do(self, row: QuotaRound, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.confirm_list(row, by=by, at=at, why=why)


@deed
class Compute(OfARound):
    """依次计算统一招生、分配名额、剩余名额三个阶段，前一阶段定了不再动；结果须经独立核验才保存。"""

    slug = "compute"
    label = _("录取计算")
    states = frozenset({RoundState.CONFIRMED})

    def do(self, row: QuotaRound, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.compute(row, by=by, at=at, why=why).quota_round


@deed
class Release(OfARound):
    """由计算人以外的人复核后发布；考生凭考生号查到去向和每个志愿的理由。"""

    slug = "release"
    label = _("发布录取结果")
    states = frozenset({RoundState.COMPUTED, RoundState.RELEASED})

    def is_open(self, row: QuotaRound) -> bool:
        run = newest_run(row) if super().is_open(row) else None
        return run is not None and run.released_at is None

    def do(self, row: QuotaRound, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.release(row, by=by, at=at, why=why).quota_round


@deed
class RaiseObjection(Deed[QuotaCandidate]):
    """公示期内，任何人对一名考生资格的异议都在这里登记，由教育局核查。"""

    slug = "object"
    register = "quotacandidates"
    writes = "quotaobjections"
    label = _("登记异议")
    form = ObjectionForm

    def is_open(self, row: QuotaCandidate) -> bool:
        return row.quota_round.state == RoundState.LISTED

    def do(self, row: QuotaCandidate, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.raise_objection(row, by=by, at=at, why=why, **asked)


@deed
class DecideObjection(Deed[QuotaObjection]):
    """核查学籍档案后，写明资格和结论。学校不能核查本校的异议，提出的人也不能。"""

    slug = "decide"
    register = "quotaobjections"
    label = _("核查异议")
    form = VerdictForm

    def is_open(self, row: QuotaObjection) -> bool:
        return row.state == Verdict.OPEN

    def do(self, row: QuotaObjection, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.decide_objection(row, by=by, at=at, why=why, **asked)


@deed
class CorrectScore(Deed[QuotaCandidate]):
    """申诉属实的，更正成绩并重新计算；重算改变了谁的去向逐一列出，由另一人发布后才生效。"""

    slug = "correct"
    register = "quotacandidates"
    writes = "quotarounds"
    label = _("更正成绩后重算")
    form = ScoreForm

    def is_open(self, row: QuotaCandidate) -> bool:
        return row.quota_round.state in {RoundState.COMPUTED, RoundState.RELEASED}

    def do(self, row: QuotaCandidate, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.correct_score(row, by=by, at=at, why=why, **asked)
        return row


@panel("detail", order=5)
def how_far(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a round: its steps, its runs, and what the newest would change."""
    if register.model is not QuotaRound:
        return None
    run, holding = newest_run(row), run_in_force(row)
    changed = differences(holding, run) if run and holding and run.pk != holding.pk else []
    return Panel(
        "quotaplaces/_round.html",
        {
            "round": row,
            "steps": [(label, value == row.state) for value, label in RoundState.choices],
            "run": run,
            "came": came_by(run) if run else {},
            "changed": changed[:SHOWN],
            "changed_count": len(changed),
            "waiting": QuotaObjection.objects.filter(candidate__quota_round=row, state=Verdict.OPEN).count(),
        },
    )


@panel("detail", order=5)
def why_there(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a candidate, once a result is released: where its reasons are. Reading them is noted."""
    if register.model is not QuotaCandidate or run_in_force(row.quota_round) is None:
        return None
    return Panel("quotaplaces/_candidate.html", {"candidate": row})


@login_required
@require_safe
def reasons(request: HttpRequest, number: int) -> HttpResponse:
    """Why one candidate came in where it did. It is told in scores, so reading it leaves an entry."""
    asker = asker_of(request)
    register = register_called("quotacandidates")
    row = asker.row(register, number, "unmask")
    run = run_in_force(row.quota_round)
    if run is None:
        raise NotFound("no-result-yet", "这个批次还没有发布结果。请等结果发布后再看。")
    record(
        row,
        Verb.READ.value,
        by=asker.user,
        at=asker.at,
        why="查看录取理由",
        after={"fields": ["score", *CHOICES]},
    )
    context = {"candidate": row, "run": run, "told": sentences(row, run)}
    return render(request, "quotaplaces/reasons.html", context)
