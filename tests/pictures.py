"""Makes the pictures that the README shows: ``python -m tests.pictures``."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

PICTURES = Path(__file__).resolve().parent.parent / "resources" / "pictures"


def main() -> None:
    """Open the window without a screen, let it run, and save what it shows."""
    scratch = tempfile.mkdtemp()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["XDG_CONFIG_HOME"] = os.environ["GDVIZ_AUTOSAVE_FOLDER"] = scratch

    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from gdviz import app
    from gdviz.explain.derivation.chapters import Chapter
    from gdviz.ui.theme import ThemeChoice

    window = app.create_window()
    window.resize(1280, 720)
    window.show()

    def wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    wait(300)
    PICTURES.mkdir(exist_ok=True)
    for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        window.menus.theme_chosen.emit(choice)
        window.actions_["reset"].trigger()
        wait(300)
        window.document.change_settings(learning_rate=0.13)
        window.actions_["playPause"].trigger()
        wait(900)
        window.actions_["playPause"].trigger()
        wait(400)
        path = PICTURES / f"window-{choice.value}.png"
        window.grab().save(str(path))
        print(path.relative_to(PICTURES.parent.parent))
    window.menus.theme_chosen.emit(ThemeChoice.LIGHT)
    for name, places in (
        ("ledger", ("ledger", "controls")),
        ("derivation", ("cost", "derivation")),
    ):
        window.document.change_settings(learning_rate=0.05)
        window.actions_["reset"].trigger()
        window.actions_["squares"].setChecked(name == "ledger")
        window.lower_pages.show_page(places[0])
        window.side_pages.show_page(places[1])
        window.panels.derivation.show_page(Chapter.N_FEATURES, 17)
        wait(300)
        window.actions_["step"].trigger()
        wait(600)
        window.panels.ledger.select_point(2)
        window.panels.ledger.row_selected.emit(2 if name == "ledger" else -1)
        wait(300)
        path = PICTURES / f"{name}.png"
        window.grab().save(str(path))
        print(path.relative_to(PICTURES.parent.parent))
    window.actions_["squares"].setChecked(False)
    window.menus.bundled_chosen.emit("mtcars")
    window.lower_pages.show_page("coefficients")
    window.side_pages.show_page("controls")
    wait(300)
    for _ in range(6):
        window.actions_["step"].trigger()
        wait(150)
    wait(600)
    path = PICTURES / "features.png"
    window.grab().save(str(path))
    print(path.relative_to(PICTURES.parent.parent))
    window.close_for_good()
    QApplication.instance().quit()


if __name__ == "__main__":
    main()
