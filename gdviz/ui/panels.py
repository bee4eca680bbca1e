"""The panels of the mathematics, each built when it is first needed: the window starts sooner."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdviz.ui.theme import Theme

if TYPE_CHECKING:
    from gdviz.ui.coefficient_panel import CoefficientPanel
    from gdviz.ui.ledger.ledger_panel import LedgerPanel
    from gdviz.ui.mathematics.derivation_panel import DerivationPanel
    from gdviz.ui.mathematics.example_panel import ExamplePanel
    from gdviz.ui.slice_panel import SlicePanel


# So long after the start, and after each other, panels are built that nobody has asked for yet.
_IDLE_MS = 400


class Place(QWidget):
    """Where a panel stands once it is built: at the latest when it is shown.

    Signals:
        built: the panel is there, not yet to be seen: it can be wired.
        ready: it is wired.

    """

    built = Signal()
    ready = Signal()

    def __init__(self, build: Callable[[], QWidget]) -> None:
        super().__init__()
        self._build = build
        self.panel: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def content(self) -> QWidget:
        """Return the panel, built if need be."""
        if self.panel is None:
            self.panel = self._build()
            layout = self.layout()
            assert layout is not None
            proxy = self.panel.focusProxy()
            if proxy is not None:
                self.setFocusProxy(proxy)
            self.built.emit()
            layout.addWidget(self.panel)
            self.panel.show()  # else only the next turn of the event loop would
            self.ready.emit()
        return self.panel

    def showEvent(self, event: QShowEvent) -> None:
        """Build what is to be seen."""
        self.content()
        super().showEvent(event)


class Panels(QObject):
    """Owns the panels.

    Attributes:
        places: where each of them stands, by its name.

    Signals:
        built: a panel was built; carries its name. It is shown nothing yet.
        ready: it is wired and waits to be shown the moment; carries its name.

    """

    built = Signal(str)
    ready = Signal(str)

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._type_share = 1.0
        self.places: dict[str, Place] = {}
        for name, make in _MAKERS.items():
            place = self.places[name] = Place(partial(self._make, make))
            if name in _WITH_FORMULAS:
                place.built.connect(partial(self._give_type_size, name))
            place.built.connect(partial(self.built.emit, name))
            place.ready.connect(partial(self.ready.emit, name))
        # The outside knows the parabolas by the name of their plot, built or not.
        self.places["slices"].setObjectName("slicePlot")
        self._late = QTimer(self, singleShot=True)
        self._late.timeout.connect(self._build_next)

    @property
    def slices(self) -> SlicePanel:
        """The parabolas."""
        return cast("SlicePanel", self.places["slices"].content())

    @property
    def ledger(self) -> LedgerPanel:
        """The ledger of the next step."""
        return cast("LedgerPanel", self.places["ledger"].content())

    @property
    def coefficients(self) -> CoefficientPanel:
        """The coefficients as bars, and the matrices."""
        return cast("CoefficientPanel", self.places["coefficients"].content())

    @property
    def derivation(self) -> DerivationPanel:
        """The derivations, page by page."""
        return cast("DerivationPanel", self.places["derivation"].content())

    @property
    def example(self) -> ExamplePanel:
        """The worked example."""
        return cast("ExamplePanel", self.places["example"].content())

    def is_built(self, name: str) -> bool:
        """Whether a panel is there."""
        return self.places[name].panel is not None

    def is_seen(self, name: str) -> bool:
        """Whether a panel is there and can be seen."""
        panel = self.places[name].panel
        return panel is not None and panel.isVisible()

    def turn_page(self, *, is_forward: bool) -> None:
        """Turn a page in the panel with pages that can be seen, if there is one."""
        for name in ("derivation", "example"):
            if self.is_seen(name):
                getattr(self, name).turn_page(is_forward=is_forward)
                return

    def build_soon(self) -> None:
        """Build them one by one while nothing else is to be done."""
        self._late.start(_IDLE_MS)

    def stop(self) -> None:
        """Build no more, and leave no timer running."""
        self._late.stop()
        if self.is_built("slices"):
            self.slices.stop()

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        for name in _MAKERS:
            if self.is_built(name):
                getattr(self, name).apply_theme(theme)

    def set_type_size(self, share: float) -> None:
        """Write formulas in another size, as a share of the normal one."""
        self._type_share = share
        for name in _WITH_FORMULAS:
            if self.is_built(name):
                getattr(self, name).set_type_size(share)

    def fit(self) -> None:
        """Show everything in those that have a view."""
        if self.is_built("slices"):
            self.slices.fit()
        if self.is_built("coefficients"):
            self.coefficients.bars.fit()

    def _make(self, make: Callable[[Theme], QWidget]) -> QWidget:
        return make(self._theme)

    def _give_type_size(self, name: str) -> None:
        if self._type_share != 1.0:  # in which it is built
            getattr(self, name).set_type_size(self._type_share)

    def _build_next(self) -> None:
        missing = [name for name in _MAKERS if not self.is_built(name)]
        if missing:
            self.places[missing[0]].content()
            self._late.start(_IDLE_MS)


def _slices(theme: Theme) -> QWidget:
    from gdviz.ui.slice_panel import SlicePanel

    return SlicePanel(theme)


def _ledger(theme: Theme) -> QWidget:
    from gdviz.ui.ledger.ledger_panel import LedgerPanel

    return LedgerPanel(theme)


def _coefficients(theme: Theme) -> QWidget:
    from gdviz.ui.coefficient_panel import CoefficientPanel

    return CoefficientPanel(theme)


def _derivation(theme: Theme) -> QWidget:
    from gdviz.ui.mathematics.derivation_panel import DerivationPanel

    return DerivationPanel(theme)


def _example(theme: Theme) -> QWidget:
    from gdviz.ui.mathematics.example_panel import ExamplePanel

    return ExamplePanel(theme)


_MAKERS: dict[str, Callable[[Theme], QWidget]] = {
    "slices": _slices,
    "ledger": _ledger,
    "coefficients": _coefficients,
    "derivation": _derivation,
    "example": _example,
}
_WITH_FORMULAS = ("ledger", "coefficients", "derivation", "example")
