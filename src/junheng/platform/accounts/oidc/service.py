"""The sign-in service as the environment describes it, and one exchange with it. Nothing it says is believed unverified."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import jwt
from django.conf import settings

from junheng.kernel.errors import NotAllowed, NotFound
from junheng.platform.accounts.oidc.fetching import away, fetch, origin_of

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""Signatures by a key pair. A token signed with the shared secret, or not at all, is refused."""
LEEWAY = 30
"""Seconds that clocks may differ."""


@dataclass(frozen=True, slots=True)
class Service:
    """Which service, and who we are to it. ``claim`` names the account; ``name`` stands on the button."""

    issuer: str
    client: str
    secret: str
    claim: str
    name: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """What must come back as it was sent out."""

    state: str
    nonce: str
    verifier: str


def the_service() -> Service:
    """The configured service; without one its addresses are as if they were not there."""
    if not settings.JUNHENG_OIDC["issuer"]:
        raise NotFound("no-sign-in-service", "本系统没有启用统一身份认证。请用用户名和密码登录。")
    return Service(**settings.JUNHENG_OIDC)


def begin() -> Exchange:
    """New secrets for one exchange."""
    return Exchange(*(secrets.token_urlsafe(32) for _ in range(3)))


def describe(service: Service) -> dict[str, Any]:
    """What the service says of itself; refused if it is another one, or sends people elsewhere."""
    told = fetch(f"{service.issuer.rstrip('/')}/.well-known/openid-configuration")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if told.get("issuer") != service.issuer or not all(isinstance(told.get(name), str) for name in needed):
        raise away("issuer")
    if origin_of(told["authorization_endpoint"]) != origin_of(service.issuer):
        raise away("authorization_endpoint")
    return told


def address_of(service: Service, exchange: Exchange, back: str) -> str:
    """Where the browser is sent."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(exchange.verifier.encode()).digest()).rstrip(b"=")
    query = {
        "response_type": "code",
        "client_id": service.client,
        "redirect_uri": back,
        "scope": "openid profile" + (" email" if service.claim == "email" else ""),
        "state": exchange.state,
        "nonce": exchange.nonce,
        "code_challenge": challenge.decode("ascii"),
        "code_challenge_method": "S256",
    }
    address = str(describe(service)["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def redeem(service: Service, exchange: Exchange, code: str, back: str) -> dict[str, Any]:
    """The verified claims behind a code: whose signature, for whom, until when, and for this very exchange."""
    told = describe(service)
    answer = fetch(told["token_endpoint"], **asked_with(service, told, exchange, code, back))
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise not_believed("id_token")
    claims = verified(service, token, fetch(told["jwks_uri"]), nonce=exchange.nonce)
    if service.claim not in claims and isinstance(told.get("userinfo_endpoint"), str):
        more = fetch(
            told["userinfo_endpoint"], headers={"Authorization": f"Bearer {answer.get('access_token', '')}"}
        )
        if more.get("sub") != claims["sub"]:
            raise not_believed("sub")
        claims = more | claims
    return claims


def asked_with(
    service: Service, told: dict[str, Any], exchange: Exchange, code: str, back: str
) -> dict[str, dict[str, str]]:
    """Form and headers of the question for tokens; the secret goes as the service likes it."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": service.client,
        "code_verifier": exchange.verifier,
    }
    if "client_secret_basic" in told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        pair = f"{quote(service.client, safe='')}:{quote(service.secret, safe='')}".encode()
        return {"form": form, "headers": {"Authorization": f"Basic {base64.b64encode(pair).decode('ascii')}"}}
    return {"form": form | {"client_secret": service.secret}, "headers": {}}


def verified(service: Service, token: str, keys: dict[str, Any], *, nonce: str) -> dict[str, Any]:
    """The claims of an ID token, after every check that OpenID Connect Core 3.1.3.7 asks for."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key_for(token, keys),
            algorithms=ALGORITHMS,
            audience=service.client,
            issuer=service.issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise not_believed(type(error).__name__) from None
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise not_believed("nonce")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != service.client:
        raise not_believed("azp")
    return claims


def key_for(token: str, keys: dict[str, Any]) -> Any:
    """The service's key that a token names, or its only one."""
    known = jwt.PyJWKSet.from_dict(keys).keys
    wanted = jwt.get_unverified_header(token).get("kid")
    fitting = [one for one in known if one.key_id == wanted] if wanted else known
    if len(fitting) != 1:
        raise jwt.InvalidKeyError(str(wanted)[:40])
    return fitting[0]


def not_believed(why: str) -> NotAllowed:
    """The refusal of an answer that does not hold."""
    return NotAllowed(
        "sign-in-not-believed",
        "统一身份认证返回的信息没有通过核验（{why}），未登录。请重新登录；多次出现请联系系统管理员。",
        why=why,
    )
