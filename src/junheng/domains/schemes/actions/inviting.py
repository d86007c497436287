"""The code with which a kindergarten fills in its own application: given out by its county, shown once, kept by nobody."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.schemes.actions.applying import hand_in
from junheng.domains.schemes.actions.stepping import application_held, application_locked, check_stage
from junheng.domains.schemes.models import SchemeApplication, SchemeInvitation
from junheng.domains.schemes.queries.invited import LETTERS_OF_A_CODE, digest_of
from junheng.domains.schemes.terms import WRITABLE
from junheng.kernel.errors import Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.sealing import codes

WHY = "幼儿园凭填报码填报"


@transaction.atomic
def invite(application: SchemeApplication, *, by: Any, at: datetime, why: str) -> str:
    """Make the code. A second one takes the place of the first, which opens nothing any more."""
    application = application_held(application, WRITABLE, _("发填报码"), by=by, at=at)
    if application.kindergarten is None:
        raise Refusal("invitation-for-school", "填报码只发给幼儿园；学校用自己的账号申报。")
    code = codes.checked(codes.spelled(os.urandom(10), LETTERS_OF_A_CODE))
    row = SchemeInvitation.objects.filter(application=application).first() or SchemeInvitation(
        application=application
    )
    row.digest, row.made_by, row.made_on = digest_of(code), name_of(by), timezone.localdate(at)
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return code


@transaction.atomic
def hand_in_by_code(
    application: SchemeApplication, *, statement: str, stated: Mapping[int, str], twin: str, at: datetime
) -> SchemeApplication:
    """Hand in what the kindergarten wrote itself; in the audit it stands under the kindergarten's own code."""
    application = application_locked(application)
    check_stage(application, WRITABLE, _("提交申报"))
    assert application.kindergarten is not None
    application.statement = statement.strip()
    return hand_in(
        application, stated=stated, twin=twin, by=f"园所{application.kindergarten.code}", at=at, why=WHY
    )
