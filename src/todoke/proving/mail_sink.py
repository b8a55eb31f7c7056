"""SMTP server of a proof 郵便受け: accepts every mail and keeps it in memory."""

import contextlib
import socketserver
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


class _SmtpHandler(socketserver.StreamRequestHandler):
    server: "MailSink"

    def handle(self) -> None:
        """Accept mails until the sender disconnects; a mail that broke off is not accepted."""
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
        """Return a mail up to its closing dot, or None when the connection ended before."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                return None
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)


class MailSink(socketserver.ThreadingTCPServer):
    """SMTP server on a free loopback port until it is shut down; ``mails`` holds the parsed messages."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _SmtpHandler)
        self.mails: list[EmailMessage] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def keep(self, raw: bytes) -> None:
        self.mails.append(message_from_bytes(raw, policy=default))
