"""Shipments with their link, and the carrier's live status from a real server on loopback."""

import datetime as dt
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import Engine, text

from actions.production import shipments
from actions.production.shipments import Live, live_status, shipments_of
from bot.common.settings import settings

from .conftest import identity_of


def event(status: str, at: str, city: str = "OSLO") -> dict[str, Any]:
    return {"status": status, "dateIso": at, "city": city, "description": "words we do not repeat"}


def consignment(*events: dict[str, Any]) -> dict[str, Any]:
    return {
        "consignmentSet": [{"consignmentId": "1", "packageSet": [{"packageNumber": "1", "eventSet": list(events)}]}]
    }


class Bring:
    """The tracking API as far as we ask it; answers what a test puts in."""

    def __init__(self) -> None:
        self.answer: Any = consignment(
            event("IN_TRANSIT", "2027-03-01T07:10:00+01:00", "HAMAR"), event("HANDED_IN", "2027-02-28T16:00:00+01:00")
        )  # fmt: skip
        self.status = 200
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.wait, self.drip = 0.0, 0.0
        bring = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                bring.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                time.sleep(bring.wait)
                body = bring.answer if isinstance(bring.answer, bytes) else json.dumps(bring.answer).encode()
                self.send_response(bring.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    for byte in [body] if not bring.drip else [bytes([each]) for each in body]:
                        self.wfile.write(byte)
                        time.sleep(bring.drip)
                except OSError:
                    pass

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def bring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bring]:
    found = Bring()
    monkeypatch.setenv("SMELT_BRING_URL", f"http://127.0.0.1:{found.server.server_port}")
    monkeypatch.setenv("SMELT_BRING_UID", "sales@norsemetal.example")
    monkeypatch.setenv("SMELT_BRING_KEY", "secret-key")
    settings.cache_clear()
    shipments.forget()
    yield found
    found.server.shutdown()
    found.server.server_close()
    settings.cache_clear()
    shipments.forget()


def test_the_newest_event_is_told(bring: Bring) -> None:
    found = live_status("Bring Cargo", "370438101015432363")
    assert found == Live("on_the_way", dt.datetime.fromisoformat("2027-03-01T07:10:00+01:00"), "Hamar")
    path, headers = bring.asked[0]
    assert path == "/tracking/api/v2/tracking.json?q=370438101015432363&lang=en"
    assert headers["x-mybring-api-uid"] == "sales@norsemetal.example"
    assert headers["x-mybring-api-key"] == "secret-key"
    assert headers["x-bring-client-url"]


def test_an_answer_is_remembered_for_ten_minutes(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        live_status("Bring", "1")
    live_status("Bring", "2")
    assert len(bring.asked) == 2
    begun = time.monotonic()
    monkeypatch.setattr(shipments.time, "monotonic", lambda: begun + 601)
    live_status("Bring", "1")
    assert len(bring.asked) == 3


def test_a_failure_is_remembered_for_a_minute(bring: Bring) -> None:
    bring.status = 500
    assert [live_status("Bring", "1") for _ in range(3)] == [None, None, None]
    assert len(bring.asked) == 1


@pytest.mark.parametrize("slow", ["wait", "drip"])
def test_a_slow_carrier_holds_nobody_longer_than_its_time(
    bring: Bring, monkeypatch: pytest.MonkeyPatch, slow: str
) -> None:
    monkeypatch.setattr(shipments, "SECONDS", 0.3)
    setattr(bring, slow, 2.0 if slow == "wait" else 0.05)
    begun = time.monotonic()
    assert live_status("Bring", "1") is None
    assert time.monotonic() - begun < 1.0


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>", b"", [], {}, {"consignmentSet": []}, {"consignmentSet": [{"error": {"code": 404}}]},
        consignment(), consignment({"status": "IN_TRANSIT"}), consignment(event("IN_TRANSIT", "yesterday")),
        {"consignmentSet": None}, "text", 7,
    ],
)  # fmt: skip
def test_what_is_not_as_documented_is_no_answer(bring: Bring, answer: Any) -> None:
    bring.answer = answer
    assert live_status("Bring", "1") is None


@pytest.mark.parametrize("status", [301, 302, 401, 404, 429, 503])
def test_no_other_status_counts_and_no_redirect_is_followed(bring: Bring, status: int) -> None:
    bring.status = status
    assert live_status("Bring", "1") is None
    assert len(bring.asked) == 1


def test_a_status_nobody_knows_is_unknown(bring: Bring) -> None:
    bring.answer = consignment(event("TELEPORTED", "2027-03-01T07:10:00+01:00", ""))
    found = live_status("Bring", "1")
    assert found
    assert (found.status, found.place) == ("unknown", None)


def test_without_a_key_or_for_another_carrier_nobody_is_asked(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    assert live_status("Østerdal Gods", "1") is None
    assert live_status("Bring", None) is None
    monkeypatch.delenv("SMELT_BRING_KEY")
    settings.cache_clear()
    assert live_status("Bring", "1") is None
    assert bring.asked == []


def test_shipments_are_the_customers_own_with_a_link(plant: Engine) -> None:
    kari = identity_of(plant, "demo-kari")
    found = shipments_of(plant, kari, "SO-30411")
    assert len(found) == 1
    assert found[0].tracking_url
    assert found[0].tracking_url.endswith(found[0].tracking_no or "-")
    assert found[0].live is None
    assert shipments_of(plant, identity_of(plant, "demo-jens"), "SO-30411") == []
    assert shipments_of(plant, kari, "SO-30417") == []


def test_only_what_is_on_its_way_is_asked_for_and_only_web_addresses_are_links(own_plant: Engine, bring: Bring) -> None:
    with own_plant.begin() as connection:
        connection.execute(text("UPDATE delivery SET carrier = 'Bring', tracking_url = 'javascript:alert(1)'"))
    kari = identity_of(own_plant, "demo-kari")
    on_the_way = shipments_of(own_plant, kari, "SO-30411")[0]
    assert on_the_way.live
    assert on_the_way.live.status == "on_the_way"
    assert on_the_way.tracking_url is None
    assert shipments_of(own_plant, kari, "SO-30412")[0].live is None
    assert shipments_of(own_plant, kari, "SO-30411", live=False)[0].live is None
    assert len(bring.asked) == 1
