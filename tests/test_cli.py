"""The program from outside: arguments, output, exit codes, and what a script can rely on."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import numpy as np
import pytest

from gdviz import __version__
from gdviz.cli import main
from gdviz.core.dataset import Dataset
from gdviz.core.settings import RunSettings
from gdviz.files.session import Session, write_session

ROOT = Path(__file__).parents[1]
GDVIZ = [sys.executable, "-m", "gdviz"]


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [*GDVIZ, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, **options
    )


class Outcome:
    """What one call of main said and returned."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> dict:
        return json.loads(self.out, parse_constant=lambda name: pytest.fail(f"{name} in JSON"))


@pytest.fixture
def gdviz(capsys: pytest.CaptureFixture[str]):
    def call(*arguments: str) -> Outcome:
        try:
            code = main(list(arguments))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return call


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "points.csv"
    path.write_text("0.5,1,2\n1.5,0,3\n-1,2,0.5\n2,2,4.5\n0,1,1\n")
    return path


# --- help and version ----------------------------------------------------------------------------


def test_version(gdviz) -> None:
    assert gdviz("--version").out == f"gdviz {__version__}\n"


def test_help_teaches_commands_examples_and_exit_codes(gdviz) -> None:
    outcome = gdviz("--help")
    assert outcome.code == 0
    for word in ("gdviz fit", "gdviz datasets", "examples:", "exit codes:", "diverged"):
        assert word in outcome.out


def test_help_of_fit_explains_every_option_and_number(
    gdviz, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = gdviz("fit", "--help").out
    options = (
        "target features learning-rate mode batch-size order seed steps epochs convention "
        "optimizer momentum rho beta1 beta2 schedule standardize no-intercept start trace json "
        "tolerance"
    )
    for option in options.split():
        assert f"--{option}" in text
    for word in ("default: 0.1", "λ_max", "converged", "epoch", "exit codes", "17 significant"):
        assert word in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_bundled_set_of_several_features_is_listed_and_fitted(gdviz) -> None:
    line = next(line for line in gdviz("datasets").out.splitlines() if line.startswith("mtcars"))
    assert line.split()[1:3] == ["32", "3"]
    done = json.loads(gdviz("fit", "mtcars", "--steps", "2000", "--json").out)
    assert done["minimum"]["theta"] == pytest.approx(
        [27.61053, -4.3588, -0.01782, 0.51083], rel=1e-3
    )


def test_datasets_are_one_aligned_line_each(gdviz) -> None:
    lines = gdviz("datasets").out.splitlines()
    rows = [line.split(maxsplit=3) for line in lines]
    found = {name: (int(N), int(n), what) for name, N, n, what in rows}
    assert {"starter", "women", "anscombe-1", "learning-rate-exercise"} <= found.keys()
    assert found["women"][:2] == (15, 1)
    assert all(what for _, _, what in found.values())
    assert len({line.index(f" {row[3]}") for line, row in zip(lines, rows, strict=True)}) == 1


# --- the result ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "steps", "code"), [("0.1", 81, 0), ("1", 6, 0), ("1.6", 1, 0), ("4", None, 4)]
)
def test_the_learning_rate_exercise(gdviz, rate: str, steps: int | None, code: int) -> None:
    outcome = gdviz("fit", "learning-rate-exercise", "--learning-rate", rate, "--json")
    assert outcome.code == code
    result = outcome.json
    assert result["status"] == ("converged" if steps else "diverged")
    if steps:
        assert result["steps"] == steps
        assert outcome.err == ""
    else:
        assert "--learning-rate 1" in outcome.err


def test_json_has_exactly_the_documented_object(gdviz, table: Path) -> None:
    result = gdviz("fit", str(table), "--learning-rate", "0.05", "--json").json
    assert list(result) == ["theta", "cost", "steps", "epochs", "status", "minimum", "limits"]
    assert list(result["minimum"]) == ["theta", "cost"]
    assert list(result["limits"]) == ["lambda_min", "lambda_max", "best", "max"]
    points = np.loadtxt(table, delimiter=",")
    design = np.column_stack((np.ones(5), points[:, :2]))
    wanted = np.linalg.lstsq(design, points[:, 2])[0]
    assert result["minimum"]["theta"] == pytest.approx(wanted)
    assert result["theta"] == pytest.approx(wanted, rel=1e-4)
    values = np.linalg.eigvalsh(2 / 5 * design.T @ design)
    assert result["limits"]["lambda_min"] == pytest.approx(values[0])
    assert result["limits"]["max"] == pytest.approx(2 / values[-1])
    assert result["status"] == "converged"
    assert result["steps"] == result["epochs"]


def test_infinite_limits_are_null(gdviz, tmp_path: Path) -> None:
    path = tmp_path / "zero.csv"
    path.write_text("x,y\n0,1\n0,2\n")
    result = gdviz("fit", str(path), "--no-intercept", "--json").json
    assert result["limits"]["max"] is None
    assert result["limits"]["best"] is None


def test_the_text_says_line_minimum_rates_and_verdict(gdviz) -> None:
    outcome = gdviz("fit", "starter")
    assert outcome.code == 0
    for word in ("y = ", "cost J", "epochs", "minimum", "diverges above", "Converged in"):
        assert word in outcome.out
    assert outcome.err == ""


def test_divergence_says_which_rate_would_work_and_it_does(gdviz) -> None:
    outcome = gdviz("fit", "women", "--no-standardize")
    assert outcome.code == 4
    assert outcome.err.count("\n") == 1
    rate = outcome.err.split("Try --learning-rate ")[1].split(". ")[0].rstrip(".\n")
    assert "--standardize" in outcome.err
    again = gdviz("fit", "women", "--no-standardize", "--learning-rate", rate, "--json").json
    assert again["status"] == "stopped"  # a narrow valley: stable, but far from done
    assert "--standardize" in gdviz("fit", "women", "--no-standardize", "--learning-rate", rate).out


def test_bundled_suggestions_hold_unless_an_option_says_otherwise(gdviz) -> None:
    assert gdviz("fit", "women", "--learning-rate", "0.5", "--json").json["steps"] == 1
    free = gdviz("fit", "learning-rate-exercise", "--intercept", "--json").json
    assert free["theta"][0] != 0
    tight = gdviz("fit", "learning-rate-exercise", "--tolerance", "1e-6", "--json").json
    assert tight["steps"] > 81


def test_a_session_brings_its_points_settings_and_start(gdviz, tmp_path: Path) -> None:
    data = Dataset.from_points([(0.0, 1.0), (1.0, 3.0), (2.0, 5.5)])
    settings = RunSettings(learning_rate=0.05, fit_intercept=True, convention="sum")
    path = tmp_path / "my.gdviz"
    write_session(path, Session(data, settings.as_mapping(), start=(2.0, -1.0)))
    trace = tmp_path / "t.csv"
    assert gdviz("fit", str(path), "--steps", "1", "--trace", str(trace)).code == 0
    first = trace.read_text().splitlines()[1].split(",")
    assert first[3:] == ["2", "-1"]
    direct = ((2.0 - 1.0) ** 2) + (1.0 - 3.0) ** 2 + (0.0 - 5.5) ** 2
    assert float(first[2]) == pytest.approx(direct)


def test_a_session_without_points_or_with_bad_settings_is_refused(gdviz, tmp_path: Path) -> None:
    path = tmp_path / "my.gdviz"
    write_session(path, Session(Dataset.empty()))
    assert "no points" in gdviz("fit", str(path)).err
    data = Dataset.from_points([(0.0, 1.0)])
    write_session(path, Session(data, {"learning_rate": -3.0}))
    outcome = gdviz("fit", str(path))
    assert outcome.code == 2
    assert "Learning rate" in outcome.err


def test_steps_and_epochs_bound_the_run(gdviz, table: Path) -> None:
    options = ("fit", str(table), "--mode", "mini-batch", "--batch-size", "2", "--json")
    options = (*options, "--learning-rate", "0.01")
    steps = gdviz(*options, "--steps", "7").json
    assert (steps["steps"], steps["epochs"], steps["status"]) == (7, 2, "stopped")
    epochs = gdviz(*options, "--epochs", "7").json
    assert (epochs["steps"], epochs["epochs"]) == (21, 7)
    none = gdviz(*options, "--steps", "0").json
    assert (none["steps"], none["theta"]) == (0, [0.0, 0.0, 0.0])
    assert gdviz(*options).json["steps"] == 100_000


def test_columns_are_chosen_by_name(gdviz, tmp_path: Path) -> None:
    path = tmp_path / "houses.csv"
    path.write_text('size,price,"rooms, all"\n1,10,2\n2,20,5\n3,33,4\n4,38,7\n')
    options = ("fit", str(path), "--learning-rate", "0.01", "--json")
    one = gdviz(*options, "--target", "price", "--features", "size").json
    assert one["minimum"]["theta"] == pytest.approx([1.0, 9.7])
    both = gdviz(*options, "--target", "price", "--features", 'size,"rooms, all"').json
    assert len(both["theta"]) == 3
    wrong = gdviz(*options, "--target", "prize")
    assert wrong.code == 2
    assert "'price'" in wrong.err


def test_without_a_header_columns_are_x1_to_xn_and_y(gdviz, table: Path) -> None:
    outcome = gdviz("fit", str(table), "--target", "x1", "--features", "y", "--steps", "1")
    assert outcome.code == 0


def test_negative_numbers_may_follow_an_option(gdviz, table: Path) -> None:
    for start in (("--start", "-1,2,-3"), ("--start=-1,2,-3",)):
        result = gdviz("fit", str(table), *start, "--steps", "0", "--json").json
        assert result["theta"] == [-1.0, 2.0, -3.0]


# --- the trace -----------------------------------------------------------------------------------


def test_the_trace_has_a_row_per_step_from_zero_to_the_last_bit(gdviz, tmp_path: Path) -> None:
    out = tmp_path / "path.csv"
    options = ("fit", "starter", "--mode", "sgd", "--order", "given", "--learning-rate", "0.01")
    result = gdviz(*options, "--steps", "25", "--trace", str(out), "--json").json
    lines = out.read_text().splitlines()
    assert lines[0] == "step,epoch,cost,b,m"
    rows = np.array([[float(cell) for cell in line.split(",")] for line in lines[1:]])
    assert rows[:, 0].tolist() == list(range(26))
    assert rows[:, 1].tolist() == [k // 10 for k in range(26)]
    assert rows[-1, 3:].tolist() == result["theta"]
    assert rows[-1, 2] == pytest.approx(result["cost"], rel=1e-15)
    points = np.loadtxt(ROOT / "resources/datasets/starter.csv", delimiter=",", skiprows=1)
    b = m = 0.0
    for k in range(25):
        x, y = points[k % 10]
        error = b + m * x - y
        b, m = b - 0.01 * 2 * error, m - 0.01 * 2 * error * x
        assert rows[k + 1, 3:] == pytest.approx([b, m], rel=1e-12)
        assert rows[k + 1, 2] == pytest.approx(
            np.mean((b + m * points[:, 0] - points[:, 1]) ** 2), rel=1e-12
        )


def test_the_trace_of_several_features_names_their_weights(gdviz, table: Path) -> None:
    out = table.parent / "path.csv"
    gdviz("fit", str(table), "--steps", "2", "--trace", str(out))
    assert out.read_text().splitlines()[0] == "step,epoch,cost,b,w1,w2"


def test_the_trace_of_a_diverged_run_ends_at_its_last_finite_step(gdviz, tmp_path: Path) -> None:
    out = tmp_path / "path.csv"
    outcome = gdviz("fit", "starter", "--learning-rate", "1", "--trace", str(out), "--json")
    assert outcome.code == 4
    rows = np.loadtxt(out, delimiter=",", skiprows=1)
    assert np.all(np.isfinite(rows))
    assert rows[-1, 0] == outcome.json["steps"]


def test_a_trace_that_cannot_be_written_is_refused_before_the_run(gdviz, tmp_path: Path) -> None:
    for path in (tmp_path / "no" / "such.csv", tmp_path):
        outcome = gdviz("fit", "starter", "--steps", "10000000", "--trace", str(path))
        assert outcome.code == 2
        assert str(path) in outcome.err
        assert outcome.out == ""


def test_the_trace_never_overwrites_the_input(gdviz, table: Path) -> None:
    before = table.read_text()
    outcome = gdviz("fit", str(table), "--trace", str(table))
    assert outcome.code == 2
    assert table.read_text() == before


def test_a_failing_run_leaves_an_older_trace_alone(gdviz, tmp_path: Path) -> None:
    out = tmp_path / "path.csv"
    out.write_text("precious")
    assert gdviz("fit", "nosuch.csv", "--trace", str(out)).code == 2
    assert out.read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir()] == ["path.csv"]


# --- what is wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fit"], ["FILE", "--help"]),
        (["fit", "starter", "--bogus"], ["--bogus"]),
        (["fit", "starter", "extra"], ["extra"]),
        (["starter", "extra"], ["extra"]),
        (["--bogus"], ["--bogus"]),
        (["datasets", "extra"], ["extra"]),
        (["fit", "starter", "--learning-rate", "0"], ["--learning-rate", "more than 0"]),
        (["fit", "starter", "--learning-rate", "-1"], ["--learning-rate", "more than 0"]),
        (["fit", "starter", "--learning-rate", "nan"], ["finite"]),
        (["fit", "starter", "--learning-rate", "fast"], ["'fast'", "not a number"]),
        (["fit", "starter", "--mode", "all"], ["batch, mini-batch, sgd"]),
        (["fit", "starter", "--batch-size", "2.5"], ["whole number"]),
        (["fit", "starter", "--steps", "-3"], ["at least 0"]),
        (["fit", "starter", "--steps", "3", "--epochs", "4"], ["--steps", "--epochs"]),
        (["fit", "starter", "--optimizer", "adam"], ["'adam'", "not built in yet"]),
        (["fit", "starter", "--optimizer", "magic"], ["'magic'", "momentum"]),
        (["fit", "starter", "--schedule", "step"], ["'step'", "not built in yet"]),
        (["fit", "starter", "--momentum", "1.5"], ["below 1"]),
        (["fit", "starter", "--start", "1"], ["1 numbers", "need 2"]),
        (["fit", "starter", "--start", "a,b"], ["'a,b'"]),
        (["fit", "starter", "--start", "nan,1"], ["finite"]),
        (["fit", "starter", "--start", "1,2", "--no-intercept"], ["b = 1"]),
        (["fit", "startr"], ["startr", "starter"]),
        (["fit", "nosuch.csv"], ["nosuch.csv"]),
        (["fit", "nosuch.gdviz"], ["nosuch.gdviz"]),
        (["fit", str(ROOT)], ["folder"]),
        (["fit", ""], []),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(gdviz, arguments, words) -> None:
    outcome = gdviz(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith("gdviz")
    for word in words:
        assert word in outcome.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["empty"]),
        (b"x,y\n", ["header"]),
        (b"x,y\n1,2\n3,four\n", ["ine 3", "four"]),
        (b"x,y\n1,2\n3,nan\n", ["ine 3", "nan"]),
        (b"x,y\n1,2\n3\n", ["ine 3"]),
        (b"x,y\n1,2\n3,1e308\n", ["ine 3", "1e308"]),
        (b"\x00\x01\x02\x03", []),
        (b"a,b\nc,d\n", []),
    ],
)
def test_a_file_that_is_no_table_says_where(gdviz, tmp_path: Path, content, words) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    outcome = gdviz("fit", str(path), "--json")
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    for word in ("bad.csv", *words):
        assert word in outcome.err


# --- the process ---------------------------------------------------------------------------------


def test_fit_and_datasets_load_no_qt_and_no_progress_bar() -> None:
    code = (
        "import sys; from gdviz.cli import main; "
        "main(['datasets']); main(['fit', 'starter', '--json']); "
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('PySide6', 'shiboken6', 'pyqtgraph', 'tqdm')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_a_reader_that_goes_away_makes_no_noise() -> None:
    # The shell's head -1, but with a result longer than the pipe holds.
    process = subprocess.Popen(
        [*GDVIZ, "fit", "starter", "--steps", "20000", "--mode", "sgd", "--trace", "/dev/stdout"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "step,epoch,cost,b,m\n"
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(30) == 141


def long_run(**options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        [*GDVIZ, "fit", "starter", "--mode=sgd", "--learning-rate=1e-7", "--steps=10000000000"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        **options,
    )


def test_an_interrupt_ends_the_run_with_one_line_and_130() -> None:
    process = long_run(stderr=subprocess.PIPE)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == b""
    assert err.count(b"\n") == 1


def test_a_long_run_shows_its_progress_on_a_terminal_only() -> None:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = long_run(stderr=slave)
    os.close(slave)
    shown = b""
    while b"/10000000000" not in shown and select.select([master], [], [], 30)[0]:
        shown += os.read(master, 65536)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    os.close(master)
    assert b"fitting" in shown
    assert b"/10000000000" in shown


def test_a_full_disk_is_said_in_one_line() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*GDVIZ, "fit", "starter"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_an_old_locale_cannot_crash_it() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [*GDVIZ, "fit", "--help"], cwd=ROOT, capture_output=True, env=environment, timeout=60
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_a_valley_of_minima_is_said_to_be_one(gdviz, tmp_path: Path) -> None:
    path = tmp_path / "valley.csv"
    path.write_text("1,2\n1,4\n", encoding="utf-8")
    assert "one of many" in gdviz("fit", str(path)).out


def test_render_says_that_it_is_not_there_yet(gdviz) -> None:
    outcome = gdviz("render", "a.csv", "-o", "a.png")
    assert outcome.code == 2
    assert "not built in yet" in outcome.err


def test_a_mistyped_name_is_told_before_a_window_is_looked_for(gdviz) -> None:
    outcome = gdviz("startr")
    assert outcome.code == 2
    assert "starter" in outcome.err
