"""Signing in to the desk through an identity provider that is really there, behaves, and misbehaves."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import select

from bot.common.settings import settings
from bot.store.audit import page
from bot.store.database import reading
from bot.store.models import Staff
from bot.store.staff import staff
from bot.store.staff.staff import Change
from bot.web.desk.guard import COOKIE
from tests.integration.conftest import Rig
from tests.integration.desk_rig import DeskClient, staff_member
from tests.integration.oidc_provider import CLIENT, SECRET, OidcProvider
from tests.integration.web_rig import Server


@pytest.fixture
def provider(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Iterator[OidcProvider]:
    provider = OidcProvider()
    server = Server(provider.app)
    provider.url = server.url
    server.start()
    for name, value in {
        "SMELT_OIDC_ISSUER": server.url, "SMELT_OIDC_CLIENT_ID": CLIENT, "SMELT_OIDC_CLIENT_SECRET": SECRET,
        "SMELT_PUBLIC_URL": rig.url,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield provider
    server.stop()


def _browse(rig: Rig) -> tuple[httpx.Client, str]:
    """A browser that pressed the button and followed every redirect; where it landed."""
    browser = httpx.Client(follow_redirects=True, timeout=10)
    answer = browser.get(f"{rig.url}/desk/api/oidc/start")
    return browser, str(answer.url)


def _signed_in(rig: Rig, browser: httpx.Client) -> bool:
    return browser.get(f"{rig.url}/desk/api/me").status_code == 200


def test_an_account_is_found_by_verified_address_once_and_by_subject_ever_after(
    rig: Rig, provider: OidcProvider
) -> None:
    who = staff_member(rig.own, "Kari")
    assert DeskClient(rig.url).read("/sign-in")["oidc"] is True
    browser, landed = _browse(rig)
    assert landed == f"{rig.url}/desk"
    assert browser.get(f"{rig.url}/desk/api/me").json()["staff"]["id"] == who
    assert "smelt_oidc" not in browser.cookies
    with reading(rig.own) as session:
        assert session.scalars(select(Staff.oidc_subject)).one() == f"{provider.url}|1"
    provider.person = {"sub": "1", "email": "other@foundry.no", "email_verified": True}
    assert _signed_in(rig, _browse(rig)[0])
    # The same address at the provider, given to somebody else, is somebody else.
    provider.person = {"sub": "2", "email": "kari@foundry.no", "email_verified": True}
    assert not _signed_in(rig, _browse(rig)[0])
    assert [row.detail for row in page(rig.own, 1)[0]][:2] == [{"how": "provider"}] * 2


def test_the_address_may_come_from_userinfo_and_keys_may_change(rig: Rig, provider: OidcProvider) -> None:
    staff_member(rig.own, "Kari")
    provider.in_userinfo = True
    assert _signed_in(rig, _browse(rig)[0])
    provider.rotate()
    assert _signed_in(rig, _browse(rig)[0])


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "1", "email": "kari@foundry.no", "email_verified": False},
        {"sub": "1", "email": "kari@foundry.no"},
        {"sub": "1", "email": "kari@foundry.no", "email_verified": "true"},
        {"sub": "1", "email": "stranger@foundry.no", "email_verified": True},
        {"sub": "1"},
    ],
)
def test_who_is_not_certainly_staff_does_not_get_in(rig: Rig, provider: OidcProvider, person: dict[str, Any]) -> None:
    staff_member(rig.own, "Kari")
    provider.person = person
    browser, landed = _browse(rig)
    assert landed == f"{rig.url}/desk?sign_in=refused"
    assert not _signed_in(rig, browser)


def test_an_ended_account_does_not_get_in(rig: Rig, provider: OidcProvider) -> None:
    who = staff_member(rig.own, "Kari")
    browser, _ = _browse(rig)
    staff.change(rig.own, who, Change(active=False))
    assert not _signed_in(rig, browser)
    assert not _signed_in(rig, _browse(rig)[0])


@pytest.mark.parametrize(
    "twist",
    [
        lambda claims: claims | {"nonce": "another"},
        lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
        lambda claims: claims | {"aud": "another"},
        lambda claims: claims | {"aud": [CLIENT, "another"], "azp": "another"},
        lambda claims: claims | {"iss": "https://evil.example"},
        lambda claims: claims | {"exp": int(time.time()) - 60},
        lambda claims: {name: value for name, value in claims.items() if name != "exp"},
        lambda claims: claims | {"sub": None},
    ],
    ids=["nonce", "no nonce", "audience", "authorized party", "issuer", "expired", "no expiry", "no subject"],
)
def test_an_id_token_that_does_not_hold_is_refused(
    rig: Rig, provider: OidcProvider, twist: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    staff_member(rig.own, "Kari")
    provider.twist = twist
    browser, landed = _browse(rig)
    assert landed.endswith("sign_in=refused")
    assert not _signed_in(rig, browser)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_signed_with_nothing_or_the_public_key_is_refused(
    rig: Rig, provider: OidcProvider, algorithm: str
) -> None:
    staff_member(rig.own, "Kari")
    provider.algorithm = algorithm
    browser, landed = _browse(rig)
    assert landed.endswith("sign_in=refused")
    assert not _signed_in(rig, browser)


def test_an_answer_that_nobody_asked_for_is_refused(rig: Rig, provider: OidcProvider) -> None:
    """Somebody else's answer in this browser, an answer twice, one without a beginning: all the same refusal."""
    staff_member(rig.own, "Kari")
    attacker, victim = httpx.Client(), httpx.Client()
    go = attacker.get(f"{rig.url}/desk/api/oidc/start").headers["location"]
    assert parse_qs(urlsplit(go).query)["redirect_uri"] == [f"{rig.url}/desk/api/oidc/callback"]
    back = attacker.get(go).headers["location"]
    victim.get(f"{rig.url}/desk/api/oidc/start")
    for browser, url in (
        (httpx.Client(), back), (victim, back), (attacker, f"{rig.url}/desk/api/oidc/callback?code=x&state="),
        (attacker, f"{rig.url}/desk/api/oidc/callback?error=access_denied"),
    ):  # fmt: skip
        answer = browser.get(url)
        assert answer.headers["location"] == "/desk?sign_in=refused"
        assert COOKIE not in answer.cookies
    again = httpx.Client()
    go = again.get(f"{rig.url}/desk/api/oidc/start").headers["location"]
    cookie = {"Cookie": f"smelt_oidc={again.cookies['smelt_oidc']}"}
    back = again.get(go).headers["location"]
    assert COOKIE in httpx.get(back, headers=cookie).cookies
    assert COOKIE not in httpx.get(back, headers=cookie).cookies


def test_a_provider_that_is_away_or_another_does_not_break_the_page(rig: Rig, provider: OidcProvider) -> None:
    provider.url = "https://evil.example"
    assert _browse(rig)[1] == f"{rig.url}/desk?sign_in=refused"


def test_without_settings_there_is_no_such_way_in(rig: Rig) -> None:
    for step in ("start", "callback"):
        assert DeskClient(rig.url).get(f"/oidc/{step}").status_code == 404
