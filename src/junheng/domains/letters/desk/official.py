"""Letters and meetings as official papers: the words that were issued, to everybody or to one addressee."""

from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.queries import bureau_of
from junheng.domains.letters.models import Delivery, Invitee, Letter, WarningMeeting
from junheng.domains.letters.queries.filling import words_of
from junheng.domains.letters.terms import DeliveryState, LetterState, MeetingState
from junheng.platform.papers.issuing import marks
from junheng.platform.papers.official import Official, Table
from junheng.platform.papers.printable import chinese
from junheng.platform.papers.registry import paper
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker

NAMED = 5
"""More addressees than these are not named at the head of a letter."""


def addressed(names: list[str], others: str) -> list[str]:
    """Who stands at the head."""
    return names if 0 < len(names) <= NAMED else [others]


def written(row: Letter, to: list[str], gone: str) -> Official:
    """A letter to somebody. A draft and one that was taken back say so on every page."""
    state = {LetterState.DRAFT: "拟稿，未签发", LetterState.WITHDRAWN: "已撤回"}.get(
        LetterState(row.state), gone
    )
    return Official(
        office=row.series.office,
        number=row.number or "（签发时编号）",
        title=row.title,
        to=to,
        body=["".join(piece.text for piece in line) for line in words_of(row)],
        day=row.issued_on,
        marks=[*marks(), *([state] if state else [])],
    )


@paper("letter", register="letters", label=_("函件"))
def letter(row: Letter, asker: Asker) -> Official:
    """A letter as its office keeps it."""
    copies = Delivery.objects.filter(letter=row).order_by("area", "pk")
    seen = asker.within(copies, register_called("deliveries"), "view").values_list("name", flat=True)
    return written(row, addressed(list(seen[: NAMED + 1]), "各有关单位"), "")


@paper("letter-copy", register="deliveries", label=_("函件"))
def copy(row: Delivery, _asker: Asker) -> Official:
    """A copy as its addressee has it."""
    gone = "已撤回" if row.state == DeliveryState.WITHDRAWN else ""
    return written(row.letter, [row.name], gone)


@paper("meeting-notice", register="warningmeetings", label=_("会议通知"))
def notice(row: WarningMeeting, asker: Asker) -> Official:
    """Who is to come when and where, and about what."""
    seen = asker.within(Invitee.objects.filter(meeting=row), register_called("invitees"), "view").order_by(
        "area", "pk"
    )
    lines = [[str(place), one.name] for place, one in enumerate(seen, start=1)]
    listed: list[str | Table] = ["三、参会单位", Table(["序号", "单位"], lines, [6, 50])] if lines else []
    return Official(
        office=bureau_of(row.area_id),
        number="会议通知",
        title=f"关于召开{row.title}的通知",
        to=["各参会单位"],
        body=[
            f"兹定于{chinese(row.on)}召开{row.title}，现将有关事项通知如下。",
            "一、时间地点", f"时间：{chinese(row.on)}。地点：{row.place}。主持人：{row.chaired_by}。",
            "二、会议议程", row.agenda, *listed,
        ],
        day=None,
        marks=[*marks(), "未签发"],
    )  # fmt: skip


def is_minuted(row: WarningMeeting) -> bool:
    """Whether the minutes are fixed."""
    return row.state == MeetingState.MINUTED


@paper("meeting-minutes", register="warningmeetings", label=_("会议纪要"), ready=is_minuted)
def minutes(row: WarningMeeting, asker: Asker) -> Official:
    """What was said, and who came."""
    seen = asker.within(Invitee.objects.filter(meeting=row), register_called("invitees"), "view").order_by(
        "area", "pk"
    )
    lines = [
        [str(place), one.name, str(one.get_state_display()), one.reason]
        for place, one in enumerate(seen, start=1)
    ]
    came: list[str | Table] = (
        ["二、到会情况", Table(["序号", "单位", "到会情况", "理由"], lines, [5, 24, 12, 15])] if lines else []
    )
    return Official(
        office=bureau_of(row.area_id),
        number="会议纪要",
        title=f"{row.title}纪要",
        to=[],
        body=[
            f"{chinese(row.on)}，{row.chaired_by}在{row.place}主持召开{row.title}。",
            "一、会议内容",
            row.minutes,
            *came,
        ],
        day=row.on,
        marks=marks(),
    )
