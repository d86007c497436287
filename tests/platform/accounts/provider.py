"""A little sign-in service: discovery, keys, tokens and user facts, over HTTP on this machine. It can be told to lie."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "junheng", "s3cret:of the house"
KEYS = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in ("true", "false")}


@dataclass
class Provider:
    """The service and what it was told to get wrong."""

    issuer: str = ""
    claims: dict[str, Any] = field(
        default_factory=lambda: {"sub": "u-1", "preferred_username": "ZhangSan-01"}
    )
    userinfo: dict[str, Any] | None = None
    description: dict[str, Any] = field(default_factory=dict)
    key: str = "true"
    headers: dict[str, Any] = field(default_factory=lambda: {"kid": "k1"})
    algorithm: str = "RS256"
    leave_out: tuple[str, ...] = ()
    status: int = 200
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def authorize(self, address: str) -> dict[str, str]:
        """What the page of the service would send the browser back with, after the person proved who he is."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (query["response_type"], query["client_id"], query["scope"].split()[0]) == (
            "code",
            CLIENT,
            "openid",
        )
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return {"code": code, "state": query["state"]}

    def describe(self) -> dict[str, Any]:
        at = {
            name: f"{self.issuer}/{name}"
            for name in ("token_endpoint", "userinfo_endpoint", "jwks_uri", "authorization_endpoint")
        }
        return {"issuer": self.issuer} | at | self.description

    def keys(self) -> dict[str, Any]:
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEYS["true"].public_key()))
        return {"keys": [told | {"kid": "k1", "use": "sig", "alg": "RS256"}]}

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The answer of the token endpoint; a code is good once, for whoever has its verifier and the secret."""
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(
            b"="
        )
        if digest.decode() != asked["code_challenge"]:
            return None
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode() if authorization else ""
        if pair != f"{CLIENT}:s3cret%3Aof%20the%20house" and form.get("client_secret") != SECRET:
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
        } | self.claims
        kept = {name: value for name, value in claims.items() if name not in self.leave_out}
        key: Any = (
            SECRET.ljust(32, "x")
            if self.algorithm == "HS256"
            else None
            if self.algorithm == "none"
            else KEYS[self.key]
        )
        return {"access_token": "at", "id_token": jwt.encode(kept, key, self.algorithm, self.headers)}


@contextmanager
def serving() -> Iterator[Provider]:
    """Run the service on a free port."""
    provider = Provider()

    class Door(BaseHTTPRequestHandler):
        def log_message(self, *_words: Any) -> None: ...

        def answer(self, told: dict[str, Any] | None) -> None:
            body = json.dumps(told or {"error": "invalid_grant"}).encode()
            self.send_response(provider.status if told is not None else 400)
            if 300 <= provider.status < 400:
                self.send_header("Location", f"{provider.issuer}/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            provider.asked.append(self.path)
            if self.path.endswith("openid-configuration"):
                self.answer(provider.describe())
            elif self.path == "/jwks_uri":
                self.answer(provider.keys())
            else:
                assert self.headers["Authorization"] == "Bearer at"
                self.answer(provider.userinfo)

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(text).items()}
            self.answer(provider.token(form, self.headers.get("Authorization", "")))

    house = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    provider.issuer = f"http://127.0.0.1:{house.server_port}"
    thread = Thread(target=house.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        house.shutdown()
        house.server_close()
        thread.join(5)
