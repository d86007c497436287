"""What a category asks for, and how far an application is with it."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.works.models import Attachment, AttachmentRule, ContestRule
from junheng.domains.works.terms import JUDGED


@dataclass(frozen=True, slots=True)
class Part:
    """One rule, and the files that are there for it."""

    rule: AttachmentRule
    files: list[Attachment]

    @property
    def there(self) -> int:
        """How many there are."""
        return len(self.files)

    @property
    def missing(self) -> int:
        """How many are still asked for."""
        return max(0, self.rule.least - self.there)

    @property
    def room(self) -> int:
        """How many more are taken."""
        return max(0, self.rule.most - len(self.files))


def parts_of(application: SchemeApplication) -> list[Part]:
    """What the category asks for, each with its files."""
    rules = AttachmentRule.objects.filter(category=application.category_id).order_by("pk")
    files = list(Attachment.objects.filter(application=application).order_by("number"))
    return [
        Part(rule, [one for one in files if (one.purpose, one.form) == (rule.purpose, rule.form)])
        for rule in rules
    ]


@dataclass(frozen=True, slots=True)
class Tally:
    """One rule, and how many files are there for it."""

    rule: AttachmentRule
    there: int

    @property
    def missing(self) -> int:
        """How many are still asked for."""
        return max(0, self.rule.least - self.there)


def tallies_of(application: SchemeApplication) -> list[Tally]:
    """What the category asks for, each with the number of its files: one statement."""
    same = Attachment.objects.filter(
        application=application.pk, purpose=OuterRef("purpose"), form=OuterRef("form")
    )
    counted = same.order_by().values("purpose", "form").annotate(_number=Count("pk")).values("_number")
    rules = AttachmentRule.objects.filter(category=application.category_id).order_by("pk")
    return [Tally(one, one._there) for one in rules.annotate(_there=Coalesce(Subquery(counted), 0))]


def missing_in(application: SchemeApplication) -> list[AttachmentRule]:
    """The rules of which something is still asked for."""
    return [one.rule for one in tallies_of(application) if one.missing]


def is_contest(application: SchemeApplication) -> bool:
    """Whether an application hands in a work that is judged and ranked."""
    return ContestRule.objects.filter(category=application.category_id).exists()


def judged_files(application: SchemeApplication) -> list[Attachment]:
    """The files that jurors look at, in their order."""
    return list(Attachment.objects.filter(application=application, purpose__in=JUDGED).order_by("number"))


def rule_of(application: SchemeApplication, number: int) -> AttachmentRule | None:
    """What the category of an application asks for, by its number."""
    if number >= 2**63:
        return None
    return AttachmentRule.objects.filter(category=application.category_id, pk=number).first()
