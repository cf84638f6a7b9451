"""A small OpenID Connect provider on a port: real keys, real codes, PKCE checked; ``twist`` makes it misbehave."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "smelt-desk", "client secret of the tests"


class OidcProvider:
    """Signs everybody in as ``person``."""

    def __init__(self) -> None:
        self.url = ""
        self.person: dict[str, Any] = {"sub": "1", "email": "kari@foundry.no", "email_verified": True}
        self.twist: Callable[[dict[str, Any]], dict[str, Any]] = dict
        self.algorithm = "RS256"
        self.in_userinfo = False
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.rotate()

    def rotate(self) -> None:
        """New keys, under a new id."""
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.kid = secrets.token_hex(4)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.about),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
                Route("/userinfo", self.userinfo),
            ]
        )

    async def about(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys",
                "userinfo_endpoint": f"{self.url}/userinfo",
            }
        )  # fmt: skip

    async def authorize(self, request: Request) -> Response:
        query = dict(request.query_params)
        assert query["client_id"] == CLIENT
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe(12)
        self.codes[code] = query
        back = urlencode({"code": code, "state": query["state"]})
        return RedirectResponse(f"{query['redirect_uri']}?{back}", 303)

    async def token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        began = self.codes.pop(form["code"], None)
        if request.headers.get("authorization") != f"Basic {basic}" or began is None:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        hashed = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        if challenge != began["code_challenge"] or form["redirect_uri"] != began["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        access = secrets.token_urlsafe(12)
        self.tokens[access] = self.person
        answer = {"access_token": access, "token_type": "Bearer", "id_token": self._id_token(began["nonce"])}
        return JSONResponse(answer)

    async def keys(self, _: Request) -> Response:
        key = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return JSONResponse({"keys": [{**key, "kid": self.kid, "use": "sig", "alg": "RS256"}]})

    async def userinfo(self, request: Request) -> Response:
        return JSONResponse(self.tokens[request.headers["authorization"].removeprefix("Bearer ")])

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        person = {"sub": self.person["sub"]} if self.in_userinfo else self.person
        claims = self.twist({"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": nonce, **person})
        if self.algorithm == "none":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": self.kid})
        if self.algorithm == "HS256":
            # The classic: the public key, which everybody has, taken for a shared secret.
            public = self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            return _hs256(claims, self.kid, public)
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": self.kid})


def _hs256(claims: dict[str, Any], kid: str, key: bytes) -> str:
    """By hand: the library refuses to sign with a public key."""
    parts = [json.dumps({"alg": "HS256", "typ": "JWT", "kid": kid}), json.dumps(claims)]
    signed = b".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in parts)
    mac = hmac.new(key, signed, hashlib.sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()
