"""Works of the demonstration: decided and shown with consent, waiting for a juror, alike, and equal at a border."""

from pathlib import Path

from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.queries.standing import to_score
from junheng.domains.works.models import Attachment, ContestRule, Likeness, Work
from junheng.domains.works.queries.files import opened
from junheng.domains.works.queries.gallery import selected, visible
from junheng.domains.works.queries.scores import digest_of, protocol_of
from junheng.platform.access.models import User
from junheng.surfaces.demo.works import ESSAYS, PAINTINGS, WAITED_FOR
from tests.small_house import DAY, built, house

__all__ = ["built", "house"]


def test_every_state_of_a_work_is_there(house: Path) -> None:
    essays = Work.objects.filter(application__category__scheme__code=ESSAYS["code"])
    assert [one.place for one in essays.order_by("place", "pk")] == [1, 2, 3, 3]
    assert essays.filter(drawn=True).count() == 2
    shown = {one.pk for one in visible(selected(DAY), on=DAY)}
    silent = essays.exclude(pk__in=shown).get()
    assert silent.place is not None, "judged and not shown"
    assert Work.objects.filter(pk__in=shown, application__pupil=None).exists(), "a school's case"
    assert Likeness.objects.filter(alike="words", state="open").exists()
    waiting = [one.scheme.code for one in to_score(User.objects.get(username=WAITED_FOR), on=DAY)]
    assert waiting.count(PAINTINGS["code"]) == 2


def test_files_open_and_protocols_fit_their_digests(house: Path) -> None:
    for row in Attachment.objects.all():
        with opened(row) as file:
            assert len(file.readall()) == row.size
    for rule in ContestRule.objects.exclude(ranked_on=None):
        rows = SchemeApplication.objects.filter(category=rule.category_id, work__place__isnull=False)
        assert digest_of(protocol_of(rule.category, list(rows))) == rule.digest
