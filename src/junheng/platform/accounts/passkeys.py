"""Passkeys (WebAuthn): what is asked of the browser, and the check of what it answers. The cryptography is fido2's."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from junheng.kernel.errors import Refusal

WISHED = UserVerificationRequirement.PREFERRED
"""The password came before: whether the device also asks for a finger or a PIN is its owner's affair."""
State = Mapping[str, Any]


def server_of(request: HttpRequest) -> Fido2Server:
    """The house as a browser knows it: by the host of its address, which ALLOWED_HOSTS has checked."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=_("均衡")))


def ask_for_new(
    request: HttpRequest, user: Any, known: Sequence[dict[str, Any]]
) -> tuple[dict[str, Any], State]:
    """What a browser is told when a passkey is to be made, and the state that its answer is checked by."""
    entity = PublicKeyCredentialUserEntity(
        id=f"junheng-{user.pk}".encode(), name=user.get_username(), display_name=str(user)
    )
    options, state = server_of(request).register_begin(
        entity,
        credentials=[credential_of(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=WISHED,
    )
    return dict(options), state


def check_new(request: HttpRequest, state: State, answer: Any) -> dict[str, Any]:
    """What is kept of a new passkey: its number, its public key and its counter."""
    try:
        made: AuthenticatorData = server_of(request).register_complete(state, answer)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise not_this_one() from None
    if made.credential_data is None:
        raise not_this_one()
    return {"credential": websafe_encode(bytes(made.credential_data)), "counter": made.counter}


def ask(request: HttpRequest, known: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], State]:
    """What a browser is told when one of the passkeys is to be shown."""
    options, state = server_of(request).authenticate_begin(
        [credential_of(one) for one in known], user_verification=WISHED
    )
    return dict(options), state


def check(
    request: HttpRequest, state: State, answer: Any, known: Sequence[dict[str, Any]]
) -> tuple[int, int]:
    """Which of the passkeys answered, by its place, and its counter. A counter that goes back is a copied key."""
    credentials = [credential_of(one) for one in known]
    try:
        used = server_of(request).authenticate_complete(state, credentials, answer)
        counter = AuthenticatorData(websafe_decode(answer["response"]["authenticatorData"])).counter
    except (ValueError, TypeError, KeyError, AttributeError):
        raise not_this_one() from None
    place = credentials.index(used)
    if (counter or known[place]["counter"]) and counter <= known[place]["counter"]:
        raise Refusal(
            "passkey-copied",
            "这个通行密钥的计数器异常，可能已被复制，没有通过。请改用其他方式，并联系账号管理员。",
        )
    return place, counter


def credential_of(kept: dict[str, Any]) -> AttestedCredentialData:
    """The credential as fido2 wants it."""
    return AttestedCredentialData(websafe_decode(kept["credential"]))


def not_this_one() -> Refusal:
    """The refusal of an answer that does not fit."""
    return Refusal("passkey-wrong", "通行密钥没有通过核对。请重试，或改用动态口令、恢复码。")
