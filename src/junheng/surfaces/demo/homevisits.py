"""What visits of one class of the demonstration were about, and three needs that they found: open, taken and settled."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.homevisits.actions import ask_help, finish, take
from junheng.domains.homevisits.models import Visit
from junheng.domains.homevisits.terms import Companion, NeedKind, Topic, Way
from junheng.domains.schools.models import SchoolClass
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.save import save_row

AT = datetime(2023, 12, 20, 16, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
ASKED, DONE = date(2023, 12, 20), date(2023, 12, 20)
WHY = "按演示方案办理"
TALKED = (
    (Topic.STUDY, Topic.SAFETY),
    (Topic.HABITS, Topic.SCHOOL),
    (Topic.SAFETY, Topic.POLICY),
)


@transaction.atomic
def add_home_visits() -> None:
    """The last visits of the class teacher who can log in."""
    grant = Grant.objects.select_related("user").get(user__username="banzhuren", role=Role.CLASS_TEACHER)
    room = SchoolClass.objects.get(pk=grant.school_class or 0)
    made = Visit.objects.filter(school_class=room, way=Way.IN_PERSON, visited_on__year=ASKED.year)
    visits = list(made.order_by("-visited_on", "pk")[: len(TALKED)])
    for visit, topics in zip(visits, TALKED, strict=False):
        visit.topics = ",".join(one.value for one in Topic if one in topics)
        visit.companions = Companion.SUBJECT.value
        save_row(visit, by=grant.user, at=AT, why=WHY)
    kinds = (NeedKind.STUDY, NeedKind.MIND, NeedKind.SAFETY)
    tasks = [
        ask_help(visit, room, kind, on=ASKED, by=grant.user, at=AT, why=WHY)
        for visit, kind in zip(visits, kinds, strict=False)
    ]
    for task, login in zip(tasks[1:], ("xinli", "xiaozhang1"), strict=False):
        take(task, by=User.objects.get(username=login), at=AT, why=WHY)
    for task in tasks[2:]:
        finish(task, on=DONE, by=User.objects.get(username="xiaozhang1"), at=AT, why=WHY)
