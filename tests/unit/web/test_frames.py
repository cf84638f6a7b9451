"""Whatever JSON a client sends, reading it gives plain values or BadFrame."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.frames import BadFrame, read_email, read_session_request, read_uttered, squeezed
from bot.web.limits import ADDRESS_FACTOR, Buckets, Limits, network
from bot.web.texts import accepted_language, reply_language

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(["message", "session_id", "metadata", "customData", "last_seq", "language"])
FRAMES = JSON | st.dictionaries(KEYS, JSON, max_size=6)


@settings(max_examples=200, deadline=None)
@given(FRAMES)
def test_any_frame_can_be_read(frame: Any) -> None:
    request = read_session_request(frame)
    assert request.last_seq is None or 0 <= request.last_seq < 2**31
    assert request.token is None or request.token.isascii()
    uttered, refused = None, None
    try:
        uttered = read_uttered(frame, 4000)
    except BadFrame as bad:
        refused = bad.code
    if uttered is None:
        assert refused in ("malformed", "empty", "too_long", "crowded")
        return
    assert uttered.text.strip()
    assert "\x00" not in uttered.text
    uttered.text.encode()
    json.dumps(uttered.client, allow_nan=False).encode()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("RG5" + " " * 3000 + "RG7", "RG5" + " " * 8 + "RG7"),
        ("hei\n\n\n \t\n\n\nder", "hei\n\n\nder"),
        ("nei " * 900, "nei " * 8),
        ("hei" + "." * 500, "hei" + "." * 8),
        ("pos\t40\t\t3,2\n  - hus  12 stk\n", "pos\t40\t\t3,2\n  - hus  12 stk\n"),
        ("x" * 4000, "x" * 4000),
    ],
)
def test_long_runs_are_cut_and_what_is_written_stays(written: str, read: str) -> None:
    assert squeezed(written) == read


def test_more_figures_than_can_be_read_are_refused() -> None:
    lines = "\n".join(f"P-{at}\t40\t3,2" for at in range(60))
    assert read_uttered({"message": lines}, 4000).text == lines
    with pytest.raises(BadFrame, match="crowded"):
        read_uttered({"message": "1 2 3 4 5 6 7 " * 40}, 4000)


def test_deeply_nested_metadata_is_left_out() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]
    assert read_uttered({"message": "hei", "metadata": {"deep": deep}}, 10).client == {}
    assert read_uttered({"message": "hei", "metadata": "[" * 9000}, 10).client == {}


@pytest.mark.parametrize(("typed", "address"), [
    (" kari@pumpe.example ", "kari@pumpe.example"),
    ("sean.o'brien@pumpe.example", "sean.o'brien@pumpe.example"),
    ("kåre@STØPERI.example", "kåre@støperi.example"),
    ("r&d@pumpe.example", "r&d@pumpe.example"),
    ("skriv til kari@pumpe.example", None), ("kari@pumpe", None), ("k" * 300 + "@pumpe.example", None), ("", None),
    ("\ud800@pumpe.example", None), (7, None), (None, None), (["kari@pumpe.example"], None),
])  # fmt: skip
def test_an_address_in_a_field(typed: object, address: str | None) -> None:
    assert read_email(typed) == address


@pytest.mark.parametrize("client_id", ["", "x" * 65, "a b", "æ", 7, None, ["x"]])
def test_a_client_id_that_is_none_is_replaced(client_id: Any) -> None:
    first = read_uttered({"message": "hei", "metadata": {"client_id": client_id}}, 10).client_id
    assert len(first) == 32
    assert first != read_uttered({"message": "hei", "metadata": {"client_id": client_id}}, 10).client_id


def test_a_bucket_fills_again() -> None:
    bucket = Buckets(per_second=2, burst=3)
    for _ in range(3):
        assert bucket.wait("a", 0) == 0
        bucket.take("a", 0)
    assert bucket.wait("a", 0) == pytest.approx(0.5)
    assert bucket.wait("b", 0) == 0
    assert bucket.wait("a", 0.5) == 0
    assert bucket.wait("a", 1000) == 0


def test_an_address_has_a_share_of_its_own() -> None:
    limits = Limits(per_minute=60)
    accepted = sum(limits.check(f"socket {n}", f"conversation {n}", "192.0.2.1") == 0 for n in range(1000))
    assert 30 * ADDRESS_FACTOR <= accepted <= 32 * ADDRESS_FACTOR
    assert limits.check("socket", "conversation", "192.0.2.2") == 0


def test_events_have_a_share_of_their_own() -> None:
    limits = Limits(per_minute=60)
    assert 60 <= sum(limits.check_event("s", "192.0.2.1") == 0 for _ in range(200)) <= 62
    assert limits.check("s", "c", "192.0.2.1") == 0
    accepted = sum(limits.check_event(f"socket {number}", "192.0.2.9") == 0 for number in range(3000))
    assert 60 * ADDRESS_FACTOR <= accepted <= 62 * ADDRESS_FACTOR


def test_files_have_limits_of_their_own() -> None:
    limits = Limits(per_minute=60)
    assert 60 <= sum(limits.file_from("192.0.2.1") == 0 for _ in range(200)) <= 61
    assert 40 <= sum(limits.file_into("c1") == 0 for _ in range(200)) <= 41
    assert limits.file_from("192.0.2.2") == limits.file_into("c2") == limits.check("s", "c1", "192.0.2.1") == 0


def test_one_connection_has_many_addresses() -> None:
    assert network("2001:db8:1:2:aaaa::1") == network("2001:db8:1:2::ffff") != network("2001:db8:1:3::1")
    assert network("::ffff:192.0.2.1") == network("192.0.2.1") != network("192.0.2.2")
    assert network("unknown") == "unknown"
    limits = Limits(per_minute=60)
    accepted = sum(limits.file_from(f"2001:db8::{number:x}") == 0 for number in range(200))
    assert accepted <= 61


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, None), ("", None), ("nb-NO,nb;q=0.9", "nb"), ("no", "nb"), ("nn", "nb"), ("sv-SE", "nb"), ("en-US", "en"),
        ("de", "en"), ("fr-FR", "en"), ("*", None), (";;;", None),
    ],
)  # fmt: skip
def test_a_browsers_language(header: str | None, language: str | None) -> None:
    assert accepted_language(header) == language


def test_the_first_known_wish_counts_and_norwegian_is_the_house_language() -> None:
    assert reply_language(None, "da") == "nb"
    assert reply_language("ja", "nb") == "en"
    assert reply_language() == "nb"
