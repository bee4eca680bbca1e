"""A session comes back as it was, and a broken one gives a sentence."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdviz.core.dataset import Dataset
from gdviz.files.errors import FileError
from gdviz.files.session import FORMAT, Session, read_session, write_session

SESSION = Session(
    Dataset(
        np.array([[0.1, -0.0], [5e-324, 1e50], [1 / 3, 7.0]]),
        np.array([1.0, 2.0, 3.0]),
        ("größe (cm)", "b,\n"),
        "y\ud800",
        "my title",
    ),
    {"learning_rate": 0.1, "mode": "sgd", "not known yet": {"a": [1, None, "x"]}},
    (0.1, 0.2, 0.3),
    (1 / 3, 2 / 3, -1e-300),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "work.gdviz"
    write_session(path, SESSION)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        read_session(path)
    text = str(caught.value)
    assert text.isprintable()
    assert text.endswith(".")
    return text


def rewrite(path: Path, parts: dict[str, bytes | None], packed: bool = False) -> None:
    """Put other bytes into members of the zip; None leaves one out."""
    with zipfile.ZipFile(path) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    new = {name.replace("_", "."): part for name, part in parts.items()}
    compression = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, part in {**old, **new}.items():
            if part is not None:
                archive.writestr(name, part)


def change(path: Path, **content: Any) -> None:
    with zipfile.ZipFile(path) as archive:
        old = json.loads(archive.read("session.json"))
    rewrite(path, {"session_json": json.dumps({**old, **content}).encode()})


def npy(array: np.ndarray) -> bytes:
    data = io.BytesIO()
    np.save(data, array)
    return data.getvalue()


def test_a_session_comes_back_to_the_last_bit(path: Path) -> None:
    back = read_session(path)
    assert back.dataset.X.tobytes() == SESSION.dataset.X.tobytes()
    assert back.dataset.y.tobytes() == SESSION.dataset.y.tobytes()
    assert back.dataset.feature_names == SESSION.dataset.feature_names
    assert back.dataset.target_name == SESSION.dataset.target_name
    assert back.dataset.name == "my title"
    assert back.settings == SESSION.settings
    assert back.start == SESSION.start
    assert back.theta == SESSION.theta


def test_no_points_and_no_run_are_a_session_too(path: Path) -> None:
    write_session(path, Session(Dataset.empty()))
    back = read_session(path)
    assert back.dataset.n_points == 0
    assert back.settings == {}
    assert back.start is None
    assert back.theta is None


def test_a_million_points_are_saved_and_opened(path: Path) -> None:
    values = np.arange(1e6)
    write_session(path, Session(Dataset(values.reshape(-1, 1), values)))
    assert read_session(path).dataset.n_points == 1_000_000


def test_what_a_compressing_tool_packed_again_still_opens(path: Path) -> None:
    rewrite(path, {}, packed=True)
    assert read_session(path).dataset.n_points == 3


def test_newer_format_asks_for_an_update(path: Path) -> None:
    change(path, format=FORMAT + 1)
    assert "newer gdviz" in refusal(path)


def test_other_files_are_no_sessions(tmp_path: Path) -> None:
    path = tmp_path / "other.gdviz"
    for content in (b"", b"x,y\n1,2\n", b"\x89PNG\r\n"):
        path.write_bytes(content)
        assert "is not a gdviz session" in refusal(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert "is not a gdviz session" in refusal(path)
    assert "no file" in refusal(tmp_path / "missing.gdviz")
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        {"format": "1"},
        {"format": None},
        {"feature_names": "x"},
        {"feature_names": ["x"]},
        {"feature_names": [1, 2]},
        {"target_name": None},
        {"settings": [1]},
        {"start": [1, 2]},
        {"start": "abc"},
        {"start": [1, 2, "3"]},
        {"theta": [1, 2, float("nan")]},
        {"theta": [1, 2, 10**400]},
        {"theta": 5},
    ],
)
def test_wrong_content_is_damage(path: Path, content: dict[str, Any]) -> None:
    change(path, **content)
    assert "work.gdviz is a damaged session" in refusal(path)


@pytest.mark.parametrize(
    "parts",
    [
        {"session_json": b"{"},
        {"session_json": b"[" * 100_000},
        {"session_json": b"\xff\xfe"},
        {"X_npy": None},
        {"X_npy": b""},
        {"X_npy": b"\x93NUMPY"},
        {"X_npy": npy(np.ones((3, 2)))[:-1]},
        {"X_npy": npy(np.ones((2, 2)))},
        {"X_npy": npy(np.ones((3, 2), dtype=np.float32))},
        {"X_npy": npy(np.full((3, 2), np.nan))},
        {"X_npy": npy(np.full((3, 2), 1e300))},
        {"X_npy": npy(np.ones((3, 2))).replace(b"(3, 2)", b"(3, 20")},
        {"X_npy": npy(np.ones((3, 2))).replace(b"(3, 2)", b"(-3,2)")},
        {"X_npy": npy(np.ones((10, 2))).replace(b"(10, 2), }     ", b"(10000, 9999), }")},
        {"y_npy": npy(np.ones((3, 1)))},
        {"y_npy": npy(np.array(["a", "b", "c"]))},
    ],
)
def test_damaged_members(path: Path, parts: dict[str, bytes | None]) -> None:
    rewrite(path, parts)
    assert "work.gdviz is a damaged session" in refusal(path)


def test_column_major_arrays_of_other_tools_open(path: Path) -> None:
    rewrite(path, {"X_npy": npy(np.asfortranarray(SESSION.dataset.X))})
    assert read_session(path).dataset.X.tolist() == SESSION.dataset.X.tolist()


def test_pickled_objects_are_never_loaded(path: Path) -> None:
    data = io.BytesIO()
    np.save(data, np.array([[{}, {}]], dtype=object), allow_pickle=True)
    rewrite(path, {"X_npy": data.getvalue()})
    assert "damaged" in refusal(path)


def test_a_small_file_that_unpacks_to_gigabytes_is_refused(path: Path) -> None:
    rewrite(path, {"X_npy": bytes(200_000_000)}, packed=True)
    assert path.stat().st_size < 1_000_000
    assert "many times its size" in refusal(path)


def test_every_cut_off_file_gives_a_sentence(path: Path) -> None:
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        assert "work.gdviz" in refusal(path)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200
)
@given(st.data())
def test_flipped_bytes_give_a_session_or_a_sentence(path: Path, data: st.DataObject) -> None:
    write_session(path, SESSION)
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole)
    refused = ""
    try:
        read_session(path)
    except FileError as error:
        refused = str(error)
    assert not refused or "work.gdviz" in refused
