"""The mailbox of the proofs keeps what was handed over whole, and nothing else."""

import smtplib
import socket

from todoke.proving.mail_sink import MailSink

WITHIN = 60.0
MAIL = b"Message-ID: <one@todoke>\r\nTo: hanako@example.jp\r\n\r\n..dots\r\n"


def test_a_mail_is_kept_as_it_was_sent() -> None:
    sink = MailSink()
    with smtplib.SMTP("127.0.0.1", sink.port) as sender:
        sender.sendmail("ward@example.jp", ["hanako@example.jp"], MAIL)
    sink.shutdown()
    assert [(mail["Message-ID"], mail.get_content().strip()) for mail in sink.mails] == [("<one@todoke>", "..dots")]


def test_a_mail_whose_sender_was_killed_in_the_middle_was_never_taken() -> None:
    sink = MailSink()
    with socket.create_connection(("127.0.0.1", sink.port), timeout=WITHIN) as sender:
        for words in (b"EHLO me", b"MAIL FROM:<a@example.jp>", b"RCPT TO:<b@example.jp>", b"DATA"):
            sender.sendall(words + b"\r\n")
        sender.sendall(MAIL)
        sender.shutdown(socket.SHUT_WR)
        while sender.recv(1000):
            pass
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=WITHIN) as sender:
        sender.sendmail("ward@example.jp", ["hanako@example.jp"], MAIL)
    sink.shutdown()
    assert len(sink.mails) == 1
