"""Reading a trace: nothing that acknowledges leaves while what it acknowledges waits for the disk."""

from todoke.proving.fsync_order import parse_trace

ANSWER = r'7 sendto(9<TCP:[1]>, "HTTP/1.1 302 Found\r\nlocation: /applications/abc/receipt/\r\n", 80) = 80'
WAL = "/var/todoke.sqlite3-wal"


def test_an_answer_after_the_sync_is_in_order() -> None:
    order = parse_trace([f'7 pwrite64(5<{WAL}>, "", 24, 0) = 24', f"7 fdatasync(5<{WAL}>) = 0", ANSWER])
    assert (order.acknowledged, order.early) == (1, [])


def test_an_answer_before_the_sync_is_early() -> None:
    order = parse_trace([f'7 pwrite64(5<{WAL}>, "", 24, 0) = 24', ANSWER])
    assert len(order.early) == 1


def test_a_sync_that_has_not_returned_does_not_count() -> None:
    begun = ['7 write(6</var/files/uploads/a.pdf>, "", 9) = 9', "8 fsync(6</var/files/uploads/a.pdf> <unfinished ...>"]
    assert len(parse_trace([*begun, ANSWER]).early) == 1
    assert parse_trace([*begun, "8 <... fsync resumed>) = 0", ANSWER]).early == []


def test_other_answers_and_other_files_do_not_matter() -> None:
    page = '7 sendto(9<TCP:[1]>, "HTTP/1.1 200 OK", 15) = 15'
    assert parse_trace([f'7 pwrite64(5<{WAL}>, "", 24, 0) = 24', page]).acknowledged == 0
    assert parse_trace(['7 write(2</var/server.log>, "", 9) = 9', ANSWER]).early == []
