"""The panel at the right: every setting of a run, made from the one table of parameters."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gdviz.core.settings import PARAMETERS, Parameter, RunSettings
from gdviz.ui.legend import Legend
from gdviz.ui.rate_control import RateControl
from gdviz.ui.readouts import Readouts
from gdviz.ui.subscripts import show_with_subscripts
from gdviz.ui.theme import Theme, give_margin, text_font
from gdviz.ui.words import window as words

# A scroll bar, where one is needed, takes its width from the panel.
_WIDTH, _SCROLL_BAR = 320, 12


class Controls(QWidget):
    """Shows the settings in force and says what a person changes.

    Signals:
        setting_chosen: a person chose a value; carries the setting's name in code and the value.

    """

    setting_chosen = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.resize(_WIDTH, self.height())
        self.setMinimumWidth(_WIDTH - _SCROLL_BAR)
        self.setMaximumWidth(_WIDTH)
        self.rate = RateControl(theme)
        self.readouts = Readouts()
        self._mode = _combo("mode", PARAMETERS["mode"])
        self._batch_size = _spin("batchSize", PARAMETERS["batch_size"])
        self._order = _combo("order", PARAMETERS["order"])
        self._seed = _spin("seed", PARAMETERS["seed"])
        self._convention = _combo("convention", PARAMETERS["convention"], with_help=True)
        self._optimizer = _combo("optimizer", PARAMETERS["optimizer"])
        self._standardize = _check("standardize", PARAMETERS["standardize"])
        self._fit_intercept = _check("fitIntercept", PARAMETERS["fit_intercept"])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(_card(self.rate))
        steps = _form((PARAMETERS["mode"], self._mode), (PARAMETERS["order"], self._order))
        numbers = _row(
            _label(PARAMETERS["batch_size"], self._batch_size),
            self._batch_size,
            _label(PARAMETERS["seed"], self._seed),
            self._seed,
        )
        layout.addWidget(_card(steps, numbers))
        cost = _form(
            (PARAMETERS["convention"], self._convention),
            (PARAMETERS["optimizer"], self._optimizer),
        )
        self._gradient = QLabel()
        self._gradient.setObjectName("gradientFormula")
        self._gradient.setFont(text_font(9))
        self._gradient.setToolTip(words.GRADIENT_TIP)
        cost.insertRow(1, self._gradient)
        layout.addWidget(_card(cost, _row(self._standardize, self._fit_intercept)))
        layout.addWidget(_card(self.readouts))
        self.legend = Legend(theme)
        layout.addWidget(self.legend)
        layout.addStretch(1)
        self._connect()

    def show_cost(self, settings: RunSettings, n_features: int) -> None:
        """Show the gradient of the cost, and whether the contour is a slice of it."""
        text = words.GRADIENTS[settings.convention]
        if settings.mode == "mini-batch":
            text = text.replace("/N)", "/k)")
        elif settings.mode == "sgd":  # the mean, and the sum, of one point
            for many, one in (("(2/N) Σ ", "2 "), ("(1/N) Σ ", ""), ("Σ ", "")):
                text = text.replace(many, one)
        if n_features > 1:
            text = text.replace("∂J/∂m", words.SLOPE_SEVERAL).replace("e·x", words.FEATURE_SEVERAL)
        if settings.standardize:
            text = text.replace("x", "z").replace("∂m", "∂m_z").replace("∂b", "∂b_z")
            text = text.replace("∂wⱼ", "∂w_zⱼ")
        if settings.mode == "sgd":  # of that point's loss, which J is the mean or the sum of
            is_half = settings.convention.startswith("half")
            text = text.replace("∂J", "∂½e²" if is_half else "∂e²")
        show_with_subscripts(self._gradient, text)
        self.legend.show_slices(n_features > 1)

    def show_settings(self, settings: RunSettings) -> None:
        """Show the settings in force; what has no effect now is disabled, with the reason."""
        self.rate.show_rate(settings.learning_rate)
        for combo, value in (
            (self._mode, settings.mode),
            (self._order, settings.order),
            (self._convention, settings.convention),
            (self._optimizer, settings.optimizer),
        ):
            combo.blockSignals(True)
            combo.setCurrentIndex(combo.findData(value))
            combo.blockSignals(False)
        for spin, number in ((self._batch_size, settings.batch_size), (self._seed, settings.seed)):
            spin.blockSignals(True)
            spin.setValue(number)
            spin.blockSignals(False)
        for check, is_on in (
            (self._standardize, settings.standardize),
            (self._fit_intercept, settings.fit_intercept),
        ):
            check.blockSignals(True)
            check.setChecked(is_on)
            check.blockSignals(False)
        self.legend.show_mode(settings.mode)
        is_batch = settings.mode == "batch"
        _allow(self._batch_size, settings.mode == "mini-batch", words.WHY_ONLY_MINI_BATCH)
        _allow(self._order, not is_batch, words.WHY_ONLY_STOCHASTIC)
        is_shuffled = settings.order == "shuffled" and not is_batch
        _allow(
            self._seed,
            is_shuffled,
            words.WHY_ONLY_STOCHASTIC if is_batch else words.WHY_ONLY_SHUFFLED,
        )

    def apply_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.rate.apply_theme(theme)
        self.legend.apply_theme(theme)

    def _connect(self) -> None:
        self.rate.rate_chosen.connect(self._choose_rate)
        for name, combo in (
            ("mode", self._mode),
            ("order", self._order),
            ("convention", self._convention),
            ("optimizer", self._optimizer),
        ):
            combo.currentIndexChanged.connect(
                lambda _, n=name, c=combo: self.setting_chosen.emit(n, c.currentData())
            )
        for name, spin in (("batch_size", self._batch_size), ("seed", self._seed)):
            spin.valueChanged.connect(lambda value, n=name: self.setting_chosen.emit(n, value))
        for name, check in (
            ("standardize", self._standardize),
            ("fit_intercept", self._fit_intercept),
        ):
            check.toggled.connect(lambda value, n=name: self.setting_chosen.emit(n, value))

    def _choose_rate(self, rate: float) -> None:
        self.setting_chosen.emit("learning_rate", rate)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0 if isinstance(widget, QLabel) else 1)
    return row


def _label(parameter: Parameter, buddy: QWidget) -> QLabel:
    label = QLabel(parameter.label)
    label.setProperty("role", "muted")
    label.setBuddy(buddy)
    return label


def _card(*contents: QWidget | QLayout) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    layout = QVBoxLayout(card)
    layout.setContentsMargins(12, 9, 12, 9)
    layout.setSpacing(6)
    for content in contents:
        if isinstance(content, QWidget):
            layout.addWidget(content)
        else:
            layout.addLayout(content)
    return card


def _form(*rows: tuple[Parameter, QWidget]) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(10)
    form.setVerticalSpacing(6)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for parameter, widget in rows:
        form.addRow(_label(parameter, widget), widget)
    return form


def _combo(name: str, parameter: Parameter, *, with_help: bool = False) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setAccessibleName(parameter.label)
    combo.setMinimumContentsLength(8)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for index, choice in enumerate(parameter.choices):
        combo.addItem(choice.help if with_help else choice.label, choice.value)
        combo.setItemData(index, choice.label if with_help else choice.help, 3)  # ToolTipRole
    _describe(combo, parameter)
    return combo


def _spin(name: str, parameter: Parameter) -> QSpinBox:
    spin = QSpinBox()
    spin.setObjectName(name)
    spin.setAccessibleName(parameter.label)
    spin.setRange(int(parameter.minimum), int(parameter.maximum))
    spin.setKeyboardTracking(False)
    give_margin(spin)
    if parameter.unit:
        spin.setSuffix(f" {parameter.unit}")
    _describe(spin, parameter)
    return spin


def _check(name: str, parameter: Parameter) -> QCheckBox:
    check = QCheckBox(parameter.label)
    check.setObjectName(name)
    check.setAccessibleName(parameter.label)
    _describe(check, parameter)
    return check


def _describe(widget: QWidget, parameter: Parameter) -> None:
    widget.setToolTip(parameter.tooltip)
    widget.setProperty("helpText", parameter.tooltip)


def _allow(widget: QWidget, allowed: bool, why_not: str) -> None:
    """Enable a widget, or disable it and say why in its tooltip."""
    widget.setEnabled(allowed)
    widget.setToolTip(widget.property("helpText") if allowed else why_not)
