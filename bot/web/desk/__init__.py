"""The sales desk behind ``/desk``: its API, its sockets and who may use them."""
