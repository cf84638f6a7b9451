"""What the rooms of the desk share."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import socketio

from bot.conversations.sessions import StaffMember
from bot.web.parts import Parts
from bot.web.turns import Turns

if TYPE_CHECKING:
    from bot.web.live import Live

__all__ = ["Desk", "StaffMember"]


@dataclass
class Desk:
    """Databases and the engine, sockets, what is told to browsers, and the turns of the assistant."""

    parts: Parts
    sio: socketio.AsyncServer
    live: "Live"
    turns: Turns
