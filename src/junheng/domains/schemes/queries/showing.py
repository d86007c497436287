"""What the public sees: lists, with a child's name only while a guardian's consent stands; certificates, and what their codes say."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from junheng.domains.pupils.models import Consent
from junheng.domains.pupils.queries import answers_on
from junheng.domains.pupils.terms import Purpose
from junheng.domains.schemes.models import Certificate, PublicityLine, SchemeApplication
from junheng.platform.access.models import User


def unit_of(application: SchemeApplication) -> str:
    """The unit of an application, by name: of a pupil the class, of a county itself."""
    if application.pupil is not None:
        return str(application.pupil.school_class)
    return str(application.kindergarten or application.group or application.school or application.area)


def person_of(application: SchemeApplication) -> str:
    """The teacher, class or collective of an application by name. A child's name is written into nothing that is shown."""
    if application.school_class is not None:
        return str(application.school_class).removeprefix(str(application.school))
    if not application.teacher:
        return application.named
    found = User.objects.filter(username=application.teacher).first()
    return str(found) if found else application.teacher


def names_of(application: SchemeApplication) -> set[str]:
    """Every word by which a juror would know who applies."""
    pupil = application.pupil.name if application.pupil else ""
    school = str(application.school) if application.school else ""
    return {unit_of(application), person_of(application), pupil, school} - {""}


def blinded(words: str, application: SchemeApplication) -> str:
    """Words of a register without who they are about: activities may bear the name of their school."""
    for name in sorted(names_of(application), key=len, reverse=True):
        words = words.replace(name, "□□")
    return words


def agreed(pupils: Iterable[int], *, on: date) -> set[int]:
    """The pupils for whom a guardian agreed that their name is shown, and the answer stands on the day."""
    latest: dict[int, bool] = {}
    rows = Consent.objects.filter(answers_on(on), pupil__in=set(pupils), purpose=Purpose.PHOTO)
    for pupil, yes in rows.order_by("since", "pk").values_list("pupil", "agreed"):
        assert pupil is not None
        latest[pupil] = yes
    return {pupil for pupil, yes in latest.items() if yes}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as the public reads it."""

    line: PublicityLine
    name: str
    withheld: bool


def shown(lines: Sequence[PublicityLine], *, on: date) -> list[Shown]:
    """The lines of a list, with the names that may be shown today."""
    children = {one.application_id: one.application.pupil for one in lines}
    named = agreed((pupil.pk for pupil in children.values() if pupil is not None), on=on)
    found = []
    for one in lines:
        pupil = children[one.application_id]
        withheld = pupil is not None and pupil.pk not in named
        name = one.person if pupil is None else _("姓名未公开") if withheld else pupil.name
        found.append(Shown(one, name, withheld))
    return found


def rows_of(lines: Sequence[PublicityLine]) -> list[list[object]]:
    """What the digest of a list is made of."""
    return [
        [one.place, one.application.number, one.category, one.unit, one.person]
        for one in sorted(lines, key=lambda one: one.place)
    ]


def digest_of_certificate(one: Certificate) -> str:
    """The digest of what stands on a certificate."""
    number = one.application.number
    said = "|".join(
        [
            number or "",
            one.awards,
            one.holder,
            one.person,
            one.awarded_on.isoformat(),
            str(one.valid_until or ""),
        ]
    )
    return hashlib.sha256(said.encode()).hexdigest()


def code_of(one: Certificate) -> str:
    """The code of a certificate: its number, and ten letters that follow from what stands on it."""
    return f"{one.application.number}-{digest_of_certificate(one)[:10].upper()}"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a code says: ``valid``, ``over``, ``revoked``, ``ended``, ``altered`` or ``unknown``."""

    state: str
    certificate: Certificate | None = None
    name: str = ""


def verify(code: str, *, on: date) -> Verified:
    """Look a certificate up by its code. One letter changed, and it is altered; a number nobody has is unknown.

    An altered code is shown nothing of the certificate whose number it bears.
    """
    code = "".join(code.split()).upper()
    number, _dash, check = code.rpartition("-")
    found = (
        Certificate.objects.filter(application__number__iexact=number)
        .select_related("application__pupil", "area", "recognition")
        .first()
    )
    if found is None:
        return Verified("unknown")
    if check != code_of(found).rpartition("-")[2] or found.digest != digest_of_certificate(found):
        return Verified("altered")
    return Verified(state_of(found, on=on), found, name_on(found, on=on))


def state_of(one: Certificate, *, on: date) -> str:
    """What a certificate is worth on a day."""
    if one.revoked_on is not None and one.revoked_on <= on:
        return "revoked"
    if one.recognition is not None and one.recognition.until is not None and one.recognition.until <= on:
        return "ended"
    if one.valid_until is not None and one.valid_until <= on:
        return "over"
    return "valid"


def name_on(one: Certificate, *, on: date) -> str:
    """Whose certificate it is: a child's name only with consent."""
    pupil = one.application.pupil
    if pupil is None:
        return one.person
    return pupil.name if agreed([pupil.pk], on=on) else _("姓名未公开")
