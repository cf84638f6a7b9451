"""Whose requests the desk takes, and how it reads them."""

from typing import Any

import pytest

from bot.store.staff import passwords, sign_in
from bot.web.desk import body
from bot.web.desk.guard import check_origin, csrf_token
from bot.web.desk.refusals import Invalid, Refused


@pytest.mark.parametrize(
    ("origin", "host", "forwarded"),
    [
        ("https://chat.foundry.no", "chat.foundry.no", None),
        ("http://127.0.0.1:8080", "127.0.0.1:8080", None),
        ("https://chat.foundry.no", "web:8080", "chat.foundry.no, inner"),
    ],
)
def test_a_page_of_our_own_host_may_change_things(origin: str, host: str, forwarded: str | None) -> None:
    check_origin(origin, host, forwarded)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (None, "chat.foundry.no"),
        ("", ""),
        ("null", "chat.foundry.no"),
        ("https://evil.example", "chat.foundry.no"),
        ("https://chat.foundry.no.evil.example", "chat.foundry.no"),
        ("https://chat.foundry.no@evil.example", "chat.foundry.no"),
        ("https://chat.foundry.no:8443", "chat.foundry.no"),
        ("https://[", "chat.foundry.no"),
    ],
)
def test_no_other_page_may(origin: str | None, host: str) -> None:
    with pytest.raises(Refused, match="origin"):
        check_origin(origin, host, None)


def test_a_token_fits_one_cookie_alone() -> None:
    assert csrf_token("a") == csrf_token("a") != csrf_token("b")


@pytest.mark.parametrize("value", [None, 7, "", "  \n", "x" * 11, ["x"], "\0\x07"])
def test_a_text_that_is_none_is_refused_by_name(value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        body.text({"text": value}, "text", 10)
    assert refused.value.more == {"field": "text"}


def test_a_text_is_freed_of_what_no_database_stores() -> None:
    assert body.text({"text": " a\0b\r\nc\ud800 "}, "text", 20) == "ab\nc?"


@pytest.mark.parametrize("value", [True, 1.5, "1", None, -1, 2**31])
def test_a_number_that_is_none_is_refused(value: Any) -> None:
    with pytest.raises(Invalid):
        body.number({"seq": value}, "seq")


@pytest.mark.parametrize("password", ["", "elleve tegn", "x" * 201, "aaaaaaaaaaaaaaaa", "abababababababab"])
def test_a_weak_password_cannot_be_chosen(password: str) -> None:
    with pytest.raises(passwords.WeakPassword):
        passwords.check(password)


def test_a_lock_grows_to_an_hour() -> None:
    minutes = [sign_in.lock_time(failed).total_seconds() / 60 for failed in (8, 9, 10, 13, 14, 5000)]
    assert minutes == [1, 2, 4, 32, 60, 60]


@pytest.mark.parametrize("password_hash", [None, "", "no hash", "$argon2id$v=19$m=65536,t=3,p=4$x$y"])
def test_no_password_fits_what_is_no_hash(password_hash: str | None) -> None:
    assert not passwords.fits(password_hash, "nobody has this password")
