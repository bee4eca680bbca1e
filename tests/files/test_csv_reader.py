"""What the CSV reader takes, and that it takes it exactly."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdviz.files.csv_blocks import BLOCK_BYTES
from gdviz.files.csv_reader import FileError, Table, read_table

Write = Callable[[str | bytes], Path]

SAME_FOLDER = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "points.csv"
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write


def rows(table: Table) -> list[tuple[float, ...]]:
    return list(zip(*(column.tolist() for column in table.columns), strict=True))


@pytest.mark.parametrize(
    "content",
    [
        "x,y\n1.5,2\n-3,4e1\n",
        "x;y\n1.5;2\n-3;4e1\n",
        "x;y\n1,5;2\n-3;4e1\n",
        "x\ty\n1,5\t2\n-3\t4e1\n",
        "x\ty\n1.5\t2\n-3\t4e1\n",
        "x y\n1.5   2\n -3 4e1 \n",
        "x y\n1,5 2\n-3 4e1\n",
        "x,y\r\n1.5,2\r\n-3,4e1\r\n",
        "x,y\r1.5,2\r-3,4e1\r",
        "x,y\n1.5,2\n-3,4e1",
        "x,y\n\n1.5,2\n   \n\n-3,4e1\n\n",
        "# made by hand\nx,y\n# first\n1.5,2\n#1,2\n-3,4e1\n",
        '"x","y"\n1.5,2\n-3,4e1\n',
        '"x","y"\n"1.5","2"\n"-3","4e1"\n',
        '"x" , "y"\n"1.5", 2\n -3 ,"4e1"\n',
        '"x";"y"\n"1,5";"2"\n"-3";"4e1"\n',
        "\ufeffx,y\n1.5,2\n-3,4e1\n",
        "\ufeffx,y\n1.5,2\n-3,4e1\n".encode("utf-16-le"),
        "\ufeffx,y\n1.5,2\n-3,4e1\n".encode("utf-16-be"),
        "x,y,\n1.5,2,\n-3,4e1,\n",
        "x,y,\n1.5,2\n-3,4e1\n",
        "x,y\n1.5,2,\n-3,4e1,\n,,\n",
        "x, y\n+1.5, 2.\n-3, 40\n",
    ],
)
def test_every_way_of_writing_a_table_reads_alike(write: Write, content: str | bytes) -> None:
    table = read_table(write(content))
    assert table.names == ("x", "y")
    assert table.has_header
    assert table.text_columns == ()
    assert rows(table) == [(1.5, 2.0), (-3.0, 40.0)]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("1,2\n3,4\n", ("x1", "y")),
        ("1,2,3\n3,4,5\n", ("x1", "x2", "y")),
        ("1,2", ("x1", "y")),
        ("1,2,a\n3,4,b\n", ("x1", "y")),
        ('"1","2"\n"3","4"\n', ("x1", "y")),
    ],
)
def test_without_a_header_the_columns_are_numbered(
    write: Write, content: str, names: tuple[str, ...]
) -> None:
    table = read_table(write(content))
    assert table.names == names
    assert not table.has_header
    assert table.columns[0][0] == 1


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("height (in),weight (lb)", ("height (in)", "weight (lb)")),
        ('"a, b","say ""hi""\nthere"', ("a, b", 'say "hi"\nthere')),
        ('"1","2"', ("1", "2")),
        ('"#1","a;b"', ("#1", "a;b")),
        ("x,x", ("x", "x (2)")),
        (",y", ("column 1", "y")),
        ('"",y', ("column 1", "y")),
        ("year,2024", ("year", "2024")),
        ("größe,重さ", ("größe", "重さ")),
    ],
)
def test_names(write: Write, header: str, names: tuple[str, ...]) -> None:
    table = read_table(write(f"{header}\n1,2\n3,4\n"))
    assert table.names == names
    assert rows(table) == [(1, 2), (3, 4)]


def test_columns_of_text_are_left_out_and_named(write: Write) -> None:
    content = 'who,x,when,y\nAnn,1,2024-01-01,2\n"Bo, B.",3,,4\nCy 7,5,now,6\n'
    table = read_table(write(content))
    assert table.names == ("x", "y")
    assert table.text_columns == ("who", "when")
    assert rows(table) == [(1, 2), (3, 4), (5, 6)]


def test_dataset_takes_the_last_column_as_target(write: Write) -> None:
    data = read_table(write("a,b,c\n1,2,3\n4,5,6\n")).dataset()
    assert data.feature_names == ("a", "b")
    assert data.target_name == "c"
    assert data.name == "points"
    assert data.X.tolist() == [[1, 2], [4, 5]]
    assert data.y.tolist() == [3, 6]


def test_dataset_takes_the_columns_it_is_asked_for(write: Write) -> None:
    table = read_table(write("a,b,c\n1,2,3\n4,5,6\n"))
    data = table.dataset(target="b", features=["c"])
    assert data.X.tolist() == [[3], [6]]
    assert data.y.tolist() == [2, 5]
    assert table.dataset(features=["c"]).target_name == "b"
    assert table.dataset(target="a").feature_names == ("b", "c")
    assert table.head(1).tolist() == [[1, 2, 3]]


def test_headerless_single_feature_may_be_called_x(write: Write) -> None:
    assert read_table(write("1,2\n3,4\n")).dataset("y", ["x"]).feature_names == ("x1",)


@pytest.mark.parametrize(
    ("target", "features", "words"),
    [
        ("wieght", None, ["points.csv", "'wieght'", "Did you mean 'weight'", "'height'"]),
        ("zzz", None, ["points.csv", "'zzz'", "'height', 'weight'"]),
        ("name", None, ["'name'", "text"]),
        ("weight", ["weight"], ["'weight'", "twice"]),
        ("weight", ["height", "height"], ["'height'", "twice"]),
        (None, ["height", "weight"], ["twice"]),
        ("weight", [], ["'height'"]),
    ],
)
def test_wrong_columns_are_explained(
    write: Write, target: str | None, features: list[str] | None, words: list[str]
) -> None:
    table = read_table(write("name,height,weight\nA,1,2\nB,3,4\n"))
    with pytest.raises(FileError) as caught:
        table.dataset(target, features)
    for word in words:
        assert word in str(caught.value)


finite = st.floats(min_value=-1e50, max_value=1e50, allow_nan=False)


def bits(value: float) -> bytes:
    return struct.pack("<d", value)


@SAME_FOLDER
@given(
    data=st.lists(st.tuples(finite, finite), min_size=1, max_size=30),
    delimiter=st.sampled_from([",", ";", "\t", " "]),
    decimal=st.sampled_from([".", ","]),
    quote=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    header=st.booleans(),
    form=st.sampled_from(["r", ".17g", ".3f", "e"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_numbers_are_those_of_float_to_the_last_bit(
    write: Write,
    data: list[tuple[float, float]],
    delimiter: str,
    decimal: str,
    quote: bool,
    newline: str,
    header: bool,
    form: str,
    encoding: str,
) -> None:
    if delimiter == ",":
        decimal = "."
    texts = [[repr(v) if form == "r" else format(v, form) for v in row] for row in data]
    cells = [[t.replace(".", decimal) for t in row] for row in texts]
    if quote:
        cells = [[f'"{c}"' for c in row] for row in cells]
    lines = [delimiter.join(row) for row in cells]
    if header:
        lines.insert(0, delimiter.join(["in", "out"]))
    content = "".join(line + newline for line in lines)
    table = read_table(write(content.encode(encoding)))
    got = [tuple(map(bits, row)) for row in rows(table)]
    assert got == [tuple(bits(float(t)) for t in row) for row in texts]


@SAME_FOLDER
@given(st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_sentence(write: Write, content: bytes) -> None:
    only_a_sentence(write(content))


@SAME_FOLDER
@given(st.text(alphabet='0123456789.,;\t\n\r "#-+eExnaif_\0ü', max_size=80))
def test_any_text_gives_a_table_or_a_sentence(write: Write, content: str) -> None:
    only_a_sentence(write(content))


def only_a_sentence(path: Path) -> None:
    refusal = ""
    try:
        table = read_table(path)
    except FileError as error:
        refusal = str(error)
    if refusal:
        assert refusal.endswith(".")
        assert refusal.isprintable()
        assert "points.csv" in refusal
    else:
        assert len(set(table.names)) == table.n_columns >= 2
        assert all(np.isfinite(column).all() for column in table.columns)
        table.dataset()


@SAME_FOLDER
@given(
    st.lists(
        st.lists(
            st.text(alphabet="0123456789.-+e_xnaif ", min_size=1, max_size=6),
            min_size=2,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_the_fast_path_takes_no_cell_that_is_no_number(
    write: Write, cells: list[list[str]]
) -> None:
    """Rows after a good first one: each is read as ``float`` reads it, or refused."""
    try:
        table = read_table(
            write("1,2\n1,2\n1,2\n1,2\n1,2\n" + "".join(f"{','.join(r)}\n" for r in cells))
        )
    except FileError:
        good = all(
            len(row) == 2
            and all("_" not in cell and "n" not in cell and is_float(cell) for cell in row)
            for row in cells
        )
        assert not good
    else:
        kept = [row for row in cells if any(cell.strip() for cell in row)]
        assert rows(table)[5:] == [(float(a), float(b)) for a, b, *_ in kept]


def is_float(cell: str) -> bool:
    try:
        return abs(float(cell)) <= 1e50
    except ValueError:
        return False


def test_lines_across_blocks_keep_their_numbers_and_places(write: Write) -> None:
    n = 3 * BLOCK_BYTES // 8
    for newline in ("\n", "\r\n", "\r"):
        lines = [f"{i},{-i}" for i in range(n)]
        table = read_table(write("x,y" + newline + newline.join(lines)))
        assert table.columns[0].tolist() == list(range(n))
        assert table.columns[1].tolist() == [-i for i in range(n)]
        lines[n - 7] = "1,oops"
        with pytest.raises(FileError, match=rf"Line {n - 7 + 2} of points.csv, column 2 \('y'\)"):
            read_table(write("x,y" + newline + newline.join(lines)))


def test_crlf_cut_in_half_by_a_block_is_one_line_end(write: Write) -> None:
    filler = "#" * (BLOCK_BYTES - len("x,y\r\n") - 1)
    table = read_table(write(f"x,y\r\n{filler}\r\n1,2\r\n3,4\r\n"))
    assert rows(table) == [(1, 2), (3, 4)]
    with pytest.raises(FileError, match="Line 4 "):
        read_table(write(f"x,y\r\n{filler}\r\n1,2\r\n3,a\r\n1,2\r\n"))


def test_quoted_name_longer_than_a_block(write: Write) -> None:
    name = "long\n" * BLOCK_BYTES + "!"
    table = read_table(write(f'"{name}",y\n1,2\n3,4\n'))
    assert table.names == (name, "y")
    assert rows(table) == [(1, 2), (3, 4)]


def test_comments_longer_than_a_block_before_the_header(write: Write) -> None:
    comment = "# all rights reserved\n" * (BLOCK_BYTES // 22) + "#" * 20
    table = read_table(write(comment + "\nx,y\n" + "1,2\n" * 4))
    assert table.names == ("x", "y")
    assert table.n_rows == 4


def test_progress_rises_to_one_and_can_cancel(write: Write) -> None:
    path = write("x,y\n" + "1.25,2.5\n" * 100_000)
    seen: list[float] = []
    read_table(path, seen.append)
    assert seen == sorted(seen)
    assert len(seen) > 10
    assert 0 < seen[0] < 0.2
    assert math.isclose(seen[-1], 1.0)

    class CancelledError(Exception):
        pass

    def cancel(fraction: float) -> None:
        if fraction > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        read_table(path, cancel)
