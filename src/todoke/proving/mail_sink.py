"""A mail sink 郵便受け: takes every mail over SMTP and remembers it, as a reader's mailbox would."""

import contextlib
import socketserver
import threading
from email import message_from_bytes
from email.message import Message
from email.policy import default


class _Conversation(socketserver.StreamRequestHandler):
    server: "MailSink"

    def handle(self) -> None:
        """Take mails until the sender goes, or is killed; a mail that broke off was never taken."""
        with contextlib.suppress(ConnectionError):
            self._converse()

    def _converse(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline(2000):
            word = line[:4].upper().strip()
            if word == b"DATA":
                self._say("354 go on")
                raw = self._read()
                if raw is None:
                    return
                self.server.keep(raw)
                self._say("250 kept")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def _read(self) -> bytes | None:
        """Return a mail up to its closing dot; None when the sender was gone before."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                return None
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)


class MailSink(socketserver.ThreadingTCPServer):
    """Listens on a loopback port of its own until closed."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[Message] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def keep(self, raw: bytes) -> None:
        self.mails.append(message_from_bytes(raw, policy=default))
