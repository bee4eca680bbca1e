"""Imports point one way: the contracts of pyproject.toml, kept by a machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_layers_of_pyproject_are_kept() -> None:
    # In a process of its own: the linter imports nothing of the program, but logs and caches.
    code = (
        "from importlinter.cli import lint_imports; import sys; "
        f"sys.exit(lint_imports(config_filename={str(ROOT / 'pyproject.toml')!r}, no_cache=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", ["gdviz.core.descent", "gdviz.core.settings", "gdviz.explain"])
def test_the_mathematics_loads_no_qt(package: str) -> None:
    loaded = run_python(f"import sys, {package}; print(*sys.modules)")
    assert not {"PySide6", "pyqtgraph", "shiboken6", "tqdm"} & set(loaded.split())
