"""The boxes of the steps: what is asked, how it is typed on a phone, what was typed, what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from junheng.domains.intakes.terms import Circumstance
from junheng.domains.registrations.models import Evidence
from junheng.domains.registrations.queries.faults import Misfilled
from junheng.domains.registrations.queries.kept import counties
from junheng.domains.registrations.queries.rules import STEPS, Form, catchment_of, stated
from junheng.domains.registrations.queries.sheets import Offer, Sheet
from junheng.domains.registrations.terms import Relation
from junheng.platform.access.refusals import sentence_of

Options = Iterable[tuple[str, str]]
MOST_GROUPS = 2_000
_GROUPS: dict[tuple[int, int, str, str, str], tuple["Group", ...]] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Options under one heading, as words of a page: hundreds of schools are made into words once, not for every family."""

    html: str

    @classmethod
    def of(cls, label: str, options: Options) -> "Group":
        """Put them into words."""
        lines = format_html_join("", '<option value="{}">{}</option>', options)
        return cls(format_html('<optgroup label="{}">{}</optgroup>', label, lines) if label else lines)


@dataclass(frozen=True, slots=True)
class Box:
    """One thing that is asked."""

    name: str
    label: str
    value: str = ""
    errors: tuple[str, ...] = ()
    help: str = ""
    options: tuple[Group, ...] = ()
    autocomplete: str = "off"
    inputmode: str = ""
    longest: int = 40
    needed: bool = True
    suggestions: tuple[str, ...] = ()

    @property
    def html(self) -> SafeString:
        """The box as it stands on the page. Where nothing is filled in it is the same for everybody, and made once."""
        return drawn(self) if self.value or self.errors or self.options else untouched(self, get_language())

    @property
    def options_html(self) -> SafeString:
        """The options with the chosen one marked."""
        chosen = format_html('<option value="{}">', self.value)
        words = "".join(one.html for one in self.options)
        return mark_safe(words.replace(chosen, f"{chosen[:-1]} selected>", 1))  # noqa: S308 — escaped above

    @property
    def suggestions_html(self) -> SafeString:
        """What is offered while one types."""
        return offered(self.suggestions)


def drawn(box: Box) -> SafeString:
    """A box by its template."""
    return render_to_string("registrations/_box.html", {"box": box})


@lru_cache(maxsize=512)
def untouched(box: Box, _language: str | None) -> SafeString:
    """A box that nobody filled in, once for each language: it holds nothing of anybody."""
    return drawn(box)


@lru_cache(maxsize=64)
def offered(suggestions: tuple[str, ...]) -> SafeString:
    """Suggestions as HTML."""
    return format_html_join("", '<option value="{}">', ((one,) for one in suggestions))


def sentences(wrong: Iterable[Misfilled]) -> dict[str, tuple[str, ...]]:
    """What is wrong, by field, in the reader's language."""
    found: dict[str, tuple[str, ...]] = {}
    for one in wrong:
        found[one.field] = (*found.get(one.field, ()), sentence_of(one))
    return found


def child_boxes(form: Form, wrong: dict[str, tuple[str, ...]], sheet: Sheet) -> list[Box]:
    """Step 1."""
    relations = Group.of(
        "", [("", _("请选择")), *((str(value), str(label)) for value, label in Relation.choices)]
    )
    asked = (
        Box("name", _("孩子姓名"), help=_("与户口簿一致。"), longest=30),
        Box(
            "id_number", _("孩子的身份证件号"), longest=18, autocomplete="off",
            help=_("18 位，户口簿上孩子那一页有。出生日期从号码读出，不用再填。"),
        ),
        Box("guardian", _("监护人姓名"), longest=30, autocomplete="name"),
        Box("relation", _("您是孩子的"), options=(relations,)),
        Box(
            "phone", _("监护人手机号码"), longest=11, inputmode="numeric", autocomplete="tel-national",
            help=_("请用在幼儿园或学校登记过的号码：核对一致，住址会自动带出。"),
        ),
    )  # fmt: skip
    return [filled(one, form, wrong) for one in asked]


def address_boxes(form: Form, wrong: dict[str, tuple[str, ...]], sheet: Sheet) -> list[Box]:
    """Step 2."""
    homes = Group.of("", [("", _("请选择")), *(counties() or ()), ("other", _("本市以外"))])
    asked: tuple[Box, ...] = (
        Box("home_area", _("孩子户口所在的县（市、区）"), options=(homes,)),
        Box(
            "street", _("居住的路街"), needed=False, autocomplete="address-line1",
            suggestions=tuple(sorted(sheet.streets)), help=_("例如“文昌路”，不写门牌号。"),
        ),
        Box("number", _("门牌号"), needed=False, inputmode="numeric", longest=5, help=_("只填数字。")),
        Box(
            "community", _("小区或村"), needed=False, suggestions=tuple(sorted(sheet.communities)),
            help=_("没有门牌号的，填小区或村的名称。"),
        ),
        Box("room", _("楼号、单元、房号"), needed=False, autocomplete="address-line2"),
    )  # fmt: skip
    if sheet.outlines:
        asked += (
            Box(
                "point", _("地图位置（没有查到片区时填）"), needed=False, inputmode="text",
                help=_("有的片区只在地图上划了范围。在家里用现在的位置，或从招生计划的片区示意图上点选后抄来：经度,纬度。"),
            ),
        )  # fmt: skip
    return [filled(one, form, wrong) for one in asked]


def choice_boxes(form: Form, wrong: dict[str, tuple[str, ...]], sheet: Sheet) -> list[Box]:
    """Step 4."""
    catchment = catchment_of(form, sheet)
    groups = school_groups(sheet, catchment)
    if catchment and catchment.zone and not wrong and not set(STEPS[4]) & set(form):
        # all of them are filled in to begin with, in the order of their codes: the family puts them into its own
        first = zip(STEPS[4][: sheet.max_choices], sheet.shared(catchment), strict=False)
        form = form | {name: one.code for name, one in first}
    asked = [
        Box(
            f"choice{place}", _("第 %(place)s 志愿") % {"place": place}, needed=place == 1,
            options=(Group.of("", [("", _("请选择学校") if place == 1 else _("不填"))]), *groups),
        )
        for place in range(1, sheet.max_choices + 1)
    ]  # fmt: skip
    return [filled(one, form, wrong) for one in asked]


def school_groups(sheet: Sheet, catchment: Offer | None) -> tuple[Group, ...]:
    """The schools of the plan: the one of the catchment first, then public and private ones; said once a language."""
    key = (
        sheet.intake,
        sheet.version or 0,
        sheet.digest,
        catchment.code if catchment else "",
        get_language() or "",
    )
    if key not in _GROUPS:
        if len(_GROUPS) > MOST_GROUPS:
            _GROUPS.clear()
        _GROUPS[key] = groups_of(sheet, catchment)
    return _GROUPS[key]


def groups_of(sheet: Sheet, catchment: Offer | None) -> tuple[Group, ...]:
    """The same, made."""

    def line(one: Offer) -> tuple[str, str]:
        return one.code, _("%(school)s（计划 %(places)s 人）") % {"school": one.name, "places": one.places}

    near = sheet.shared(catchment) if catchment else []
    others = [one for one in sheet.schools.values() if one not in near]
    found = [
        (_("住址所属片区的学校"), [line(one) for one in near]),
        (_("其他公办学校"), [line(one) for one in others if not one.private]),
        (_("民办学校"), [line(one) for one in others if one.private]),
    ]
    return tuple(Group.of(label, options) for label, options in found if options)


def filled(box: Box, form: Form, wrong: dict[str, tuple[str, ...]]) -> Box:
    """A box with what was typed."""
    return Box(
        box.name, box.label, form.get(box.name, ""), wrong.get(box.name, ()), box.help, box.options,
        box.autocomplete, box.inputmode, box.longest, box.needed, box.suggestions,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One circumstance of step 3."""

    kind: str
    label: str
    ticked: bool
    papers: list[str]
    checked_by: list[str]
    photos: list[Evidence]
    errors: tuple[str, ...]
    boxes: list[Box]


def circumstance_lines(
    form: Form, wrong: dict[str, tuple[str, ...]], sheet: Sheet, photos: dict[str, list[Evidence]]
) -> list[Line]:
    """Step 3: each circumstance with what is shown for it, and what a department's data show already."""
    ticked = stated(form)
    schools = (Group.of("", [("", _("请选择学校"))]), *school_groups(sheet, None))
    more = {
        "sibling": [
            Box("sibling", _("在哪所学校"), options=schools, needed=False),
            Box("sibling_name", _("哥哥或姐姐的姓名"), needed=False, longest=30),
        ],
        "direct": [Box("direct", _("在哪所学校的小学部"), options=schools, needed=False)],
        "twins": [Box("twin_number", _("另一个孩子的身份证件号"), needed=False, longest=18)],
    }
    return [
        Line(
            kind=str(kind), label=str(label), ticked=kind in ticked, papers=sheet.shown_papers(kind),
            checked_by=sorted({by for _label, by in sheet.papers.get(kind, ()) if by}),
            photos=photos.get(kind, []), errors=wrong.get(f"photo_{kind}", ()),
            boxes=[filled(one, form, wrong) for one in more.get(kind, [])],
        )
        for kind, label in Circumstance.choices
        if kind != Circumstance.DIRECT or sheet.stage == "junior"
    ]  # fmt: skip
