"""The desk as a browser uses it: cookie, token and origin."""

import functools
from typing import Any

import httpx
import socketio
from sqlalchemy import Engine

from bot.common.signing import read_conversation
from bot.store.database import writing
from bot.store.staff import sessions, staff
from bot.web.desk.guard import COOKIE
from tests.integration.conftest import Rig
from tests.integration.web_rig import Chat

HEARD = ("queue", "message", "changed", "owner", "customer_typing", "seen", "case", "presence", "state")


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


def staff_member(own: Engine, name: str, role: str = "agent", password: str | None = None) -> str:
    """Id of a new account ``<name>@foundry.no``."""
    return staff.add(own, f"{name.lower()}@foundry.no", name, role, password).member.id


def desk_of(rig: Rig, name: str, role: str = "agent") -> DeskClient:
    """A new account's signed-in browser."""
    return DeskClient(rig.url, session_for(rig.own, staff_member(rig.own, name, role)))


class DeskSocket(Chat):
    """A socket of the desk that notes everything it hears."""

    def __init__(self, desk: DeskClient, **headers: str) -> None:
        cookie = desk.http.cookies.get(COOKIE)
        known = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
        super().__init__(desk.url, **{"Origin": desk.url, **known, **headers})
        self.socket = socketio.AsyncClient(reconnection=False)
        for event in HEARD:
            self.socket.on(event, functools.partial(self._hear, event), namespace="/desk")

    async def connect(self) -> None:
        await self.socket.connect(self.url, transports=["websocket"], headers=self.headers, namespaces=["/desk"])

    async def call(self, event: str, **frame: Any) -> Any:
        return await self.socket.call(event, frame, namespace="/desk", timeout=5)


async def conversation_of(chat: Chat, text: str = "hei") -> str:
    """The id of a conversation with one answered message."""
    await chat.open()
    await chat.ask(text)
    found = read_conversation(chat.session)
    assert found
    return found
