"""The parser in C and the one that goes cell by cell give the same numbers and the same errors."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdviz.files.csv_cells import CellParser
from gdviz.files.csv_reader import FileError, read_table

CELLS = ["1", "-2.5", "1e3", "", " 7", ".5", "+3.", "1e60", '"3"', '" 6 "', '""', "1,5", '"1,5"']
WRONG = ["1 2", '"4', "x", "nan", "1_0", "#", '5"', "é", "0x1", "1.2.3", "\t8", "\x0b9", "\u2028"]
cells = st.sampled_from([*CELLS, *WRONG])


def result(path: Path) -> object:
    try:
        table = read_table(path)
    except FileError as error:
        return str(error)
    return table.names, table.text_columns, [column.tobytes() for column in table.columns]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300
)
@given(
    rows=st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=5),
    top=st.sampled_from([["1", "2"], ["1", "2", "3"], ["a", "1", "2"], ["1.5", "2", ""]]),
    delimiter=st.sampled_from([",", ";", "\t", " "]),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    header=st.booleans(),
)
def test_both_paths_agree(
    tmp_path: Path,
    rows: list[list[str]],
    top: list[str],
    delimiter: str,
    newline: str,
    header: bool,
) -> None:
    names = [["p", "q", "r"][: len(top)]] if header else []
    lines = [delimiter.join(row) for row in [*names, top, top, top, *rows]]
    path = tmp_path / "points.csv"
    path.write_bytes(newline.join(lines).encode())
    with patch.object(CellParser, "parse_fast", return_value=None):
        slowly = result(path)
    assert result(path) == slowly
