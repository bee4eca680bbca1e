"""Numbers, formulas and verdicts as words, filled with values from the core. No Qt."""
