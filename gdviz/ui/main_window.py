"""The window: plots, controls and menus laid out. It shows what it is given."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QMainWindow,
    QToolButton,
    QWidget,
)

from gdviz.core.snapshot import Snapshot
from gdviz.explain.numbers import equation
from gdviz.explain.verdicts import Verdict
from gdviz.ui.actions import Actions
from gdviz.ui.controls import Controls
from gdviz.ui.data_view import DataView
from gdviz.ui.document import Document
from gdviz.ui.icons import window_icon
from gdviz.ui.key_order import order_keys
from gdviz.ui.menus import Menus
from gdviz.ui.notice import Notice
from gdviz.ui.page_menu import PageMenu
from gdviz.ui.pages import Page, Pages
from gdviz.ui.panels import Panels
from gdviz.ui.plane_chooser import PlaneChooser
from gdviz.ui.plots.contour_plot import ContourPlot
from gdviz.ui.plots.cost_plot import CostPlot, CostScale
from gdviz.ui.slice_key import SliceKey
from gdviz.ui.subscripts import as_typed
from gdviz.ui.theme import Theme
from gdviz.ui.transport import Transport, tool_button
from gdviz.ui.widgets.elided_label import ElidedLabel
from gdviz.ui.widgets.run_keys import RunKeys
from gdviz.ui.words import plots as plots_words
from gdviz.ui.words import window as window_words
from gdviz.ui.workbench import (
    CONTROLS_WIDTH,
    TEXT_WIDTH,
    Workbench,
    card,
    in_card,
    scrolling,
    spacer,
)

# Room for the frame that the desktop puts around the window.
_TITLE_BAR_HEIGHT = 32


class MainWindow(QMainWindow):
    """The only window.

    Attributes:
        document: the points, the settings and the start.
        snapshot: the newest state of the run that is shown.
        menus: the menu bar.

    Signals:
        close_requested: the window is to close, but holds points that no file has.
        closed: the window is about to go.
        file_dropped: a file was dropped on the window; carries its path.

    """

    close_requested = Signal()
    closed = Signal()
    file_dropped = Signal(str)

    def __init__(self, document: Document, snapshot: Snapshot, theme: Theme) -> None:
        super().__init__()
        self.document = document
        self.snapshot = snapshot
        self._is_closing = False
        self.setWindowIcon(window_icon())
        self.setAcceptDrops(True)
        self.actions_ = Actions(self, theme)
        self.data_view = DataView(theme)
        self.data_plot = self.data_view.data_plot
        self.plane = PlaneChooser()
        self._contour_title = QLabel()
        self.contour_plot = ContourPlot(theme)
        self.cost_plot = CostPlot(theme)
        self.controls = Controls(theme)
        self.slice_key = SliceKey(theme)
        self.panels = Panels(theme, self)
        self._transport = Transport(self.actions_)
        self.speed, self.status = self._transport.speed, self._transport.status
        self.lower_pages = Pages("lower", window_words.PAGES_NAMES[0], shares=(2, 3))
        self.side_pages = Pages(
            "side",
            window_words.PAGES_NAMES[1],
            is_framed=False,
            first_at_end=True,
            shares=(CONTROLS_WIDTH, TEXT_WIDTH),
        )
        self.notice = Notice()
        self.equation = ElidedLabel()
        self.equation.setObjectName("equation")
        self.equation.setProperty("role", "equation")
        self.equation.setAccessibleName(window_words.EQUATION_NAME)
        self.equation.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.equation.setContentsMargins(0, 0, 4, 0)  # with the row's own, 8 before the chooser
        self.hover = self.contour_plot.place_note
        self._build()
        self.menus = Menus(self, self.actions_.by_name, self._scales.actions())
        self.addActions(list(self.actions_.by_name.values()))
        self.page_menu = PageMenu(self, self.lower_pages, self.side_pages)
        self.menuBar().insertMenu(self.menuBar().actions()[-1], self.page_menu)
        self._keys = RunKeys(self)
        self._look_after_keys(self)
        self.panels.built.connect(lambda name: self._look_after_keys(self.panels.places[name]))
        self.panels.ready.connect(self._order_keys)
        for pages in (self.lower_pages, self.side_pages):
            pages.page_shown.connect(self._order_keys)
        self._order_keys()
        self._keys.done.connect(self.data_plot.setFocus)
        self.notice.proposed.connect(self._order_keys)
        self.notice.dismissed.connect(self.data_plot.setFocus)
        self.setMinimumSize(860, 480)
        room = self.screen().availableGeometry().size()
        width = max(1280, round(0.8 * room.width()))
        height = max(720, round(0.8 * room.height()))
        self.resize(min(width, room.width()), min(height, room.height() - _TITLE_BAR_HEIGHT))
        self.data_plot.setFocus()

    # --- what is shown ---------------------------------------------------------------------------

    def show_run(self, snapshot: Snapshot) -> None:
        """Show where the run is in all plots; many times a second."""
        self.snapshot = snapshot
        self.data_view.show_snapshot(snapshot)
        self.contour_plot.show_snapshot(snapshot)
        self.cost_plot.show_snapshot(snapshot)

    def show_words(self, snapshot: Snapshot, verdict: Verdict) -> None:
        """Show the run in numbers and words; a few times a second, as fast as one can read."""
        self.controls.readouts.show_snapshot(snapshot, self.document.dataset.n_points)
        text = self._equation(snapshot)
        has_many = self.document.dataset.n_features > 1
        short = plots_words.EQUATION_SHORT if has_many else equation(snapshot.theta, digits=2)
        self.equation.show_text(text, short if text else "")
        self._transport.show_verdict(verdict)
        self.actions_.show_snapshot(snapshot, self.document.dataset.n_points)

    def show_hover(self, theta: tuple[float, ...] | None, text: str, short: str = "") -> None:
        """Show the line that a place on the contour stands for, and its numbers."""
        self.data_view.show_ghost(theta)
        self.contour_plot.say_of_place(text, short)

    def show_plane(self, names: tuple[str, ...], pair: tuple[int, int]) -> None:
        """Show over which two parameters, of those names, the contour is drawn."""
        self.plane.show_pair(names, pair)
        is_slice = len(names) > 2
        first, second = (names[index] for index in pair)
        whole = plots_words.CONTOUR_TITLE.format(first=first, second=second)
        self._contour_title.setText(plots_words.CONTOUR_TITLE_SLICE if is_slice else whole)
        self._contour_title.setToolTip(plots_words.CONTOUR_SLICE_TIP if is_slice else "")

    def _equation(self, snapshot: Snapshot) -> str:
        names = self.document.dataset.feature_names
        is_older = len(names) + 1 != len(snapshot.theta)  # a snapshot of the data before
        if is_older or self.document.dataset.n_points == 0:
            return ""
        if len(names) == 1:
            return equation(snapshot.theta)
        return equation(snapshot.theta, digits=3, names=tuple(map(as_typed, names)))

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours everywhere."""
        for part in (
            self.data_view,
            self.contour_plot,
            self.cost_plot,
            self.panels,
            self.slice_key,
            self.controls,
            self.actions_,
        ):
            part.apply_theme(theme)

    def _look_after_keys(self, part: QWidget) -> None:
        for kind in (QToolButton, QCheckBox, QAbstractSpinBox, QComboBox):
            self._keys.look_after(*part.findChildren(kind))

    def _order_keys(self, *_: object) -> None:
        order_keys(
            (*self._upper_parts, *self.lower_pages.key_regions, *self.side_pages.key_regions),
        )

    def fit_views(self) -> None:
        """Show everything in all plots."""
        self.data_view.fit()
        self.contour_plot.fit()
        self.cost_plot.fit()
        self.panels.fit()

    # --- events ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages wherever the keys go, unless whoever has them has a use for these."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.panels.turn_page(is_forward=event.key() == Qt.Key.Key_PageDown)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless there is something to lose and the person says stop."""
        if self.document.is_modified and not self._is_closing:
            event.ignore()
            self.close_requested.emit()
            return
        self.closed.emit()
        event.accept()

    def close_for_good(self) -> None:
        """Close without asking again."""
        self._is_closing = True
        self.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.file_dropped.emit(url.toLocalFile())
                return

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        of_points = [self._flat_button(name) for name in ("squares", "residuals")]
        terms = [self._flat_button(name) for name in ("pulls", "pointLines", "fitViews")]
        beside = (self.equation, self.data_view.chooser, *of_points)
        data = card(plots_words.DATA_TITLE, self.data_view, *beside)
        contour = card(self._contour_title, self.contour_plot, spacer(), self.plane, *terms)
        self._scales = QActionGroup(self)
        scale_buttons = [self._scale_button(scale) for scale in CostScale]
        scales = (spacer(), *scale_buttons)
        title, short = window_words.PAGES["cost"], window_words.PAGES_SHORT["cost"]
        self.lower_pages.add(Page("cost", title, self.cost_plot, scales, short))
        places = self.panels.places
        for name in ("slices", "ledger", "coefficients"):
            extras = (self.slice_key,) if name == "slices" else ()
            self.lower_pages.add(Page(name, window_words.PAGES[name], places[name], extras))
        self.side_pages.add(
            Page("controls", window_words.PAGES["controls"], scrolling(self.controls))
        )
        for name in ("derivation", "example"):
            self.side_pages.add(Page(name, window_words.PAGES[name], in_card(places[name])))
        self._upper_parts = (self._transport, self.notice, data, contour)
        plots, pages = (data, contour), (self.lower_pages, self.side_pages)
        self.setCentralWidget(Workbench(self._transport, self.notice, plots, *pages))

    def _flat_button(self, name: str) -> QToolButton:
        button = tool_button(self.actions_, name)
        button.setProperty("flat", True)
        return button

    def _scale_button(self, scale: CostScale) -> QToolButton:
        action = self._scales.addAction(plots_words.COST_SCALES[scale.value])
        action.setCheckable(True)
        action.setObjectName(f"costScale{scale.value.capitalize()}")
        action.setChecked(scale is self.cost_plot.scale)
        action.triggered.connect(lambda: self.cost_plot.set_scale(scale))
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAccessibleName(plots_words.COST_SCALE_NAME.format(scale=action.text()))
        button.setProperty("flat", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
