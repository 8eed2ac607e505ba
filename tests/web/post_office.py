"""A real mail server on this machine's own loopback, that keeps what it is given."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


class PostOffice(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a relay needs to take a mail."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        super().__init__(("127.0.0.1", 0), _Clerk)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Clerk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self._say("354 go on")
                self._keep()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _keep(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        cast(PostOffice, self.server).letters.append(letter)
        self._say("250 kept")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A server that runs until the end of the block."""
    with PostOffice() as office:
        thread = threading.Thread(target=office.serve_forever, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            office.shutdown()
            thread.join()
