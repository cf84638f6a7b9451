"""The desk as a browser uses it: cookie, token and origin."""

from typing import Any

import httpx
from sqlalchemy import Engine

from bot.conversations import sessions
from bot.conversations.database import writing
from bot.web.desk.guard import COOKIE


class DeskClient:
    """A signed-in (or not signed-in) browser of the desk."""

    def __init__(self, url: str, cookie: str | None = None) -> None:
        self.url = url
        cookies = {COOKIE: cookie} if cookie else None
        self.http = httpx.Client(base_url=f"{url}/desk/api", headers={"Origin": url}, cookies=cookies, timeout=10)
        self.csrf = ""
        if cookie:
            self.csrf = self.get("/me").json()["csrf"]

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.http.get(path, **more)

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        headers = {"X-CSRF-Token": self.csrf} | more.pop("headers", {})
        return self.http.request(method, path, json={} if body is None else body, headers=headers, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        return self.send("POST", path, body, **more)

    def done(self, path: str, body: Any = None) -> Any:
        """POST that must succeed; its answer."""
        answer = self.post(path, body)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json()

    def read(self, path: str, **more: Any) -> Any:
        """GET that must succeed; its answer."""
        answer = self.get(path, **more)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json()

    def sign_in(self, email: str, password: str) -> httpx.Response:
        answer = self.http.post("/login", json={"email": email, "password": password})
        if answer.status_code == 200:
            self.csrf = answer.json()["csrf"]
        return answer


def session_for(own: Engine, staff_id: str) -> str:
    """A cookie of a signed-in browser, without the sign-in."""
    with writing(own) as session:
        return sessions.begin_in(session, staff_id)
