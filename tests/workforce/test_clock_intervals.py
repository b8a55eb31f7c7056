"""Clock events become spans; what is missing is asked for and never invented."""

from todoke.workforce.clock_intervals import ClockKind, Stamp, read_clock

IN, OUT, BREAK, RETURN = ClockKind.IN, ClockKind.OUT, ClockKind.BREAK, ClockKind.RETURN


def test_a_day_with_a_break() -> None:
    read = read_clock([Stamp(1035, OUT), Stamp(510, IN), Stamp(720, BREAK), Stamp(780, RETURN)])
    assert (read.present, read.breaks, read.missing) == (((510, 1035),), ((720, 780),), ())


def test_a_forgotten_clock_out_stays_open_and_adds_no_minute() -> None:
    read = read_clock([Stamp(510, IN)])
    assert (read.present, read.missing) == ((), ("退勤がありません",))


def test_an_end_without_a_beginning_is_named() -> None:
    assert read_clock([Stamp(1035, OUT)]).missing == ("出勤がないまま、退勤があります",)
    assert read_clock([Stamp(510, IN), Stamp(700, RETURN), Stamp(800, OUT)]).missing == ("休憩の始まりがありません",)


def test_a_second_beginning_keeps_the_first() -> None:
    read = read_clock([Stamp(510, IN), Stamp(520, IN), Stamp(1035, OUT)])
    assert (read.present, len(read.missing)) == (((510, 1035),), 1)


def test_a_break_that_nobody_ended_ends_with_the_day() -> None:
    assert read_clock([Stamp(510, IN), Stamp(1000, BREAK), Stamp(1035, OUT)]).breaks == ((1000, 1035),)
