"""Each wrong file gets one sentence with the file, the line and the column."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from gdviz.files.csv_reader import FileError, read_table

GOOD = "x,y\n1,2\n3,4\n"


def sentence(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        read_table(path)
    text = str(caught.value)
    assert text.isprintable()
    assert text.endswith(".")
    return text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["points.csv", "is empty"]),
        (b"\xef\xbb\xbf", ["is empty"]),
        (b"\n\n# nothing\n  \n", ["only blank lines and comments"]),
        (b"x,y\n", ["only a header", "line 1"]),
        (b'# units\n"a","b"\n\n', ["only a header", "line 2"]),
        (b"x,y\n1,2\n3,four\n5,6\n", ["Line 3 of", "column 2 ('y')", "'four' is not a number"]),
        (b"x,y\n\n# c\n1,2\n3,four\n5,6\n", ["Line 5 of", "column 2 ('y')", "'four'"]),
        (b'"x\n1",y\n1,2\n3,four\n5,6\n', ["Line 4 of", "column 2", "'four'"]),
        (b"1,2\n3,4\n5,a\n", ["Line 3 of", "column 2 ('y')", "'a'"]),
        (b"x,y\n1,2\n1_000,2\n", ["Line 3 of", "column 1 ('x')", "'1_000' is not a number"]),
        (b"x,y\n1,2\n0x10,2\n", ["Line 3 of", "column 1", "'0x10' is not a number"]),
        (b'x,y\n1,2\n"1,000",2\n', ["Line 3 of", "column 1", "'1,000' is not a number"]),
        (b"x;y\n1,5;2\n1.000,5;2\n", ["Line 3 of", "column 1", "'1.000,5' is not a number"]),
        (b"x;y\n1,5;2\n1.5;2\n", ["Line 3 of", "column 1", "decimal point", "decimal comma"]),
        (b"x;y\n1.5;2\n1;2,5\n", ["Line 3 of", "column 2", "decimal comma", "decimal point"]),
        (b"x,y\n1,2\n3,nan\n", ["Line 3 of", "column 2 ('y')", "'nan' is not a finite number"]),
        (b"x,y\n-inf,2\n3,4\n", ["Line 2 of", "column 1 ('x')", "'-inf' is not a finite"]),
        (b"nan,2\n3,4\n", ["Line 1 of", "column 1", "'nan' is not a finite"]),
        (b"x,y\n1,2\n3,\n", ["Line 3 of", "column 2 ('y')", "empty"]),
        (b"x,y\n1,2\n , 4\n", ["Line 3 of", "column 1 ('x')", "empty"]),
        (b"x,y\n1,2\n3\n5,6\n", ["Line 3 of", "1 cell(s)", "line 1 has 2", "column 2"]),
        (b"x,y\n1,2\n3,4,5\n", ["Line 3 of", "3 cell(s)", "line 1 has 2", "column 3"]),
        (b"x,t,y\n1,a,2\n3,b,4,5\n", ["Line 3 of", "4 cell(s)", "line 1 has 3"]),
        (b"x,y\n1,2\n1e308,4\n", ["Line 3 of", "column 1 ('x')", "'1e308'", "1e+50"]),
        (b"x,y\n1,2\n3,-1e51\n", ["Line 3 of", "column 2 ('y')", "'-1e51'"]),
        (b"x,y\n1,2\n1e999,4\n", ["Line 3 of", "column 1", "'1e999'"]),
        (b"x,y\n1,2\n\x00,4\n", ["Line 3 of", "NUL", "CSV"]),
        (b"x,y\n1,2\n\xe9,4\n", ["Line 3 of", "0xe9", "UTF-8"]),
        (b"\xff\xfex\x00,\x00y\x00\n\x00\x00\xd8", ["UTF-16", "UTF-8"]),
        (b"PK\x03\x04\x00\x01", ["spreadsheet", "CSV"]),
        (b"a,b\nc,d\ne,f\n", ["no numeric column"]),
        (b"a,b\nc,1\ne,2\n", ["only one numeric column", "'b'"]),
        (b"x\n1\n2\n", ["only one column"]),
        (b'x,y\n1,2\n"3,4\n5,6\n', ["Line 3 of", "quote", "never closed"]),
        (b'"x,y\n1,2\n3,4\n', ["Line 1 of", "quote", "never closed"]),
        (b'x,y\n"3,4\n5,6\n', ["Line 2 of", "quote", "never closed"]),
        (b"x,y\n1,2\n" + b"9" * 2000 + b",1\n", ["Line 3 of", "column 1", "not a number"]),
    ],
)
def test_wrong_content(tmp_path: Path, content: bytes, words: list[str]) -> None:
    path = tmp_path / "points.csv"
    path.write_bytes(content)
    text = sentence(path)
    for word in ["points.csv", *words]:
        assert word in text


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b"1,oops\n", ["'oops' is not a number", "column 2 ('y')"]),
        (b"1,nan\n", ["'nan' is not a finite number", "column 2 ('y')"]),
        (b"1\n", ["1 cell(s)"]),
        (b"1,2,3\n", ["3 cell(s)"]),
        (b"1e300,2\n", ["'1e300'", "column 1 ('x')"]),
        (b"\x00\x00\n", ["NUL"]),
        (b"1,\xfc\n", ["0xfc"]),
        (b'"1,2\n', ["never closed"]),
    ],
)
def test_the_line_is_found_deep_in_a_long_file(
    tmp_path: Path, bad: bytes, words: list[str]
) -> None:
    path = tmp_path / "points.csv"
    path.write_bytes(b"x,y\n" + b"1.5,2.5\n" * 30_000 + bad + b"1.5,2.5\n" * 30_000)
    text = sentence(path)
    for word in ["Line 30002 of points.csv", *words]:
        assert word in text


def test_missing_file(tmp_path: Path) -> None:
    text = sentence(tmp_path / "nothing.csv")
    assert "no file" in text
    assert "nothing.csv" in text


def test_folder(tmp_path: Path) -> None:
    assert "is a folder" in sentence(tmp_path)


@pytest.mark.parametrize("error", [PermissionError(13, "denied"), OSError(5, "I/O error")])
def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    text = sentence(tmp_path / "points.csv")
    assert "points.csv" in text
    assert "read" in text


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions work otherwise there")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text(GOOD)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert "may not be read" in sentence(path)


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    assert "cannot be read" in sentence(tmp_path / "a\0b.csv")
    assert sentence(tmp_path / "two\nlines.csv").isprintable()


@pytest.mark.parametrize("fill", [b"1,", b"x", b'"', b"\xff", b"\0", b"1 "])
def test_endless_line_is_refused_at_once_without_filling_the_memory(
    tmp_path: Path, fill: bytes
) -> None:
    path = tmp_path / "points.csv"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(fill * (1_000_000 // len(fill)))
    tracemalloc.start()
    text = sentence(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "Line 1 of points.csv" in text
    assert peak < 20_000_000


def test_quote_left_open_at_the_top_of_a_long_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    for top in (b'"x,y\n', b'x,y\n"', b'x,y\n1,2\n"'):
        path.write_bytes(top + b"1.5,2.5\n" * 1_000_000)
        assert "never closed" in sentence(path)


def test_nothing_is_left_open(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    path = tmp_path / "points.csv"
    path.write_text("x,y\n1,a\n2,3\n4,5\n")
    for _ in range(3):
        sentence(path)
    assert not recwarn.list
