"""Names that must not stand in what is judged without names."""

from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.queries.showing import person_of, unit_of
from junheng.domains.works.models import Attachment, Work
from junheng.domains.works.queries.files import words_of
from junheng.domains.works.terms import JUDGED, Form
from junheng.platform.access.models import User

SHORTEST = 2


def names_of(application: SchemeApplication, tutor: str = "") -> list[str]:
    """Of the school, the pupil, the teacher and the tutor, the longest first."""
    names = {
        unit_of(application),
        application.school.code if application.school else "",
        person_of(application),
        application.pupil.name if application.pupil else "",
        application.pupil.code if application.pupil else "",
    }
    if tutor:
        names |= {tutor, *map(str, User.objects.filter(username=tutor))}
    return sorted((one for one in names if len(one) >= SHORTEST), key=lambda one: (-len(one), one))


def named_in(application: SchemeApplication) -> str:
    """The first name that stands in the title or the words of a work; empty where none does."""
    work = Work.objects.filter(application=application).first()
    texts = [work.title] if work else []
    files = Attachment.objects.filter(application=application, purpose__in=JUDGED, form=Form.TEXT)
    texts += [words_of(one) for one in files.order_by("number")]
    plain = ["".join(one.split()) for one in texts]
    for name in names_of(application, work.tutor if work else ""):
        if any("".join(name.split()) in text for text in plain):
            return name
    return ""
