"""Accounts of the desk: who gets in, who is kept out, and what a stranger can learn by trying."""

import datetime as dt
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update
from starlette.routing import Mount, Route

from bot.common.clock import utcnow
from bot.common.settings import SettingsError, settings
from bot.prepare import prepare_own
from bot.store.audit import page
from bot.store.database import reading, writing
from bot.store.models import Audit, SignInTry, Staff, StaffSession
from bot.store.staff import sign_in, staff
from bot.store.staff.staff import Change
from bot.web.__main__ import check_start
from bot.web.desk.guard import COOKIE
from bot.web.desk.routes import desk_routes
from bot.web.parts import build_parts
from tests.integration.conftest import Rig
from tests.integration.desk_rig import DeskClient, desk_of, session_for, staff_member

PASSWORD = "støperi på hjul 7"
OPEN = {("GET", "/desk"), ("GET", "/desk/api/sign-in"), ("POST", "/desk/api/login")} | {
    ("GET", f"/desk/api/oidc/{step}") for step in ("start", "callback")
}


@pytest.fixture
def own_url(database_url: str) -> str:
    return database_url


def _routes() -> Iterator[tuple[str, str]]:
    """Every method and path of the desk, from the table that serves them."""
    for route in desk_routes():
        if isinstance(route, Route):
            yield "GET", route.path
        assert isinstance(route, Mount | Route)
        for inner in getattr(route, "routes", None) or []:
            for method in inner.methods - {"HEAD"}:
                yield method, route.path + inner.path


def test_every_route_is_closed_without_a_session_and_to_a_stale_cookie(rig: Rig) -> None:
    closed = sorted(set(_routes()) - OPEN)
    assert len(closed) > 20
    for cookie in (None, "x" * 43, "y" * 5000, "å"):
        browser = DeskClient(rig.url)
        headers = {"Cookie": f"{COOKIE}={cookie}".encode()} if cookie else {}
        for method, path in closed:
            answer = browser.http.request(method, rig.url + path.replace("{", "").replace("}", ""), headers=headers)
            assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"}), (method, path)


def test_every_change_needs_the_token_and_our_own_origin(rig: Rig) -> None:
    browser = desk_of(rig, "Kari", "admin")
    other = desk_of(rig, "Ola")
    for method, path in sorted(set(_routes()) - OPEN):
        if method == "GET":
            continue
        url = rig.url + path.replace("{", "").replace("}", "")
        for token in ("", other.csrf, browser.csrf[:-1], "å"):
            answer = browser.http.request(method, url, headers={"X-CSRF-Token": token.encode()}, json={})
            assert (answer.status_code, answer.json()["error"]) == (403, "csrf"), (method, path)
        for origin in ("https://evil.example", "null", f"{rig.url}.evil.example", ""):
            headers = {"Origin": origin, "X-CSRF-Token": browser.csrf}
            answer = browser.http.request(method, url, headers=headers, json={})
            assert (answer.status_code, answer.json()["error"]) == (403, "origin"), (method, path, origin)


def test_an_agent_may_not_do_what_admins_do(rig: Rig) -> None:
    agent = desk_of(rig, "Ola")
    assert agent.get("/audit").json() == {"error": "role"}
    assert agent.get("/wrong-answers").status_code == 403
    new = {"email": "x@foundry.no", "name": "X", "role": "admin", "password": PASSWORD}
    assert agent.post("/staff", new).status_code == 403
    mine = agent.read("/me")["staff"]["id"]
    assert agent.send("PATCH", f"/staff/{mine}", {"role": "admin"}).status_code == 403
    assert {one["name"] for one in agent.read("/staff")["staff"]} == {"Ola"}


def test_signing_in_and_out(rig: Rig) -> None:
    staff_member(rig.own, "Kari", password=PASSWORD)
    browser = DeskClient(rig.url)
    assert browser.read("/sign-in")["oidc"] is False
    answer = browser.sign_in(" KARI@foundry.no ", PASSWORD)
    assert answer.status_code == 200, answer.text
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert browser.read("/me")["staff"]["name"] == "Kari"
    with reading(rig.own) as session:
        stored = session.scalars(select(StaffSession.id)).one()
        assert stored not in answer.headers["set-cookie"]
        assert "argon2id" in session.scalars(select(Staff.password_hash)).one()
    kept = browser.http.cookies[COOKIE]
    browser.done("/logout")
    assert DeskClient(rig.url).http.get("/me", headers={"Cookie": f"{COOKIE}={kept}"}).status_code == 401
    assert [row.action for row in page(rig.own, 1)[0]] == ["sign_out", "sign_in", "staff"]


@pytest.mark.parametrize("column", ["expires_at", "last_at"])
def test_a_session_ends_by_itself(rig: Rig, column: str) -> None:
    browser = desk_of(rig, "Kari")
    hours = settings().desk_idle_hours if column == "last_at" else 0
    with writing(rig.own) as session:
        moment = utcnow() - dt.timedelta(hours=hours, seconds=1)
        session.execute(update(StaffSession).values({column: moment}))
    assert browser.get("/me").status_code == 401


@pytest.mark.parametrize(
    "change",
    [{"active": False}, {"role": "admin"}, {"password": "et nytt langt passord"}],
    ids=lambda one: next(iter(one)),
)
def test_sessions_end_when_an_admin_changes_what_they_stand_on(rig: Rig, change: dict[str, object]) -> None:
    admin, agent = desk_of(rig, "Kari", "admin"), desk_of(rig, "Ola")
    who = agent.read("/me")["staff"]["id"]
    assert admin.send("PATCH", f"/staff/{who}", {"name": "Ola Hansen"}).status_code == 200
    assert agent.read("/me")["staff"]["name"] == "Ola Hansen"
    answer = admin.send("PATCH", f"/staff/{who}", change)
    assert answer.status_code == 200, answer.text
    assert agent.get("/me").status_code == 401
    trail = admin.read("/audit")["rows"][0]
    assert (trail["action"], trail["target"], trail["detail"]) == ("staff", who, {"changed": list(change)})


def test_ones_own_new_password_signs_the_other_browsers_out(rig: Rig) -> None:
    who = staff_member(rig.own, "Kari", password=PASSWORD)
    here, there = (DeskClient(rig.url, session_for(rig.own, who)) for _ in range(2))
    assert here.post("/password", {"old": "nei nei nei nei", "new": PASSWORD}).json()["field"] == "old"
    assert here.post("/password", {"old": PASSWORD, "new": "kort"}).json() == {
        "error": "invalid", "field": "new", "why": "weak"
    }  # fmt: skip
    here.done("/password", {"old": PASSWORD, "new": "et annet langt passord"})
    assert here.get("/me").status_code == 200
    assert there.get("/me").status_code == 401
    assert DeskClient(rig.url).sign_in("kari@foundry.no", PASSWORD).status_code == 401
    assert DeskClient(rig.url).sign_in("kari@foundry.no", "et annet langt passord").status_code == 200


def test_somebody_always_looks_after_the_accounts(rig: Rig) -> None:
    admin = desk_of(rig, "Kari", "admin")
    me = admin.read("/me")["staff"]["id"]
    for change in ({"role": "agent"}, {"active": False}):
        assert admin.send("PATCH", f"/staff/{me}", change).json()["why"] == "LastAdmin"
    assert admin.get("/me").status_code == 200
    new = {"email": "Per@Foundry.no", "name": "Per", "role": "admin", "password": PASSWORD}
    assert admin.post("/staff", {**new, "password": "for kort"}).json()["why"] == "weak"
    assert admin.post("/staff", new).status_code == 201
    assert admin.post("/staff", new).json() == {"error": "invalid", "field": "email", "why": "StaffError"}
    assert admin.send("PATCH", f"/staff/{me}", {"role": "agent"}).status_code == 200
    assert admin.send("PATCH", "/staff/nobody", {"role": "agent"}).status_code == 401


@pytest.mark.parametrize("email", ["kari@foundry.no", "nobody@foundry.no"])
def test_wrong_passwords_lock_any_address_for_a_growing_time(rig: Rig, email: str) -> None:
    """An address nobody has locks like any other, so that locking tells nothing."""
    who = staff_member(rig.own, "Kari", password=PASSWORD)
    browser = DeskClient(rig.url)
    for _ in range(sign_in.MOST_WRONG):
        answer = browser.sign_in(email, "ikke dette passordet")
        assert (answer.status_code, answer.json()) == (401, {"error": "wrong"})
    for password in ("ikke dette passordet", PASSWORD):
        answer = browser.sign_in(email, password)
        assert (answer.status_code, answer.json()["error"]) == (429, "locked")
        assert 45 <= answer.json()["seconds"] <= 61
    with writing(rig.own) as session:
        session.execute(update(SignInTry).values(locked_until=utcnow()))
    assert browser.sign_in(email, "ikke dette passordet").status_code == 401
    assert 105 <= browser.sign_in(email, PASSWORD).json()["seconds"] <= 121
    if email.startswith("kari"):
        staff.change(rig.own, who, Change(password="et nytt langt passord"))
        assert browser.sign_in(email, "et nytt langt passord").status_code == 200


def test_many_tries_at_once_are_not_more_than_one_after_the_other(rig: Rig) -> None:
    staff_member(rig.own, "Kari", password=PASSWORD)
    with ThreadPoolExecutor(12) as pool:
        answers = list(
            pool.map(lambda n: DeskClient(rig.url).sign_in("kari@foundry.no", f"galt passord {n}"), range(16))
        )
    codes = [answer.status_code for answer in answers]
    # 503: on a busy machine not every password gets its turn to be hashed in time; it counts all the same.
    assert codes.count(401) + codes.count(503) >= sign_in.MOST_WRONG >= codes.count(401), codes
    assert DeskClient(rig.url).sign_in("kari@foundry.no", PASSWORD).status_code == 429


def test_one_address_cannot_try_many_accounts(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    # The limit is of memory and time, not of passwords: hashing them would only make the test long.
    monkeypatch.setattr("bot.store.staff.passwords.fits", lambda *_: False)
    codes = [DeskClient(rig.url).sign_in(f"a{n}@foundry.no", "galt passord her").status_code for n in range(34)]
    assert codes[:25] == [401] * 25
    assert codes[-1] == 429


def test_an_unknown_address_takes_as_long_as_a_wrong_password(rig: Rig) -> None:
    """The spread of many calls, taken in turn, so that whatever else the machine does hits both alike."""
    names = [f"Kari{number}" for number in range(6)]
    for name in names:
        staff_member(rig.own, name, password=PASSWORD)
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(24):
        for kind, email in (
            ("known", f"{names[number % 6].lower()}@foundry.no"),
            ("unknown", f"x{number % 6}@foundry.no"),
        ):
            began = time.perf_counter()
            with pytest.raises(sign_in.WrongPassword):
                sign_in.sign_in(rig.own, email, "galt passord her", "192.0.2.1")
            times[kind].append(time.perf_counter() - began)
    known, unknown = (statistics.median(times[kind]) for kind in times)
    print(f"{rig.own.dialect.name}: known {known * 1000:.1f} ms, unknown {unknown * 1000:.1f} ms")
    assert abs(known - unknown) < 0.25 * max(known, unknown)


def test_nothing_about_a_failed_try_is_kept_but_that_it_failed(rig: Rig) -> None:
    staff_member(rig.own, "Kari", password=PASSWORD)
    DeskClient(rig.url).sign_in("mitt passord er hemmelig", "kari@foundry.no")
    DeskClient(rig.url).sign_in("kari@foundry.no", "hemmelig hemmelig")
    with reading(rig.own) as session:
        rows = session.scalars(select(Audit).where(Audit.action == "sign_in_failed")).all()
        assert len(rows) == 2
        assert "hemmelig" not in str([(row.target, row.detail, row.staff_name) for row in rows])


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"email": 1}', b'{"email": "a", "password": null}', b"[" * 3000, b'{"email":"\xff"}']
)
def test_any_body_is_answered(rig: Rig, body: bytes) -> None:
    answer = DeskClient(rig.url).http.post("/login", content=body)
    assert answer.status_code == 422
    assert DeskClient(rig.url).http.post("/login", content=b'"' + b"x" * 1_000_000).status_code == 413


def test_the_demo_shows_its_accounts_and_production_refuses_them(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_own()
    prepare_own()
    offered = DeskClient(rig.url).read("/sign-in")["demo_accounts"]
    assert len(offered) == 3
    for one in offered:
        assert DeskClient(rig.url).sign_in(one["email"], one["password"]).status_code == 200
    for name, value in {
        "SMELT_MODE": "production", "SMELT_SECRET": "s" * 40, "SMELT_JWT_SECRET": "j" * 40,
        "SMELT_PUBLIC_URL": "https://chat.foundry.no",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    monkeypatch.setattr("bot.web.__main__.invented_data", list)
    parts = build_parts()
    with pytest.raises(SettingsError, match="demo staff password in use: ingrid@"):
        check_start(parts)
    parts.own.dispose()
    with pytest.raises(RuntimeError):
        staff.add_demo_staff(rig.own)


def test_the_command_makes_an_account(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMELT_STAFF_PASSWORD", PASSWORD)
    assert staff.main(["add", "Liv@Foundry.no", "Liv", "--role", "admin"]) == 0
    assert staff.main(["add", "liv@foundry.no", "Liv"]) == 1
    assert "liv@foundry.no" in capsys.readouterr().err
    browser = DeskClient(rig.url)
    assert browser.sign_in("liv@foundry.no", PASSWORD).json()["staff"]["role"] == "admin"
    monkeypatch.setenv("SMELT_STAFF_PASSWORD", "for kort")
    assert staff.main(["password", "liv@foundry.no"]) == 1
    monkeypatch.setenv("SMELT_STAFF_PASSWORD", "et nytt langt passord")
    assert staff.main(["password", "liv@foundry.no"]) == 0
    assert browser.get("/me").status_code == 401
