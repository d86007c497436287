"""Reading one line of a workbook of accounts: whose it is, which role it wants where, and what is wrong in which cell."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _

from junheng.kernel.errors import Refusal
from junheng.platform.access.models import User
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.roles import CITY_ROLES, LABELS, Role
from junheng.platform.accounts.bulk.known import Known
from junheng.platform.accounts.bulk.lines import LINES, NEEDED
from junheng.platform.accounts.bulk.plans import AccountPlan, Person, WantedRole
from junheng.platform.accounts.granting import (
    Held,
    WantedGrant,
    check_separation,
    check_terms,
    overlap,
    same_grant,
)
from junheng.platform.accounts.people import USERNAME
from junheng.platform.accounts.places import (
    COUNTY,
    class_called,
    kindergarten_among,
    lying_in,
    no_such_class,
    no_such_school,
)
from junheng.platform.registers.cells import day_of, halved
from junheng.platform.registers.problems import Problem
from junheng.platform.registers.tables import Line

COLUMN_OF = {
    "area-not-yours": "area",
    "role-at-the-city-only": "area",
    "role-of-the-city": "role",
    "duties-not-separated": "role",
    "grant-without-school": "school",
    "grant-without-class": "school_class",
    "bad-grant-end": "until",
    "grant-in-the-past": "since",
    "no-such-school": "school",
    "no-such-class": "school_class",
    "grant-kindergarten": "kindergarten",
    "no-such-kindergarten": "kindergarten",
}
"""In which cell a refusal stands."""
SCOPE = frozenset({"area-not-yours", "role-of-the-city"})
NARROW = "grant-too-narrow"
TWICE = "already-granted"


def called(text: str) -> str:
    """A name without the differences that do not matter."""
    return "".join(halved(text).split()).lower()


class LineChecker:
    """Reads one line, and says of each cell what is wrong with it."""

    def __init__(
        self,
        plan: AccountPlan,
        known: Known,
        line: Line,
        texts: dict[str, str],
        *,
        admin: Any,
        on: date,
        roles: dict[str, Role],
    ) -> None:
        self.plan, self.known, self.line, self.texts = plan, known, line, texts
        self.admin, self.on, self.roles = admin, on, roles
        self.before = len(plan.problems)

    def check(self, earlier: dict[str, list[Held]]) -> None:
        """Read the line into the plan. ``earlier``: what lines above want for the same person."""
        for (number, place), (cause, reason) in self.plan.sheet.faults.items():
            if number == self.line.number:
                name = next(one for one, at in self.plan.sheet.places.items() if at == place)
                self.wrong(name, reason, cause)
        person = self.person()
        wanted = self.wanted()
        if self.failed or person is None or wanted is None:
            self.plan.unchanged += not self.failed and self.rests(person)
            return
        above = earlier.setdefault(person.username, [])
        kept = self.known.held.get(person.user.pk, []) if person.user else []
        if any(overlap(one, wanted) and same_grant(one, wanted) for one in kept):
            self.plan.unchanged += 1
            return
        try:
            check_terms(wanted, areas=self.known.areas, today=self.on)
            check_separation([*kept, *above], wanted)
        except Refusal as refusal:
            self.refused(refusal)
            return
        above.append(wanted)
        self.plan.wanted.append(WantedRole(person, wanted))

    @property
    def failed(self) -> bool:
        """Whether something is wrong with this line."""
        return len(self.plan.problems) > self.before

    def rests(self, person: Person | None) -> bool:
        """Whether a line without a role leaves everything as it is."""
        return person is not None and person.user is not None and not person.subject

    def wrong(self, name: str, reason: str, cause: str = "rule") -> None:
        """Note what is wrong in one cell."""
        place = self.plan.sheet.places.get(name)
        label = LINES.label_of(name) if name else ""
        self.plan.problems.append(
            Problem(self.line.number, label, self.texts.get(name, ""), reason, cause, place)
        )

    def refused(self, refusal: Refusal) -> None:
        """Put a refusal into the cell it speaks of."""
        name = COLUMN_OF.get(refusal.code, "role")
        if refusal.code == NARROW:
            name = "school_class" if self.texts["school_class"] else "school"
        cause = "scope" if refusal.code in SCOPE else "twice" if refusal.code == TWICE else "rule"
        self.wrong(name, str(sentence_of(refusal)), cause)

    def person(self) -> Person | None:
        """Whose line it is: somebody above, an open account, or a new one."""
        missing = [one for one in NEEDED if not self.texts[one]]
        for one in missing:
            self.wrong(one, _("这一格必须填写。"), "missing")
        if missing:
            return None
        username, name = self.texts["username"].lower(), self.texts["name"]
        if not USERNAME.fullmatch(username):
            self.wrong(
                "username",
                _("用户名须为 3 至 60 位小写字母、数字或 . _ @ -，以字母或数字开头，例如工号。"),
            )
            return None
        if len(name) > 60:
            self.wrong("name", _("姓名不能超过 60 个字。"), "length")
        if (above := self.plan.people.get(username)) is not None:
            if above.name != name:
                self.wrong("name", _("同一个用户名在上面的行里是另一个姓名。一人一号，不能共用。"))
            self.bind(above)
            return above
        user = self.known.people.get(username)
        if user is not None and not self.fits(user, name):
            return None
        area = self.area()
        if area is None:
            return None
        home = settings.JUNHENG_CITY if self.role() in CITY_ROLES else area[:COUNTY]
        person = Person(
            username, name, home, user, elsewhere=user is not None and user.pk in self.known.subjects
        )
        self.bind(person)
        if not self.failed:
            self.plan.people[username] = person
        return person

    def fits(self, user: User, name: str) -> bool:
        """Whether an account that is there already is this person's, and in the administrator's care."""
        if user.pk == self.admin.pk:
            self.wrong("username", _("不能为自己办理授权。请由另一位账号管理员办理。"), "scope")
        elif user.pk not in self.known.own:
            self.wrong(
                "username",
                _("用户名「%(name)s」已被使用。请换一个，例如加上单位简称。") % {"name": user.username},
                "twice",
            )
        elif not user.is_active:
            self.wrong("username", _("这个账号已停用。请先启用，再授予角色。"))
        elif user.display_name != name:
            self.wrong(
                "name",
                _("这个用户名已有账号，姓名是「%(name)s」。如是同一人，请改成一致；如是另一人，请换用户名。")
                % {"name": user.display_name},
            )
        else:
            return True
        return False

    def bind(self, person: Person) -> None:
        """Note the identity at the sign-in service, where the line names one."""
        subject = self.texts["subject"]
        if not subject or subject == person.subject:
            return
        now = self.known.subjects.get(person.user.pk, "") if person.user else ""
        if subject == now:
            return
        owner = self.known.bound.get(subject)
        taken = any(one.subject == subject for one in self.plan.people.values())
        if not settings.JUNHENG_OIDC["issuer"]:
            self.wrong("subject", _("本系统没有启用统一身份认证，这一格请留空。"))
        elif len(subject) > 255:
            self.wrong("subject", _("统一身份标识不能超过 255 个字符。"), "length")
        elif now or person.subject:
            self.wrong("subject", _("这个账号已绑定另一个身份。如需重新绑定，请先核实。"))
        elif owner is not None or taken:
            self.wrong("subject", _("这个身份已绑定另一个账号。"), "twice")
        else:
            person.subject = subject

    def role(self) -> Role | None:
        """The role that the line names, if it is one."""
        return self.roles.get(called(self.texts["role"]))

    def wanted(self) -> WantedGrant | None:
        """The grant that the line wants; none where it names no role, or a cell is wrong."""
        if not self.texts["role"]:
            for name in ("school", "school_class", "kindergarten", "since", "until"):
                if self.texts[name]:
                    self.wrong("role", _("填了学校、班级、幼儿园或日期，却没有填角色。"), "missing")
                    break
            return None
        role = self.role()
        if role is None:
            labels = "、".join(str(label) for label in LABELS.values())
            self.wrong("role", _("没有这个角色。可以填写：%(roles)s。") % {"roles": labels}, "choice")
        area = self.area()
        since, until = self.day("since") or self.on, self.day("until")
        if role is None or area is None or self.failed:
            return None
        try:
            school = self.school(area)
            room = self.room(school)
            kindergarten = self.kindergarten(area)
        except Refusal as refusal:
            self.refused(refusal)
            return None
        return WantedGrant(
            role=str(role),
            area=area,
            school=school.pk if school else None,
            school_class=room.pk if room else None,
            kindergarten=kindergarten.pk if kindergarten else None,
            since=since,
            until=until,
        )

    def area(self) -> str | None:
        """The area that the line names by code or by name."""
        text = self.texts["area"]
        if text in self.known.codes:
            return text
        found = self.known.named.get(halved(text), [])
        if len(found) == 1:
            return found[0]
        if any(one.column == LINES.label_of("area") for one in self.plan.problems[self.before :]):
            return None
        if found:
            reason = _("有几个区划叫「%(name)s」，请填写区划代码：%(codes)s。")
            self.wrong("area", reason % {"name": text, "codes": "、".join(found[:10])}, "relation")
        else:
            self.wrong("area", _("没有这个区划，或者它不在您管理的范围内。请填写代码或全称。"), "scope")
        return None

    def day(self, name: str) -> date | None:
        """A day that the line names."""
        text = self.texts[name]
        found = day_of(text) if text else None
        if text and found is None:
            self.wrong(name, _("不是日期。请写成 2024-09-01 的样子。"), "date")
        return found

    def school(self, area: str) -> Model | None:
        """The school of the area that the line names."""
        text = self.texts["school"]
        if not text:
            return None
        found = lying_in(area, "schools", self.known.schools.get(text, []))
        if len(found) != 1:
            raise no_such_school(text)
        return found[0]

    def kindergarten(self, area: str) -> Model | None:
        """The kindergarten of the area that the line names."""
        text = self.texts["kindergarten"]
        return kindergarten_among(self.known.kindergartens.get(text, []), text, area=area) if text else None

    def room(self, school: Model | None) -> Model | None:
        """The class of the school that the line names."""
        text = self.texts["school_class"]
        if not text or school is None:
            return None
        rooms = self.known.classes.get(school.pk, [])
        room = class_called(text, school, rooms)
        if room is None:
            raise no_such_class(text, school, rooms)
        return room
