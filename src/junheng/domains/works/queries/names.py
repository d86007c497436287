"""Names that must not stand in what is judged without names."""

from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.queries.showing import names_of
from junheng.domains.works.models import Attachment, Work
from junheng.domains.works.queries.files import words_of
from junheng.domains.works.terms import JUDGED, Form
from junheng.platform.access.models import User

SHORTEST = 2


def names_with(application: SchemeApplication, tutor: str = "") -> list[str]:
    """Of the school and its class, the pupil, the teacher and the tutor, and the numbers they have; the longest first."""
    names = names_of(application)
    names |= {one.code for one in (application.school, application.pupil) if one is not None}
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
    for name in names_with(application, work.tutor if work else ""):
        if any("".join(name.split()) in text for text in plain):
            return name
    return ""
