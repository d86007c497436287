"""From an empty database to the first login, and from there to a teacher who may work: nobody sees a row before."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.accounts.models import Factor
from junheng.platform.audit.models import Entry
from junheng.surfaces.cli import main as cli
from tests.platform.accounts.cases import PASSWORD, sign_in, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command of the machine here."""
    monkeypatch.setattr(cli, "recall", lambda: None)
    monkeypatch.setattr("getpass.getuser", lambda: "root")

    def run(*words: str) -> tuple[int, str]:
        code = cli.main(["account", *words])
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


def test_an_empty_house_is_entered_by_its_first_administrator(order: Any) -> None:
    assert not User.objects.exists()
    code, told = order(
        "first", "zhang-hao", "--name", "账号管理员（演示）", "--origin", "https://jyj.example"
    )
    assert code == 0
    link = re.findall(r"\.example(/accounts/invitation/\S+/)", told)[0]
    guest = Client()
    assert guest.post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD})["Location"] == "/login/"
    user = User.objects.get()
    browser = sign_in(user)
    page = browser.post(
        "/accounts/people/new/", {"username": "li-laoshi", "name": "李老师（演示）", "area": "4108"}
    )
    assert page.context["link"]
    assert Grant.objects.get().role == Role.ACCOUNT_ADMIN
    assert {one.who for one in Entry.objects.filter(table="access.grant")} == {"cli:root"}
    assert list(
        Entry.objects.filter(table="access.user", row=user.pk).order_by("id").values_list("who", flat=True)
    ) == ["cli:root", "zhang-hao", "zhang-hao"]


def test_the_command_refuses_with_a_sentence(order: Any) -> None:
    for words, code in (
        (("first",), "username-missing"),
        (("first", "zhang-hao"), "name-missing"),
        (("first", "Z", "--name", "甲"), "bad-username"),
        (("first", "zhang-hao", "--name", "甲", "--area", "110000"), "area-not-of-the-city"),
        (("invite", "nobody"), "no-such-account"),
    ):
        assert order(*words)[0] == 1
        assert code in order(*words)[1]
    assert not User.objects.exists()
    order("first", "zhang-hao", "--name", "甲")
    assert "username-taken" in order("first", "zhang-hao", "--name", "甲")[1]
    User.objects.update(is_active=False)
    assert "account-closed" in order("invite", "zhang-hao")[1]


def test_who_lost_every_factor_is_helped_at_the_machine(order: Any) -> None:
    order("first", "zhang-hao", "--name", "甲")
    user = User.objects.get()
    with_app(user)
    assert "已启用" in order("list")[1]
    assert "reason-missing" in order("reset", "zhang-hao")[1]
    assert Factor.objects.exists()
    assert order("reset", "zhang-hao", "--why", "手机丢失")[0] == 0
    assert not Factor.objects.exists()
    entry = Entry.objects.filter(table="access.user", row=user.pk).latest("id")
    assert (entry.who, entry.why, entry.before) == ("cli:root", "手机丢失", {"factors": 1})
    assert entry.at <= timezone.now()
    assert "未启用" in order("list")[1]
    assert reverse("accounts:invitation", args=["x"])[:-2] in order("invite", "zhang-hao")[1]
