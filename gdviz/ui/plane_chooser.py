"""Which two parameters the contour shows, where there are more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from gdviz.ui.words import plots as words


class PlaneChooser(QWidget):
    """Two lists of parameters; choosing one that the other shows swaps them.

    Signals:
        pair_chosen: carries two different indices into θ, the smaller first.

    """

    pair_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair = (0, 1)
        self._lists = (QComboBox(), QComboBox())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for number, (box, name) in enumerate(zip(self._lists, ("planeX", "planeY"), strict=True)):
            box.setObjectName(name)
            box.setAccessibleName(words.PLANE_NAMES[number])
            box.setToolTip(words.PLANE_NAMES[number])
            box.currentIndexChanged.connect(lambda _, n=number: self._choose(n))
            if number:
                layout.addWidget(QLabel("×"))
            layout.addWidget(box)
        self.hide()

    def show_pair(self, names: tuple[str, ...], pair: tuple[int, int]) -> None:
        """Show which parameters of those names are drawn; nothing where there are only two."""
        self._pair = pair
        self.setVisible(len(names) > 2)
        for box, index in zip(self._lists, pair, strict=True):
            box.blockSignals(True)
            if tuple(map(box.itemText, range(box.count()))) != names:
                box.clear()
                box.addItems(list(names))
            box.setCurrentIndex(index)
            box.blockSignals(False)

    def _choose(self, number: int) -> None:
        chosen = [box.currentIndex() for box in self._lists]
        if chosen[0] == chosen[1]:
            chosen[1 - number] = self._pair[number]
        first, second = sorted(chosen)
        self.pair_chosen.emit((first, second))
