"""Somebody's website with the widget on it: another origin, a strict policy, and CSS that would spoil what it reached."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html>
<html lang="{language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Fjellvik Pumper</title>
    <link rel="stylesheet" href="/host.css" />
    <link rel="icon" href="data:," />
  </head>
  <body>
    <main>
      <h1>Fjellvik Pumper</h1>
      <p>{words}</p>
      <button>Bestill</button>
    </main>
    <script src="{source}" {attributes} async></script>
  </body>
</html>
"""
CSS = """
html { font-size: 10px; }
* { font-family: serif !important; letter-spacing: 3px; line-height: 3; text-transform: uppercase; }
button, div, p, dialog, input, section { background: lime; border: 4px solid red; border-radius: 0; color: yellow; }
smelt-launcher { display: none; opacity: 0; position: static; }
:root { --accent: blue; --ink: pink; --surface: yellow; --muted: white; }
"""


#: What a page says of Trusted Types, by its path.
TRUSTED = {
    "/named": "; require-trusted-types-for 'script'; trusted-types smelt",
    "/single": "; trusted-types smelt",
    "/unnamed": "; trusted-types myapp",
}


class HostPage:
    """Serves ``/`` (script from the chat's server), ``/own`` (an own copy of it), with ``?<attributes of the tag>``.

    ``/named`` and ``/unnamed`` allow only some policies of Trusted Types, ours or another.
    """

    def __init__(self, server: str) -> None:
        self.server = server
        self.script = ""
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Close the website."""
        self._http.shutdown()
        self._http.server_close()

    def _policy(self, own: bool) -> str:
        scripts = "'self'" if own else f"'self' {self.server}"
        sockets = self.server.replace("http", "ws")
        return (
            f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src data:; "
            f"connect-src {self.server} {sockets}; base-uri 'none'; form-action 'none'"
        )

    def _handler(host) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path, _, query = self.path.partition("?")
                own = path == "/own"
                if path == "/host.css":
                    return self._send("text/css", CSS)
                if path == "/widget.js":
                    return self._send("text/javascript", host.script)
                source = "/widget.js" if own else f"{host.server}/widget.js"
                attributes = query.replace("&", " ").replace("%20", " ").replace("%22", '"')
                language = "en" if "en" in query else "nb"
                page = PAGE.format(language=language, source=source, attributes=attributes, words="Pumper. " * 300)
                return self._send("text/html; charset=utf-8", page, host._policy(own) + TRUSTED.get(path, ""))

            def _send(self, kind: str, text: str, policy: str = "") -> None:
                body = text.encode()
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                if policy:
                    self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler
