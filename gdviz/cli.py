"""The command line: what is typed after ``gdviz``, checked, and handed to the window or the fit."""

from __future__ import annotations

import argparse
import csv
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from gdviz import __version__
from gdviz import cli_messages as words
from gdviz.core import messages
from gdviz.core.dataset import DataError
from gdviz.core.settings import PARAMETERS, Parameter, SettingsError
from gdviz.files import messages as file_messages
from gdviz.files.errors import FileError, exists

EXIT_DONE, EXIT_USAGE, EXIT_NO_WINDOW, EXIT_DIVERGED = 0, 2, 3, 4
# What a shell reports for a process ended by SIGINT or SIGPIPE.
EXIT_INTERRUPTED, EXIT_PIPE_CLOSED = 130, 141

_OPTIMIZERS = ("gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
_OPTIMIZER_OPTIONS = (
    ("--momentum", 0.9, "momentum, nesterov"),
    ("--rho", 0.99, "rmsprop"),
    ("--beta1", 0.9, "adam"),
    ("--beta2", 0.999, "adam"),
)
# Settings that are one number or one of a few words; the rest are said in other ways.
_PLAIN_SETTINGS = (
    "learning_rate",
    "mode",
    "batch_size",
    "order",
    "seed",
    "convention",
    "tolerance",
)
_SETTINGS = (*_PLAIN_SETTINGS, "standardize", "fit_intercept")

_NEGATIVE = re.compile(r"-[\d.]")
_OPTION = re.compile(r"--[a-z][a-z0-9-]*")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _prepare_streams()
    if arguments[:1] == ["render"] and not exists(Path("render")):
        return _complain(words.RENDER_LATER)
    command: Callable[[list[str]], int] = _open_window
    if arguments[:1] in (["fit"], ["datasets"]):
        command = _fit if arguments.pop(0) == "fit" else _list_datasets
    try:
        code = command(arguments)
        sys.stdout.flush()
        return code
    except (FileError, SettingsError, DataError) as error:
        return _complain(str(error))
    except MemoryError:
        return _complain(file_messages.TOO_BIG.format(file="The data set"))
    except KeyboardInterrupt:
        return _complain(words.INTERRUPTED, EXIT_INTERRUPTED)
    except BrokenPipeError:  # nobody reads on
        _drop_output()
        return EXIT_PIPE_CLOSED
    except OSError as error:
        _drop_output()
        return _complain(words.CANNOT_PRINT.format(reason=error.strerror))


def _prepare_streams() -> None:
    """Make both streams such that they can always be written to."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an old locale cannot say η


def _drop_output() -> None:
    """Keep Python from complaining once more when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(sentence: str, code: int = EXIT_USAGE) -> int:
    sys.stderr.write(f"gdviz: {' '.join(sentence.split())}\n")
    return code


# --- the commands --------------------------------------------------------------------------------


def _open_window(arguments: list[str]) -> int:
    parser = _Parser("gdviz", usage=words.USAGE, description=words.DESCRIPTION, epilog=words.EPILOG)
    parser.add_argument("file", metavar="FILE", nargs="?", help=words.FILE_HELP)
    parser.add_argument("--version", action="version", version=f"gdviz {__version__}")
    file = parser.parse_args(arguments).file
    if file is not None:
        _check_name(file)
    from gdviz import preflight  # not before: the other commands need no window

    reason = preflight.why_no_window()
    if reason is not None:
        return _complain(reason, EXIT_NO_WINDOW)
    try:
        from gdviz import app
    except ImportError as error:
        return _complain(preflight.explain_import_error(error), EXIT_NO_WINDOW)
    return app.run(file)


def _check_name(file: str) -> None:
    """Raise FileError where ``file`` can only be a bundled set's name, and is none."""
    from gdviz.files.bundled import bundled_names, unknown_name

    if not Path(file).suffix and not exists(Path(file)) and file not in bundled_names():
        raise FileError(unknown_name(file))


def _list_datasets(arguments: list[str]) -> int:
    _Parser("gdviz datasets", description=words.DATASETS_DESCRIPTION).parse_args(arguments)
    from gdviz.files.bundled import bundled, bundled_names

    sets = [(name, bundled(name)) for name in bundled_names()]
    width = max(len(name) for name, _ in sets)
    for name, each in sets:
        data = each.dataset
        print(f"{name:<{width}}  {data.n_points:>4}  {data.n_features:>2}  {each.description}")
    return EXIT_DONE


def _fit(arguments: list[str]) -> int:
    parser = _fit_parser()
    given = parser.parse_args(_joined(arguments))
    if given.optimizer != "gd":
        parser.error(messages.OPTIMIZER_LATER.format(value=given.optimizer))
    if given.schedule != "constant":
        parser.error(messages.SCHEDULE_LATER.format(value=given.schedule))
    from gdviz import fit, fit_report

    changes = {name: getattr(given, name) for name in _SETTINGS if getattr(given, name) is not None}
    try:
        if given.trace is not None and fit.is_same_file(given.trace, Path(given.file)):
            raise fit.FitError(words.TRACE_IS_INPUT.format(file=given.file))
        problem = fit.open_problem(given.file, given.target, given.features, changes, given.start)
        result = fit.fit(problem, given.steps, given.epochs, given.trace)
    except fit.FitError as error:
        return _complain(str(error))
    print(fit_report.as_json(result) if given.json else fit_report.as_text(result))
    if result.snapshot.status == "diverged":
        sys.stdout.flush()
        return _complain(fit_report.verdict(result), EXIT_DIVERGED)
    return EXIT_DONE


# --- the options of fit --------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line that says where to read on."""

    def __init__(self, program: str, **options: Any) -> None:
        super().__init__(
            prog=program,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            **options,
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, and end with exit code 2."""
        sentence = " ".join(message.split())
        if not sentence.endswith("."):
            sentence += "."
        hint = words.SEE_HELP.format(program=self.prog)
        self.exit(EXIT_USAGE, f"{self.prog}: {sentence} {hint}\n")


def _fit_parser() -> _Parser:
    parser = _Parser("gdviz fit", description=words.FIT_DESCRIPTION, epilog=words.FIT_EPILOG)
    add = parser.add_argument
    add("file", metavar="FILE", help=words.FIT_FILE_HELP)
    add("--target", metavar="NAME", help=words.TARGET_HELP)
    add("--features", metavar="A,B", type=_names, help=words.FEATURES_HELP)
    for name in _PLAIN_SETTINGS:
        row = PARAMETERS[name]
        add(
            row.option,
            dest=name,
            type=_setting(row),
            metavar="|".join(row.values) or ("N" if isinstance(row.default, int) else "X"),
            help=_percent_free(row.tooltip + words.DEFAULT.format(default=row.default)),
        )
    row = PARAMETERS["standardize"]
    flag = argparse.BooleanOptionalAction
    add(row.option, dest="standardize", action=flag, help=_percent_free(row.tooltip))
    add("--intercept", dest="fit_intercept", action=flag, help=words.INTERCEPT_HELP)
    add("--start", metavar="b,w1,…", type=_start, help=words.START_HELP)
    length = parser.add_mutually_exclusive_group()
    steps_help = words.STEPS_HELP.format(most="until converged, but no more than 100,000")
    length.add_argument("--steps", metavar="N", type=_count, help=steps_help)
    length.add_argument("--epochs", metavar="N", type=_count, help=words.EPOCHS_HELP)
    add(
        "--optimizer",
        metavar="|".join(_OPTIMIZERS),
        default="gd",
        type=_optimizer,
        help=words.OPTIMIZER_HELP,
    )
    for option, default, optimizer in _OPTIMIZER_OPTIONS:
        text = words.UNUSED_HELP.format(optimizer=optimizer)
        add(option, metavar="X", type=_fraction, default=default, help=text)
    add("--schedule", metavar="constant", default="constant", help=words.SCHEDULE_HELP)
    add("--trace", metavar="OUT.csv", type=Path, help=words.TRACE_HELP)
    add("--json", action="store_true", help=words.JSON_HELP)
    return parser


def _joined(arguments: list[str]) -> list[str]:
    """Join an option and a value that begins with a minus, which argparse takes for an option."""
    result: list[str] = []
    for argument in arguments:
        if result and _NEGATIVE.match(argument) and _OPTION.fullmatch(result[-1]):
            result[-1] += "=" + argument
        else:
            result.append(argument)
    return result


def _setting(row: Parameter) -> Callable[[str], object]:
    """Return what reads and checks a setting as the table says."""

    def read(text: str) -> object:
        value: object = text
        if isinstance(row.default, int):
            value = _whole(text)
        elif isinstance(row.default, float):
            value = _number(text)
        try:
            row.check(value)
        except SettingsError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
        return value

    return read


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(words.NOT_A_NUMBER.format(text=text)) from None


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(words.NOT_WHOLE.format(text=text)) from None


def _count(text: str) -> int:
    value = _whole(text)
    if value < 0:
        raise argparse.ArgumentTypeError(words.TOO_FEW.format(value=value, least=0))
    return value


def _fraction(text: str) -> float:
    value = _number(text)
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError(words.NOT_A_FRACTION.format(value=value))
    return value


def _names(text: str) -> list[str]:
    row = next(csv.reader([text], skipinitialspace=True))  # a name may hold a comma, in quotes
    return [name.strip() for name in row if name.strip()]


def _start(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(words.NOT_A_START.format(text=text)) from None


def _optimizer(text: str) -> str:
    if text not in _OPTIMIZERS:
        sentence = words.NO_SUCH_OPTIMIZER.format(value=text, choices=", ".join(_OPTIMIZERS))
        raise argparse.ArgumentTypeError(sentence)
    return text


def _percent_free(text: str) -> str:
    return text.replace("%", "%%")
