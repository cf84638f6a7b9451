"""The road to the action server: kept alive, bounded in time, and with failures noted instead of swallowed.

Rasa waits 300 seconds, opens a connection for each call and answers HTTP 200 with nothing when the call fails
(``rasa/core/processor.py`` catches every exception of an action).
"""

from typing import Any
from urllib.parse import urljoin

import aiohttp
from rasa.utils.endpoints import EndpointConfig

from bot.engine import turn_state

TIMEOUT_SECONDS = 3.5
HEALTH_SECONDS = aiohttp.ClientTimeout(total=1.0)


class ActionsEndpoint(EndpointConfig):
    """Rasa's endpoint with one shared session. Raises what aiohttp raises, after noting it on the turn."""

    def __init__(self, url: str) -> None:
        super().__init__(url=url)
        self._shared: aiohttp.ClientSession | None = None

    async def request(self, method: str = "post", **kwargs: Any) -> Any:
        """POST one action call. ``json`` is the call; other arguments of Rasa's are not needed here.

        A turn that has failed makes no more calls: its time is over, and nothing of it will be kept.
        """
        state = turn_state.current()
        if state and state.failures:
            raise turn_state.TurnFailed(state.failures[0])
        try:
            return await self._post(kwargs["json"])
        except Exception as error:
            if state:
                state.fail(f"action {kwargs['json'].get('next_action')}: {type(error).__name__}")
            raise

    async def answers(self) -> bool:
        """Whether the action server is there and not stuck."""
        try:
            async with self._session().get(urljoin(self.url, "/health"), timeout=HEALTH_SECONDS) as response:
                return bool(response.status == 200)
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _post(self, call: dict[str, Any]) -> Any:
        async with self._session().post(self.url, json=call) as response:
            if response.status != 200:
                raise aiohttp.ClientError(f"action server answered {response.status}")
            return await response.json()

    def _session(self) -> aiohttp.ClientSession:
        if self._shared is None or self._shared.closed:
            self._shared = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))
        return self._shared
