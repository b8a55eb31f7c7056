import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from todoke.runtime.load_shedding import PAGE, LoadShedder, is_newcomer

PATIENCE = 60.0


def _request(path: str = "/", method: str = "GET", cookie: str = "") -> dict[str, Any]:
    return {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_COOKIE": cookie}


def _open(crowd: LoadShedder, **request: str) -> tuple[str, dict[str, str], bytes]:
    begun: list[Any] = []
    body = crowd(_request(**request), lambda status, headers, exc_info=None: begun.extend((status, dict(headers))))
    return begun[0], begun[1], b"".join(body)


class Page(list[bytes]):
    streaming = False

    def close(self) -> None:
        """Nothing to let go of."""


def test_a_newcomer_is_told_to_come_again_and_whoever_began_gets_in() -> None:
    doors, reached = threading.Event(), threading.Semaphore(0)

    def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        reached.release()
        assert doors.wait(PATIENCE)
        start_response("200 OK", [("X-Path", environ["PATH_INFO"])])
        return Page([environ["PATH_INFO"].encode()])

    crowd = LoadShedder(slow, workers=1, queue=0, page=PAGE)
    answers: list[tuple[str, dict[str, str], bytes]] = []
    first = threading.Thread(target=lambda: answers.append(_open(crowd)))
    first.start()
    assert reached.acquire(timeout=PATIENCE)
    status, headers, body = _open(crowd)
    assert status.startswith("503")
    assert int(headers["Retry-After"]) > 0
    assert "ただいま混み合っています" in body.decode()
    begun = threading.Thread(target=lambda: answers.append(_open(crowd, path="/applications/x/", cookie="drafts=abc")))
    begun.start()
    doors.set()
    first.join(PATIENCE)
    begun.join(PATIENCE)
    assert sorted(body for _, _, body in answers) == [b"/", b"/applications/x/"]
    assert _open(crowd)[0] == "200 OK"


def test_an_error_of_the_program_is_not_swallowed_and_frees_its_place() -> None:
    def broken(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        raise RuntimeError("broken")

    crowd = LoadShedder(broken, workers=1, queue=0, page=PAGE)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            _open(crowd)


@pytest.mark.parametrize(
    ("request_", "newcomer"),
    [
        (_request("/"), True),
        (_request("/procedures/P-1/start/", cookie="csrf=1; language=ja"), True),
        (_request("/", cookie="csrf=1; drafts=abc"), False),
        (_request("/office/", cookie="session=abc"), False),
        (_request("/procedures/P-1/application/", "POST"), False),
        (_request("/static/design/todoke.css"), False),
        (_request("/accounts/login/"), False),
    ],
)
def test_who_holds_something_here_is_no_newcomer(request_: dict[str, Any], newcomer: bool) -> None:
    assert is_newcomer(request_) is newcomer
