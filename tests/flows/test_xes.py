"""An analyst's XES file tells the same whichever program wrote it."""

import gzip
import io
import os
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast.event_logs import XES
from todoke.flows.mining.flat_xes import MOST_AT_ONCE, MOST_LEARNED, FlatEvents, trace_blocks
from todoke.flows.mining.log_columns import is_mined, is_time
from todoke.flows.mining.xes import read_xes
from todoke.flows.mining.xes_attributes import NotFlat, XesAttributes
from todoke.runtime.refusals import Unreadable

Rows = list[dict[str, object]]


def rows_of(raw: bytes) -> Rows:
    """Return the events, without what they lack, and the names of all attributes last."""
    table, names = read_xes(io.BytesIO(raw), lambda name: "w" not in name, lambda name: False)
    columns = {name: table.texts(name).texts() for name in sorted(table.columns)}
    events: Rows = [
        {name: texts[row] for name, texts in columns.items() if texts[row] is not None} for row in range(table.height)
    ]
    return [*events, dict.fromkeys(sorted(names), "")]


def parsed_rows(raw: bytes) -> Rows:
    """Return the same by the XML parser, to which a comment at the end leaves the log."""
    return rows_of(raw.replace(b"</log>", b"<!-- --></log>"))


TEXTS = st.text(st.sampled_from("ab&<>\"' 届け\u00a0/=\n\t;#"), max_size=5)
KEYS = st.sampled_from(["concept:name", "time:timestamp", "case:b", "b", "w", "案件", "a&b", "x y"])
KINDS = st.sampled_from(["string", "date", "int", "float", "boolean", "id"])


FLAT_SHAPES = ("<{0} key={1} value={2}/>", "<{0} key={1} value={2} />\n")
OTHER_SHAPES = (
    "<{0} value={2} key={1}/>",
    "<{0} key={1} value={2}></{0}>",
    '<{0} key={1} value={2}><string key="b" value="inner"/></{0}>',
    '<list key={1}><values><string key="b" value="inner"/></values></list>',
    "<{0}\n key={1}  value={2}/><!-- <event> -->",
    '<{0} key={1} value={2}/> text "and" <![CDATA[<event>]]>',
    "<{0} key={1}/>",
)


def logs(shapes: tuple[str, ...]) -> st.SearchStrategy[str]:
    attribute = st.builds(str.format, st.sampled_from(shapes), KINDS, KEYS.map(quoteattr), TEXTS.map(quoteattr))
    event = st.lists(attribute, max_size=3).map("".join).map("<event>{}</event>".format)
    trace = st.lists(attribute | event, max_size=6).map("".join).map("\n<trace>\n{}</trace>".format)
    declared = st.builds('<global scope="{}">{}</global>'.format, st.sampled_from(["trace", "event"]), attribute)
    return st.tuples(st.lists(declared, max_size=2), st.lists(trace | attribute, max_size=4)).map(
        lambda parts: "".join([*parts[0], *parts[1]])
    )


@settings(max_examples=int(os.environ.get("TODOKE_SEQUENCES", "100")), deadline=None)
@given(
    logs(FLAT_SHAPES) | logs(FLAT_SHAPES + OTHER_SHAPES),
    st.sampled_from(["<log>", '<log xmlns="http://www.xes-standard.org/">']),
)
def test_any_log_reads_as_the_xml_parser_reads_it(content: str, root: str) -> None:
    raw = f"{root}{content}</log>\n".encode()
    assert rows_of(raw) == parsed_rows(raw)


def test_a_log_as_most_programs_write_it_need_not_be_parsed_as_xml() -> None:
    raw = XES.encode()
    block = next(trace_blocks(io.BytesIO().read, raw[raw.index(b"<trace>") :]))
    events = FlatEvents(XesAttributes(is_mined), is_time)
    events.read(block)
    assert events.height == 2


LONG = "".join(
    f'<trace><string key="concept:name" value="案件{case}"/>'
    + "".join(f'<event><string key="concept:name" value="{act}"/></event>\n' for act in range(9))
    + "</trace>\n"
    for case in range(4000)
)


def test_a_long_log_is_read_block_by_block_without_loss() -> None:
    table, _ = read_xes(io.BytesIO(gzip.compress(f"<log>{LONG}</log>".encode())), is_mined, is_time)
    assert table.texts("case:concept:name").texts() == [f"案件{case}" for case in range(4000) for _ in range(9)]
    assert table.texts("concept:name").texts() == [str(act) for act in range(9)] * 4000


def test_a_trace_without_end_is_left_to_the_parser_rather_than_gathered() -> None:
    with pytest.raises(NotFlat):
        list(trace_blocks(io.BytesIO(b"<event/>" * MOST_AT_ONCE).read, b"<trace>"))


def test_a_log_of_ever_new_keys_is_left_to_the_parser_rather_than_learned() -> None:
    attributes = "".join(f'<string key="a{number}" value="1"/>' for number in range(MOST_LEARNED))
    block = f"<trace>{attributes}</trace>".encode()
    with pytest.raises(NotFlat):
        FlatEvents(XesAttributes(is_mined), is_time).read(block)


FLAT = '<trace><string key="concept:name" value="1"/><event><string key="concept:name" value="{}"/></event></trace>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "euc_jp", "shift_jis"])
def test_the_encoding_is_the_one_that_the_file_declares(encoding: str) -> None:
    declared = encoding.removesuffix("-sig").replace("_", "-")
    raw = f'<?xml version="1.0" encoding="{declared}"?><log>{FLAT.format("届け")}</log>'.encode(encoding)
    assert rows_of(raw)[0] == {"case:concept:name": "1", "concept:name": "届け"}


def test_a_latin_file_is_read_in_its_own_encoding() -> None:
    raw = f'<?xml version="1.0" encoding="ISO-8859-1"?><log>{FLAT.format("Prüfung")}</log>'.encode("latin-1")
    assert rows_of(raw)[0]["concept:name"] == "Prüfung"


@pytest.mark.parametrize(
    "head", ["<!-- <trace> -->", "<?note <trace> ?>", "<a><![CDATA[<trace>]]></a>", "<trace></trace>"]
)
def test_a_trace_named_in_a_comment_is_none(head: str) -> None:
    assert len(rows_of(f"<log>{head}{FLAT.format('a')}</log>".encode())) == 2


def test_what_an_event_lacks_has_the_value_that_the_log_declares() -> None:
    head = '<global scope="event"><string key="concept:name" value="UNKNOWN"/></global>'
    raw = f"<log>{head}{FLAT.format('a')}<trace><event></event></trace></log>".encode()
    assert rows_of(raw) == parsed_rows(raw)
    assert [row.get("concept:name") for row in rows_of(raw)[:-1]] == ["a", "UNKNOWN"]


@pytest.mark.parametrize("broken", [
    "<event>", "</event>", "</trace>", "<trace>", "&other;", "&", "\x01", "\uffff", "<<", "<event",
    '<string key="a', "<a>", '<"a" value="b"/>',
    '<string key="a" value="<"/>', '<string key="a" value="&b;"/>', '<string key="a" key="a"/>',
])  # fmt: skip
def test_what_is_no_xml_is_refused_in_words(broken: str) -> None:
    raw = f"<log>{FLAT.format('a')}{FLAT.format('b').replace('<event>', broken + '<event>', 1)}</log>".encode()
    with pytest.raises(Unreadable, match="読めません"):
        rows_of(raw)


def test_bytes_that_are_no_utf8_are_refused() -> None:
    with pytest.raises(Unreadable, match="読めません"):
        rows_of(f"<log>{FLAT.format('X')}</log>".encode().replace(b"X", b"\xff"))


def test_a_packed_file_that_is_damaged_is_refused() -> None:
    packed = bytearray(gzip.compress(XES.encode()))
    packed[40] ^= 0xFF
    with pytest.raises(Unreadable, match="読めません"):
        rows_of(bytes(packed))


def test_values_that_mining_does_not_ask_for_are_not_kept() -> None:
    table, names = read_xes(io.BytesIO(XES.replace('key="channel"', 'key="note"').encode()), is_mined, is_time)
    assert ("case:note" in names, "case:note" in table.columns) == (True, False)
