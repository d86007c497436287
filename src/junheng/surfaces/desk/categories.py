"""Which duty applies to which category of kindergartens, and where it says so: what inclusive ones lack is marked.

Nobody sets anything up for a kindergarten: rules ask its category on the day, registers ask nobody what a kindergarten
is, and what is planned by people (training) is counted from its records.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.kindergartens.queries.support import given_between, with_category
from junheng.domains.kindergartens.terms import Category, SupportKind
from junheng.domains.posts import queries as posts
from junheng.domains.posts.terms import DutyKind
from junheng.domains.schemes.models import AwardScheme
from junheng.kernel.values.school_term import school_year_began
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.spans import holds
from junheng.surfaces.desk.supports import office

EVERY = {"month": _("每月"), "quarter": _("每季度"), "term": _("每学期"), "year": _("每学年")}
BY_REGISTER: tuple[tuple[str, str, Any], ...] = (
    ("censuses", "counted_on", _("报送年度统计")),
    ("findings", "found_on", _("隐患登记、限期整改")),
    ("incidents", "on", _("安全事件报告、复盘")),
    ("inspections", "done_on", _("三级督导检查")),
)
"""Registers of duties that ask nothing about categories, with the day of a row: whom they can name, they apply to."""
BY_RECORD = (SupportKind.TRAINING, SupportKind.GUIDANCE)
"""What people plan, and no rule gives to anybody: a category of which nobody took part was left out."""
Done = Mapping[Any, set[int]]
"""The kindergartens that have a record of each kind."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether a duty applies to a category, and how many of its kindergartens have a record of it this school year."""

    category: Category
    applies: bool
    done: int
    count: int


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty or support, where it says whom it is for, and each category."""

    title: Any
    source: Any
    register: str
    certain: bool
    cells: tuple[Cell, ...]

    @property
    def left_out(self) -> bool:
        """Whether public kindergartens have it and inclusive ones lack it."""
        applies = {cell.category: cell.applies for cell in self.cells}
        return applies[Category.PUBLIC] and not applies[Category.INCLUSIVE]

    @property
    def for_nobody(self) -> bool:
        """Whether no kindergarten has it, of whatever category."""
        return not any(cell.applies for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Year:
    """The school year up to a day, and the category of every kindergarten that somebody sees."""

    asker: Asker
    first: date
    last: date
    of: Mapping[int, Category]

    def records(self, slug: str, day: str = "") -> Any:
        """The rows of a register of this year that name a kindergarten."""
        register = register_called(slug)
        between = {f"{day}__gte": self.first, f"{day}__lte": self.last} if day else {}
        rows = register.model._default_manager.filter(kindergarten__isnull=False, **between)
        return self.asker.within(rows, register, "view").order_by()

    def cells(self, applies: "set[Category] | None", done: set[int]) -> tuple[Cell, ...]:
        """A cell for each category; where nobody says whom it is for, whoever has a record has it."""
        counts = Counter(self.of.values())
        kept = Counter(self.of[pk] for pk in done if pk in self.of)
        return tuple(
            Cell(one, one in applies if applies is not None else kept[one] > 0, kept[one], counts[one])
            for one in Category
        )


@login_required
@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """The table, within somebody's scope."""
    asker = office(request)
    year = this_year(asker)
    duties = [*by_rule(year), *by_register(year), *by_record(year), *yearly_check(year)]
    context = {
        "year": year,
        "duties": duties,
        "categories": [(one, Counter(year.of.values())[one]) for one in Category],
        "left_out": [one for one in duties if one.left_out],
        "for_nobody": [one for one in duties if one.for_nobody],
    }
    return render(request, "desk/categories.html", context)


def this_year(asker: Asker) -> Year:
    """The school year of the day, with the kindergartens that are open on it: one question."""
    day = asker.day
    here = asker.within(Kindergarten.objects.filter(holds(day)), register_called("kindergartens"), "view")
    rows = with_category(here, on=day).order_by().values_list("pk", "category")
    return Year(
        asker,
        school_year_began(day),
        day,
        {pk: Category(word) for pk, word in rows},
    )


def by_rule(year: Year) -> Iterator[Duty]:
    """The recurring duties of the sets of all categories; one that is owed less often elsewhere is another line."""
    done: dict[str, set[int]] = defaultdict(set)
    pairs = year.records("dutyrecords", "on").values_list("kind", "kindergarten").distinct()
    for kind, kindergarten in pairs:
        done[kind].add(kindergarten)
    lines: dict[tuple[DutyKind, str, str], Any] = {}
    applies: dict[tuple[DutyKind, str, str], set[Category]] = defaultdict(set)
    for category in Category:
        for kind, every, rule in posts.BY_CATEGORY.get(category, ()):
            lines.setdefault((kind, every, rule.key), rule)
            applies[kind, every, rule.key].add(category)
    for (kind, every, key), rule in lines.items():
        said = rule.on(year.first)
        yield Duty(
            title=_("%(duty)s（%(every)s %(number)s %(unit)s）")
            % {"duty": kind.label, "every": EVERY[every], "number": said.value, "unit": said.unit},
            source=said.cites,
            register="dutyrecords",
            certain=not said.certainty.to_be_confirmed,
            cells=year.cells(applies[kind, every, key], done[kind]),
        )


def by_register(year: Year) -> Iterator[Duty]:
    """Duties whose registers name kindergartens of every category alike, or none at all."""
    for slug, day, title in BY_REGISTER:
        register = register_called(slug)
        there = names_kindergartens(register.model)
        rows = year.records(slug, day).values_list("kindergarten", flat=True).distinct() if there else ()
        yield Duty(
            title=title,
            source=_("各类幼儿园用同一本台账") if there else _("这本台账还不能登记幼儿园"),
            register=slug,
            certain=True,
            cells=year.cells(set(Category) if there else set(), set(rows)),
        )


def by_record(year: Year) -> Iterator[Duty]:
    """What people plan: whom it was for stands in its records."""
    found: dict[str, set[int]] = defaultdict(set)
    rows = year.records("kgsupports").filter(given_between(year.first, year.last), kind__in=BY_RECORD)
    for kind, kindergarten in rows.values_list("kind", "kindergarten").distinct():
        found[kind].add(kindergarten)
    for kind in BY_RECORD:
        yield Duty(kind.label, _("按本学年的扶持记录"), "kgsupports", True, year.cells(None, found[kind]))


def yearly_check(year: Year) -> Iterator[Duty]:
    """The yearly check of what a recognition was given for, where a scheme asks for it."""
    scheme = AwardScheme.objects.filter(subject="kindergarten", checked_yearly=True).order_by("-pk").first()
    if scheme is None:
        return
    rows = year.asker.within(
        register_called("certificates").model._default_manager.filter(
            checked_on__gte=year.first, checked_on__lte=year.last, application__kindergarten__isnull=False
        ),
        register_called("certificates"),
        "view",
    )
    done = set(rows.order_by().values_list("application__kindergarten", flat=True).distinct())
    yield Duty(
        _("普惠认定年度复核"), scheme.title, "certificates", True, year.cells({Category.INCLUSIVE}, done)
    )


def names_kindergartens(model: Any) -> bool:
    """Whether rows of a model can be about a kindergarten."""
    try:
        return model._meta.get_field("kindergarten").related_model is Kindergarten
    except FieldDoesNotExist:
        return False
