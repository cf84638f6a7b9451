"""An engine for the page's tests: says what a test wants said, over the same door as the real one.

The real engine needs a trained model and chooses its own words; these tests are about what a browser makes of words.
Whole conversations with the real one are in ``tests/conversations``.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ScriptedEngine:
    """Answers ``/webhooks/smelt/turn`` from ``script`` (text → replies) and remembers what was asked."""

    def __init__(self) -> None:
        self.script: dict[str, list[dict[str, Any]]] = {}
        #: Where the request in progress stands after a message.
        self.states: dict[str, dict[str, Any] | None] = {}
        self.turns: list[dict[str, Any]] = []
        #: The language it answers a message in, where it is another than the page's.
        self.languages: dict[str, str] = {}
        self.broken = False
        self.pause = 0.0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def says(
        self,
        asked: str,
        *texts: str,
        buttons: dict[str, str] | None = None,
        card: dict[str, Any] | None = None,
        hand_over: str | None = None,
        state: dict[str, Any] | None = None,
        understood: list[dict[str, str]] | None = None,
    ) -> None:
        """Answer a message with these texts; the last one has the quick replies (title → payload) and the card.

        ``hand_over``: a person is wanted, for this reason. ``state``: where the request in progress stands then.
        ``understood``: how the message was read.
        """
        replies: list[dict[str, Any]] = [{"text": text, "buttons": [], "card": None} for text in texts]
        replies[-1]["buttons"] = [{"title": title, "payload": payload} for title, payload in (buttons or {}).items()]
        replies[-1] |= {"card": card, "hand_over": hand_over, "understood": understood or []}
        self.script[asked] = replies
        self.states[asked] = state

    def asked(self, text: str) -> list[dict[str, Any]]:
        """The turns this text was sent in."""
        return [turn for turn in self.turns if turn["text"] == text]

    def stop(self) -> None:
        """Close the door."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, turn: dict[str, Any]) -> dict[str, Any]:
        self.turns.append(turn)
        time.sleep(self.pause)
        if self.broken:
            return {"ok": False, "replies": [], "error": "failed"}
        replies = self.script.get(turn["text"], [{"text": f"Svar: {turn['text']}", "buttons": [], "card": None}])
        page = ((turn.get("metadata") or {}).get("client") or {}).get("language", "nb")
        language = self.languages.get(turn["text"], page)
        return {"ok": True, "replies": replies, "language": language, "state": self.states.get(turn["text"])}

    def _handler(engine) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def _send(self, answer: dict[str, Any]) -> None:
                body = json.dumps(answer).encode()
                self.send_response(200 if answer.get("ok", True) else 503)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self) -> None:
                self._send({"ready": True, "problem": None})

            def do_POST(self) -> None:
                call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._send(engine._answer(call) if self.path.endswith("/turn") else {"ok": True})

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler
