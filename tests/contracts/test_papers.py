"""Questions that every official paper answers alike: who may take it, what remains of that, and that it can be opened."""

import io
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from junheng.domains.findings.models import Finding
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.papers.registry import KINDS, Kind, paper, papers_of
from junheng.platform.papers.views import CONTENT_TYPE
from junheng.platform.registers import every_register
from junheng.platform.registers.flags import SENSITIVE
from tests import cast
from tests.makers import make
from tests.makers.rows import AT, BEGUN, HERE, THERE

assert get_resolver().url_patterns  # rooms declare their papers where their pages are declared
PAPERS = sorted(KINDS.values(), key=lambda one: one.slug)
pytestmark = pytest.mark.django_db
every = pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.slug)
LATER = BEGUN + timedelta(days=20)
ODD = "甲<&>\x07\U00020bb7乙"
"""What people type, and how it is seen."""
SEEN = "甲<&>\U00020bb7乙"
TOLD = {
    "levels": {"self": {"due": 3, "sent": 2, "failed": 1}},
    "pairs": {},
    "first": {"self": 1},
    "all_good": 0,
}
READY: dict[str, dict[str, Any]] = {
    "closing-reply": {
        "state": "closed",
        "closed_on": LATER,
        "closed_by": "复查甲",
        "remedied_on": LATER,
        "remedied_by": "整改乙",
        "what": ODD,
    },
    "difference-notice": {"term": "2023A", "settle_term": "2024S"},
    "letter": {"body": ODD},
    "letter-copy": {"name": ODD},
    "meeting-minutes": {"state": "minuted", "minutes": ODD, "digest": "0" * 64},
    "meeting-notice": {"agenda": ODD},
    "payment-notice": {"term": "2023A"},
    "rectification-notice": {"what": ODD, "severity": "major"},
    "referral-answer": {"state": "done", "outcome": "true", "done_on": LATER},
    "referral-notice": {"summary": ODD},
    "objection-answer": {
        "words": ODD,
        "state": "upheld",
        "answer": "属实",
        "answered_on": LATER,
        "answered_by": "核查丙",
    },
    "scheme-decision": {
        "until": BEGUN + timedelta(days=9),
        "opened_on": BEGUN,
        "decided_on": LATER,
        "decision": "示教〔2023〕40号",
    },
    "scheme-publicity": {},
    "result-notice": {"numbers": TOLD},
    "result-reply": {"numbers": TOLD, "reply": ODD, "replied_at": AT, "replied_by": "县局"},
}
"""What a row has besides what every row has, so that its paper can be written; one that is missing here fails."""
MAY_READ: dict[str, set[tuple[str, str]]] = {}
"""Names of children that stand on a public list while a guardian's consent does."""


def test_there_are_papers() -> None:
    assert set(READY) == set(KINDS)


def about(kind: Kind) -> dict[str, Any]:
    """The unit that a paper is about, where a row need not have one."""
    return {"school": make(School, where=HERE)} if kind.slug == "referral-answer" else {}


def ready(kind: Kind) -> Any:
    """A row of which the paper can be written."""
    row = make(kind.scope.model, where=HERE, **READY[kind.slug], **about(kind))
    assert kind.ready(row)
    return row


def taken(kind: Kind, row: Any, who: Any) -> Any:
    browser = Client()
    browser.force_login(who)
    return browser.get(reverse("papers:official", args=[kind.slug, row.pk]))


@every
def test_taken_by_who_sees_the_row_it_opens_says_odd_words_rightly_and_leaves_an_entry(
    kind: Kind, settings: Any
) -> None:
    settings.DEMO = True
    row, who = ready(kind), cast.who_may(kind.scope, "view", area=HERE)
    answer = taken(kind, row, who)
    assert (answer.status_code, answer["Content-Type"]) == (200, CONTENT_TYPE)
    made = docx.Document(io.BytesIO(answer.content))
    words = "\n".join(one.text for one in made.paragraphs)
    assert len(words) > 40
    assert "None" not in words
    assert "演示数据" in made.sections[0].header.paragraphs[0].text
    if ODD in READY[kind.slug].values():
        assert SEEN in words
    assert answer.content == taken(kind, row, who).content, "the same whenever it is made"
    kept = Entry.objects.filter(table=type(row)._meta.label_lower, row=row.pk, verb="export")
    assert [one.after["paper"] for one in kept] == [kind.slug] * 2
    settings.DEMO = False
    real = docx.Document(io.BytesIO(taken(kind, row, who).content))
    assert "演示数据" not in real.sections[0].header.paragraphs[0].text


@every
def test_outside_the_scope_it_looks_absent_and_strangers_are_asked_who_they_are(kind: Kind) -> None:
    row = ready(kind)
    address = reverse("papers:official", args=[kind.slug, row.pk])
    assert Client().get(address).status_code == 302
    for who in (cast.stranger(), cast.somebody(Role.COUNTY_OFFICER, area=THERE)):
        assert taken(kind, row, who).status_code == 404
    assert not Entry.objects.filter(verb="export").exists()


@every
def test_nothing_sensitive_is_read(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    row, who, read = ready(kind), cast.who_may(kind.scope, "view", area=HERE), set()
    for register in every_register().values():
        if hidden := {one.name for one in register.fields if SENSITIVE in one.flags}:

            def watched(self: Any, name: str, hidden: set[str] = hidden, slug: str = register.slug) -> Any:
                if name in hidden:
                    read.add((slug, name))
                return object.__getattribute__(self, name)

            monkeypatch.setattr(register.model, "__getattribute__", watched, raising=False)
    kind.make(row, cast.asker(who))
    assert read <= MAY_READ.get(kind.slug, set())
    assert Pupil(name="某").name == "某"
    assert ("pupils", "name") in read, "it is noticed where something is read"


def test_what_is_not_ready_is_refused_and_not_offered() -> None:
    row = make(Finding, where=HERE, **READY["rectification-notice"])
    kind = KINDS["closing-reply"]
    who = cast.who_may(kind.scope, "view", area=HERE)
    answer = taken(kind, row, who)
    assert (answer.status_code, answer["X-Refusal"]) == (409, "paper-not-ready")
    assert [one.slug for one in papers_of(kind.scope, row)] == ["rectification-notice"]
    browser = Client()
    browser.force_login(who)
    page = browser.get(reverse("registers:detail", args=["findings", row.pk])).content.decode()
    assert reverse("papers:official", args=["rectification-notice", row.pk]) in page
    assert reverse("papers:official", args=["closing-reply", row.pk]) not in page
    assert taken(Kind("nothing", "findings", "", kind.make, kind.ready), row, who).status_code == 404


def test_two_papers_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="letter"):
        paper("letter", register="letters", label="别的")(lambda _row, _asker: None)  # type: ignore[arg-type,return-value]


def test_a_tip_that_was_passed_on_tells_the_unit_nothing_of_what_was_said() -> None:
    kind = KINDS["referral-answer"]
    row = make(
        kind.scope.model, where=HERE, **READY["referral-answer"], **about(kind), summary="摘要里的话", place="某处门口", report="办理里的话",
        week=date(2023, 9, 4), assigned_on=date(2023, 9, 6),
    )  # fmt: skip
    made = docx.Document(io.BytesIO(taken(kind, row, cast.who_may(kind.scope, "view", area=HERE)).content))
    words = "\n".join(one.text for one in made.paragraphs)
    assert "属实" in words
    for hidden in ("摘要里的话", "某处门口", "办理里的话", "2023年9月4日", "2023年9月6日"):
        assert hidden not in words
