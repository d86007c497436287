"""What waits for an administrator, and for whoever must still take on a second factor: lines on the first page."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.platform.accounts.factors import real_factors
from junheng.platform.accounts.granting import proposals_for
from junheng.platform.accounts.policy import is_required, needs_factor
from junheng.platform.accounts.reading import idle_accounts
from junheng.platform.accounts.rights import is_administrator
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def decisions(asker: Asker) -> Iterator[Waiting]:
    """Proposals of other administrators, and accounts that nobody uses."""
    if not is_administrator(asker.user, on=asker.today):
        return
    waiting = proposals_for(asker.user, on=asker.today).exclude(proposer=asker.user)
    yield Waiting(
        waiting,
        lambda count, due: Todo(_("账号事项待审批"), reverse("accounts:proposals"), count, "user-plus"),
    )
    people = f"{reverse('accounts:people')}?state=idle"
    yield Waiting(
        idle_accounts(asker.user, at=asker.at, on=asker.today),
        lambda count, due: Todo(_("长期未使用的账号"), people, count, "user-minus"),
    )


@todo
def factor(asker: Asker) -> Iterator[Todo]:
    """One's own second factor, where the role wants one."""
    if is_required() and needs_factor(asker.user, on=asker.today) and not real_factors(asker.user):
        yield Todo(
            _("启用第二因素：查看敏感信息前必须启用"), reverse("accounts:own"), 1, "shield-check", late=True
        )
