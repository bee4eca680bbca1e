"""Words around the mathematics: ledger, derivations and the worked example."""

COPY_LATEX = "Copy as LaTeX"
COPY_LATEX_TIP = "Copy this page's formulas, with their numbers, as LaTeX (Ctrl+C)"
COPIED = "Copied as LaTeX"
DERIVATION_NAME = "Derivation: from the cost to the update, page by page"
DERIVATION_CONTENTS = "Contents of this chapter"
DERIVATION_PLACE = "page {number} of {count}"
DERIVATION_NUMBERS = "With the numbers of the next step"

# --- ledger ---------------------------------------------------------------------------------------
LEDGER_NAME = "Ledger: the step that comes next, worked out point by point"
LEDGER_TABLE_NAME = "Points of the step; Up and Down select one, Enter goes to the next stage"
LEDGER_SUMS_NAME = "The step as a worked sum"
LEDGER_EMPTY = "No points yet: add some, and the step that they make is worked out here."
LEDGER_NEXT = ("Next", "Go to the next stage; after the update, make the step")
LEDGER_OF_NEXT = "the next step"
LEDGER_OF_NEXT_SEES = "the next step sees {seen} of {all}; J is theirs"
LEDGER_OF_NEXT_SEES_ONE = "the next step sees 1 of {all}; J is its loss"
LEDGER_OF_NEXT_TIP = (
    "The ledger works out the step that comes next; the points that are marked in the plots "
    "are those of the last step"
)
LEDGER_WEIGHT_NAME = "Which weight is worked out; the others go the same way"
LEDGER_WEIGHT = "{weight}: {name}"
LEDGER_TOTAL = "Σ"
LEDGER_COLUMNS = {
    "point": "Number of the point",
    "feature": "{name}",
    "target": "Actual: {name}",
    "prediction": "Prediction of the line",
    "error": "Error: predicted minus actual",
    "squared": "Error squared: this point's part of the cost",
    "product": "Error times feature: this point's part of the gradient",
}
LEDGER_PREDICTION = "Prediction from all {n} features"
LEDGER_STANDARDISED = "{name}, standardised"

# --- the worked example ---------------------------------------------------------------------------
EXAMPLE_NAME = "Worked example: four examples, two features"
EXAMPLE_CONTENTS = "Contents of the worked example"
EXAMPLE_PLACE = "step {number} of {count}"
PAGE_BACK = ("Back", "The page before (Page Up)")
PAGE_NEXT = ("Next", "The next page (Page Down)")
WHY_FIRST_PAGE = "This is the first page"
WHY_LAST_PAGE = "This is the last page"
EXAMPLE_RESET = ("Reset numbers", "Bring back the numbers that the example came with")
WHY_NOT_CHANGED = "The numbers are those that the example came with"
WHY_BAD_NUMBER = "Mend the number first that cannot be used: it is marked on page {page}"
EXAMPLE_RUN = ("Run it", "Take these four examples into the plots and go on from this α and β")
EXAMPLE_ENTRIES = {
    "X": "X, row {row}, column {column}",
    "Y": "Y, row {row}",
    "alpha": "Bias α",
    "beta": "Weight β, column {column}",
    "rate": "Learning rate η",
}
EXAMPLE_REFUSED = (
    "“{text}” is not a number between minus and plus one million; {value} is used instead. "
    "Write it as 1.5 or −2."
)
EXAMPLE_REFUSED_RATE = (
    "“{text}” is not a number above 0 and at most one million; {value} is used instead. "
    "Write it as 0.1."
)
EXAMPLE_EMPTY = "A field is empty; {value} is used instead. Type a number, as 1.5 or −2."
