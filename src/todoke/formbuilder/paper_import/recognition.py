"""Recognition 様式の読み取り: turns labels beside boxes into questions; other texts are listed with the reason."""

from todoke.formbuilder.paper_import import printed_boxes
from todoke.formbuilder.paper_import.cell_reader import CellReader
from todoke.formbuilder.paper_import.findings import Recognition, join_boxes
from todoke.formbuilder.paper_import.grid import LINES, Grid, read_grids
from todoke.formbuilder.paper_import.line_reader import LineReader
from todoke.formbuilder.paper_import.plain_text import bare
from todoke.formbuilder.paper_import.reading_state import ReadingState


def recognise(grids: list[Grid]) -> Recognition:
    """Return the questions of all sheets and tables of a form; every other text is listed with the reason."""
    state = ReadingState.of(grids)
    for at, grid in enumerate(grids):
        if grid.name == LINES:
            LineReader(grid, state, grids[at + 1] if at + 1 < len(grids) else None).read()
        else:
            CellReader(grid, state).read()
            state.rest_is_office = False
        for text in grid.floating:
            state.leave(text, grid.name, "図形や部品の中の言葉")
    state.reading.questions = join_boxes(state.reading)
    _list_unsaid(grids, state.reading)
    return state.reading


def _list_unsaid(grids: list[Grid], reading: Recognition) -> None:
    """List every text of which a word was neither asked nor listed: nothing goes in silence."""
    told = [reading.title, *(left.text for left in reading.skipped)]
    for one in reading.questions:
        told += [one.label, one.group, *one.options]
    everything = bare("\n".join(told))
    for grid in grids:
        for cell in grid.cells:
            words = [bare(word) for word in printed_boxes.words_of(cell.text)]
            if bare(cell.text) not in everything and not all(word in everything for word in words):
                reading.say_left(cell.words, grid.address(cell), "印刷された言葉")


def read_paper_form(name: str, content: bytes) -> Recognition:
    """Return the questions of a paper form, XLSX or DOCX, told by its name. Raises Unreadable."""
    return recognise(read_grids(name, content))
