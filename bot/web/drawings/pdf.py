"""What a PDF says of itself: how many pages, and its title. Its drawing is for people to read."""

import io

from pypdf import PdfReader

from bot.web.drawings.facts import Facts, plain_name


def read(content: bytes) -> Facts:
    """The facts of a PDF file. Raises what pypdf raises for a broken one."""
    reader = PdfReader(io.BytesIO(content[max(0, content.find(b"%PDF-")) :]), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return Facts()
    title = reader.metadata.title if reader.metadata else None
    return Facts(name=plain_name(title), pages=len(reader.pages))
