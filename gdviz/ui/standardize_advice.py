"""Proposes to standardise where descent on x as it is would take very many steps."""

from __future__ import annotations

from gdviz.core.problem import Problem
from gdviz.core.proposal import would_take_many_steps
from gdviz.explain.numbers import format_rounded, format_short
from gdviz.ui.document import Document
from gdviz.ui.notice import Notice
from gdviz.ui.words import window as words


class StandardizeAdvice:
    """Shows and withdraws the proposal in the notice; taking it is one edit, with a better rate."""

    def __init__(self, notice: Notice, document: Document) -> None:
        self._notice = notice
        self._document = document
        self._shown: int | None = None

    def consider(self, problem: Problem) -> None:
        """Propose it where it helps this problem; withdraw what was proposed before."""
        document = self._document
        self.withdraw()
        if document.settings.standardize or not would_take_many_steps(
            document.dataset, document.settings
        ):
            return
        better = document.settings.with_(standardize=True)
        rate = Problem.of(document.dataset, better).proposed_rate
        self._shown = self._notice.propose(
            words.STANDARDIZE_NOTICE.format(kappa=format_rounded(problem.limits.condition_number)),
            (
                "acceptStandardize",
                words.STANDARDIZE_ACCEPT.format(rate=format_short(rate)),
                lambda: document.change_settings(standardize=True, learning_rate=rate),
            ),
            ("dismissNotice", words.NOTICE_DISMISS, self.withdraw),
        )

    def withdraw_if_taken(self) -> None:
        """Withdraw it where x is standardised by now."""
        if self._document.settings.standardize:
            self.withdraw()

    def withdraw(self) -> None:
        """Propose it no more; what else the notice says stays."""
        if self._shown is not None:
            self._notice.withdraw(self._shown)
            self._shown = None
