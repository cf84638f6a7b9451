"""Which language a member of staff reads: the desk's own choice, else the browser's."""

from starlette.requests import Request

from bot.common.replies import replies
from bot.web.desk.refusals import Invalid
from bot.web.texts import DEFAULT, accepted_language


def language_of(request: Request) -> str:
    """``?language=``, else what the browser prefers. Raises Invalid for one there are no texts in."""
    wish = request.query_params.get("language")
    if wish is None:
        wish = accepted_language(request.headers.get("accept-language")) or DEFAULT
    if wish not in replies().languages:
        raise Invalid("language")
    return wish
