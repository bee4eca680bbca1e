"""What is written opens again, identically."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from gdviz.core.dataset import Dataset
from gdviz.files.bundled import bundled, bundled_names
from gdviz.files.csv_reader import FileError, read_table
from gdviz.files.csv_writer import write_csv

SAME_FOLDER = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200
)
names = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12
).filter(lambda name: bool(name.strip()))
values = st.floats(min_value=-1e50, max_value=1e50, allow_nan=False)


def same(a: Dataset, b: Dataset) -> bool:
    return (
        a.X.tobytes() == b.X.tobytes()
        and a.y.tobytes() == b.y.tobytes()
        and a.feature_names == b.feature_names
        and a.target_name == b.target_name
    )


@SAME_FOLDER
@given(
    st.integers(1, 4).flatmap(
        lambda n: st.tuples(
            npst.arrays(np.float64, st.tuples(st.integers(1, 8), st.just(n + 1)), elements=values),
            st.lists(names, min_size=n + 1, max_size=n + 1, unique=True),
        )
    )
)
@example((np.array([[-0.0, 5e-324]]), ["1", "2"]))
@example((np.array([[1.0, 2.0]]), ["nan", "inf"]))
@example((np.array([[1.0, 2.0]]), ["#x", "y"]))
@example((np.array([[1.0, 2.0]]), ["\ufeffx", "y"]))
@example((np.array([[1.0, 2.0]]), [' x "a", \r', "\r\ny\n"]))
@example((np.array([[1.0, 2.0]]), ["x;y", "a\tb"]))
@example((np.array([[1.0, 2.0], [3.0, 4.0]]), ["column 2", "column 1"]))
def test_any_points_and_any_names_come_back_to_the_last_bit(
    tmp_path: Path, case: tuple[np.ndarray, list[str]]
) -> None:
    table, columns = case
    data = Dataset(table[:, :-1], table[:, -1], tuple(columns[:-1]), columns[-1])
    path = tmp_path / "saved.csv"
    write_csv(path, data)
    assert same(read_table(path).dataset(), data)


@pytest.mark.parametrize("name", bundled_names())
def test_bundled_sets_come_back(tmp_path: Path, name: str) -> None:
    data = bundled(name).dataset
    path = tmp_path / "saved.csv"
    write_csv(path, data)
    assert same(read_table(path).dataset(), data)
    assert '"' not in path.read_text().splitlines()[0]


def test_numbers_are_written_short(tmp_path: Path) -> None:
    path = tmp_path / "saved.csv"
    write_csv(path, Dataset.from_points([(0.1, 2.0), (1e300 / 1e260, -3.5)]))
    assert path.read_text() == "x,y\n0.1,2.0\n1e+40,-3.5\n"


def test_many_rows_with_progress(tmp_path: Path) -> None:
    generator = np.random.default_rng(1)
    data = Dataset(generator.normal(size=(20_000, 2)), generator.normal(size=20_000), ("a", "b"))
    path = tmp_path / "saved.csv"
    seen: list[float] = []
    write_csv(path, data, seen.append)
    assert same(read_table(path).dataset(), data)
    assert seen == sorted(seen)
    assert len(seen) > 3
    assert seen[-1] == 1.0


def test_names_that_text_cannot_hold_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "saved.csv"
    write_csv(path, Dataset(np.ones((2, 1)), np.ones(2), ("a\0b",), "c\ud800"))
    assert read_table(path).names == ("a\ufffdb", "c?")


def test_a_cancelled_save_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "saved.csv"
    path.write_text("old")

    def cancel(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_csv(path, Dataset.from_points([(1, 2)]), cancel)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "saved.csv", tmp_path / "link.csv"
    write_csv(path, Dataset.from_points([(1, 2)]))
    plain = tmp_path / "plain"
    plain.touch()
    assert path.stat().st_mode == plain.stat().st_mode
    path.chmod(0o600)
    link.symlink_to(path)
    write_csv(link, Dataset.from_points([(3, 4)]))
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_table(path).columns[0].tolist() == [3]


def test_where_nothing_can_be_written_a_sentence_says_so(tmp_path: Path) -> None:
    data = Dataset.from_points([(1, 2)])
    with pytest.raises(FileError, match=r"missing.saved\.csv cannot be written"):
        write_csv(tmp_path / "missing" / "saved.csv", data)
    with pytest.raises(FileError, match="is a folder"):
        write_csv(tmp_path, data)
    with pytest.raises(FileError, match="cannot be written"):
        write_csv(tmp_path / "a\0b.csv", data)
