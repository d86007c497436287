"""Draft, sign, publish, correct: who may, what refuses, what is kept for ever, and the trace of each deed."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from junheng.content.bulletins import REPORTS
from junheng.domains.bulletins import actions
from junheng.domains.bulletins.models import Article, Release, Rendering, SignOff
from junheng.domains.bulletins.policies import check_may_publish
from junheng.domains.bulletins.queries import (
    draft,
    latest_release,
    moved_since,
    no_longer_reproduced,
    unsigned,
)
from junheng.domains.bulletins.terms import ArticleState, SignOffRole
from junheng.domains.care.models import CommitteeMember
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Water
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.audit.save import columns_of
from junheng.platform.figures.checking import check_text
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.gates import Intent, divert
from junheng.platform.snapshots.freeze import freeze

pytestmark = [pytest.mark.usefixtures("own_house"), pytest.mark.once]

REPORT = REPORTS["yearly-2023"]
AT = datetime(2024, 3, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
BY = "市教育局办公室"
FIGURE = "waters-174"


def article() -> Article:
    return Article.objects.get(slug=REPORT.slug)


def people() -> list[Person]:
    return list(Person.objects.filter(until=None, user=None).order_by("id")[:6])


def sign(role: SignOffRole, person: Person, *, digest: str | None = None) -> SignOff:
    found = article()
    return actions.sign(
        found,
        role=role.value,
        person=person,
        digest=digest or found.digest,
        by=BY,
        at=AT,
        paper="签发单7号",
    )


def sign_all() -> None:
    for role, person in zip(SignOffRole, people(), strict=True):
        sign(role, person)


def refuse_a_water() -> None:
    """One dangerous water less, and a new frozen day."""
    some = Water.objects.filter(risk="high", until=None).order_by("id").first()
    assert some is not None
    Water.objects.filter(pk=some.pk).update(risk="low")
    freeze(by="test", at=timezone.now(), home=settings.JUNHENG_HOME)


def corrected() -> Release:
    refuse_a_water()
    actions.prepare(REPORT, by=BY, at=AT)
    sign_all()
    return actions.publish(REPORT, by=BY, at=AT, reason="水域风险等级登记有误，已更正")


def test_the_released_report_is_signed_by_six_and_rendered_alike() -> None:
    release = latest_release(article())
    assert release is not None
    assert (release.number, release.moved, release.reason, release.as_of) == (1, [], "", REPORT.as_of)
    assert release.digest == article().digest == draft(REPORT).digest
    signed = SignOff.objects.filter(article=article(), digest=release.digest)
    assert {one.role for one in signed} == set(SignOffRole.values)
    assert len({one.person_id for one in signed}) == 6
    renderings = Rendering.objects.filter(article=article())
    assert {one.medium for one in renderings} == {"web", "print"}
    assert {one.digest for one in renderings} == {release.digest}
    assert (
        "".join(piece["text"] for block in release.blocks for piece in block["pieces"]).count("51.05%") == 1
    )
    assert no_longer_reproduced(release) == ()


def test_the_first_publication_needs_no_reason_and_keeps_none() -> None:
    Release.objects.all().delete()
    release = actions.publish(REPORT, by=BY, at=AT, reason="没有用处")
    assert (release.number, release.reason, release.moved) == (1, "", [])
    assert (article().state, article().updated_at) == (ArticleState.PUBLISHED, AT)


def test_six_roles_are_signed_by_six_persons() -> None:
    refuse_a_water()
    actions.prepare(REPORT, by=BY, at=AT)
    first, second = people()[:2]
    sign(SignOffRole.EDITOR, first)
    with pytest.raises(Refusal, match="六个岗位须由六个人签发") as twice:
        sign(SignOffRole.REVIEWER, first)
    assert twice.value.code == "person-has-signed"
    assert first.name in str(twice.value)
    with pytest.raises(Refusal, match="“编辑”已经签发这一版") as again:
        sign(SignOffRole.EDITOR, second)
    assert again.value.code == "role-has-signed"
    assert SignOff.objects.filter(article=article(), digest=article().digest).count() == 1


def test_who_has_an_account_signs_with_it_and_others_on_paper() -> None:
    refuse_a_water()
    actions.prepare(REPORT, by=BY, at=AT)
    first, second = people()[:2]
    given = {"digest": article().digest, "at": AT}
    with pytest.raises(Refusal) as bare:
        actions.sign(article(), role="editor", person=first, by=BY, paper=" ", **given)
    assert bare.value.code == "signature-without-paper"
    second.user = User.objects.create(username="bianji")
    second.save()
    with pytest.raises(Refusal) as another:
        actions.sign(article(), role="editor", person=second, by=BY, paper="签发单7号", **given)
    assert another.value.code == "signs-oneself"
    signed = actions.sign(article(), role="editor", person=second, by=second.user, paper="x", **given)
    assert (signed.paper, signed.entered_by) == ("", "bianji")
    Grant.objects.create(user=second.user, role=Role.CITY_LEADER, area="4108", since=AT.date())
    client = Client()
    client.force_login(second.user)
    SignOff.objects.filter(pk=signed.pk).delete()
    page = client.get(f"/reports/{REPORT.slug}/").content.decode()
    assert second.name in page
    assert first.name not in page.partition('id="id_person"')[2].partition("</select>")[0]
    asked = {"role": "editor", "person": second.pk, "digest": article().digest}
    assert client.post(f"/reports/{REPORT.slug}/sign/", asked).status_code == 302
    assert client.post(f"/reports/{REPORT.slug}/sign/", asked | {"person": first.pk}).status_code == 400
    assert SignOff.objects.filter(entered_by="bianji").count() == 1
    assert sign(SignOffRole.REVIEWER, first).paper == "签发单7号"


def by_hand(**changed: str) -> None:
    """What the register's form would write, asked of the gates."""
    row = article()
    before = columns_of(row)
    for name, value in changed.items():
        setattr(row, name, value)
    asker = Asker(User.objects.get(username="bangongshi"), AT)
    divert(register_called("articles"), [Intent(row, before)], asker=asker, why="x")


def test_what_was_published_or_signed_is_not_changed_by_hand() -> None:
    with pytest.raises(Conflict) as published:
        by_hand(title="另一个标题")
    assert published.value.code == "article-published"
    refuse_a_water()
    row = actions.prepare(REPORT, by=BY, at=AT)
    Article.objects.filter(pk=row.pk).update(state=ArticleState.DRAFT)
    by_hand(source="另一家")
    sign(SignOffRole.EDITOR, people()[0])
    with pytest.raises(Conflict) as signed:
        by_hand(source="另一家")
    assert signed.value.code == "article-signed"
    by_hand(source="另一家", body="另一篇")


def test_one_missing_signature_is_named_and_nothing_is_published() -> None:
    refuse_a_water()
    actions.prepare(REPORT, by=BY, at=AT)
    for role, person in list(zip(SignOffRole, people(), strict=True))[:-1]:
        sign(role, person)
    before = everything()
    with pytest.raises(Refusal, match="还缺校对的签发") as refused:
        actions.publish(REPORT, by=BY, at=AT, reason="更正")
    assert refused.value.code == "not-all-signed"
    assert everything() == before


def test_a_version_that_changed_voids_the_signatures() -> None:
    old = article().digest
    refuse_a_water()
    with pytest.raises(Conflict) as moved:
        actions.publish(REPORT, by=BY, at=AT, reason="更正")
    assert moved.value.code == "records-moved"
    actions.prepare(REPORT, by=BY, at=AT)
    assert article().digest != old
    assert unsigned(article(), article().digest) == tuple(SignOffRole)
    assert unsigned(article(), old) == ()
    with pytest.raises(Conflict, match="重新阅读最新一版") as stale:
        sign(SignOffRole.EDITOR, people()[0], digest=old)
    assert stale.value.code == "version-changed"


def test_a_broken_promise_refuses_with_the_true_wording() -> None:
    first = CommitteeMember.objects.filter(until=None).order_by("id")[0]
    CommitteeMember.objects.filter(school_class=first.school_class_id).delete()
    freeze(by="test", at=timezone.now(), home=settings.JUNHENG_HOME)
    before = everything()
    for deed in (actions.prepare, actions.publish):
        with pytest.raises(Refusal, match="99\\.\\d+%") as refused:
            deed(REPORT, by=BY, at=AT)
        assert refused.value.code == "promise-broken"
        assert "全覆盖" in str(refused.value)
    assert everything() == before


def test_a_claim_that_is_not_proved_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = check_text("近两年完成新建改扩建公办幼儿园6所。全市有三千座火山。", as_of=REPORT.as_of)
    with pytest.raises(Refusal, match="6所") as refused:
        check_may_publish((), wrong)
    assert refused.value.code == "claims-unproved"
    refuse_a_water()
    actions.prepare(REPORT, by=BY, at=AT)
    sign_all()
    monkeypatch.setattr(actions, "check_text", lambda text, **asked: wrong)
    before = everything()
    with pytest.raises(Refusal) as again:
        actions.publish(REPORT, by=BY, at=AT, reason="更正")
    assert again.value.code == "claims-unproved"
    assert everything() == before


def test_a_correction_is_a_new_release_that_says_what_moved_and_why() -> None:
    old = latest_release(article())
    assert old is not None
    kept = Release.objects.filter(pk=old.pk).values().get()
    new = corrected()
    assert (new.number, new.reason, new.snapshot != old.snapshot) == (2, "水域风险等级登记有误，已更正", True)
    moved = {one["id"]: one for one in new.moved}
    before, after = old.figures[FIGURE]["value"], new.figures[FIGURE]["value"]
    assert moved[FIGURE] == {"id": FIGURE, "from": before, "to": after, "cause": "records"}
    assert int(after) == int(before) - 1
    assert set(moved) == {
        key for key in new.figures if new.figures[key]["value"] != old.figures[key]["value"]
    }
    assert Release.objects.filter(pk=old.pk).values().get() == kept, "the old release is what it was"
    assert latest_release(article()) == new
    assert {one.digest for one in Rendering.objects.filter(article=article())} == {new.digest}
    assert Rendering.objects.filter(article=article()).count() == 2
    assert no_longer_reproduced(new) == ()
    assert {one.id for one in no_longer_reproduced(old)} == set(moved)


@pytest.mark.parametrize(
    ("word", "was"), [("definition", "0" * 64), ("rules", ["duties.checks 1 2020-01-01"])]
)
def test_what_moved_a_figure_is_told_apart(word: str, was: Any) -> None:
    before = latest_release(article())
    assert before is not None
    made = draft(REPORT)
    before.figures[FIGURE]["value"] = "1"
    assert [one["cause"] for one in moved_since(before, made)] == ["records"]
    before.figures[FIGURE][word] = was
    assert [one["cause"] for one in moved_since(before, made)] == [word]


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "correction-needs-reason"), (" \n ", "correction-needs-reason"), ("长" * 401, "reason-too-long")],
    ids=["none", "blank", "long"],
)
def test_a_correction_needs_a_reason(reason: str, code: str) -> None:
    refuse_a_water()
    actions.prepare(REPORT, by=BY, at=AT)
    sign_all()
    before = everything()
    with pytest.raises(Refusal) as refused:
        actions.publish(REPORT, by=BY, at=AT, reason=reason)
    assert refused.value.code == code
    assert everything() == before


def test_a_correction_corrects_something() -> None:
    with pytest.raises(Refusal, match="与已发布的第 1 版相同") as refused:
        actions.publish(REPORT, by=BY, at=AT, reason="再发一次")
    assert refused.value.code == "nothing-to-correct"


def test_preparing_again_what_did_not_change_changes_nothing() -> None:
    before = everything()
    actions.prepare(REPORT, by=BY, at=AT)
    assert everything() == before


def test_each_deed_leaves_its_trace() -> None:
    last = Entry.objects.order_by("-id")[0].id
    new = corrected()
    entries = list(
        Entry.objects.filter(id__gt=last).order_by("id").values_list("table", "verb", "who", "why")
    )
    name = f"{Article._meta.app_label}."
    assert entries[0] == (f"{name}article", "change", BY, "由时点数据生成报告正文")
    signed = [(f"{name}signoff", "create", BY, "签发报告")] * 6
    assert entries[1:7] == signed
    assert {table for table, *_rest in entries[7:]} == {
        f"{name}release",
        f"{name}article",
        f"{name}rendering",
    }
    assert {(who, why) for _table, _verb, who, why in entries[7:]} == {(BY, new.reason)}
    assert Entry.objects.get(table=f"{name}release", id__gt=last).after["digest"] == new.digest


def test_a_later_signature_is_of_its_own_hour() -> None:
    refuse_a_water()
    actions.prepare(REPORT, by=BY, at=AT)
    signed = actions.sign(
        article(),
        role="editor",
        person=people()[0],
        digest=article().digest,
        by=BY,
        at=AT + timedelta(hours=1),
        paper="签发单8号",
    )
    assert signed.signed_at == AT + timedelta(hours=1)


def everything() -> tuple[Any, ...]:
    """All rows of the room, and how many traces there are."""
    rows = [tuple(model.objects.order_by("pk").values_list()) for model in (Article, Rendering, SignOff)]
    return (*rows, Release.objects.count(), Entry.objects.count())


def test_the_room_is_looked_at_whole(own_house: Path) -> None:
    before = everything()
    SignOff.objects.all().delete()
    assert everything() != before
