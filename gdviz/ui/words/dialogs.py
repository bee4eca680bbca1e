"""Words in dialogs."""

OK = "OK"
POINT_TITLE = "Point {point}"
POINT_ADD_TITLE = "Add a point"
POINT_NEEDS_BOTH = "Type a number for x and one for y."
POINT_NOT_A_NUMBER = "“{text}” is not a finite number of at most 10⁵⁰. Write it as 1.5 or 2e-3."
GENERATE_TITLE = "Generate points"
GENERATE_OK = "Generate"
GENERATE_LABELS = ("Slope", "Intercept", "Noise (standard deviation)", "Number of points", "Seed")
IMPORT_TITLE = "Open {name}"
IMPORT_OK = "Open"
IMPORT_FEATURES = "Features"
IMPORT_FEATURE = "Feature x"
IMPORT_ONE = "one:"
IMPORT_TARGET = "Target y"
IMPORT_ALL = "all {n} columns but the target"
IMPORT_TOO_MANY = "all {n} columns but the target: too many, at most {most} can be shown"
IMPORT_ALL_TIP = "A weight for each: predicted against actual, and the cost in slices"
IMPORT_PREVIEW = "The first rows"
IMPORT_ROWS = "{n} rows; the first {shown}:"
IMPORT_ALL_ROWS = "{n} rows:"
IMPORT_SAME = "Feature and target must be two different columns."
IMPORT_TEXT_COLUMNS = "Left out, since they hold no numbers: {names}."
OPEN_TITLE = "Open points"
OPEN_FILTER = "Points (*.csv *.tsv *.txt *.gdviz);;All files (*)"
SAVE_TITLE = "Save points"
SAVE_FILTER_CSV = "Points as CSV (*.csv)"
SAVE_FILTER_SESSION = "Session: points and settings (*.gdviz)"
OVERWRITE_TEXT = "“{name}” exists already. Replace it?"
DISCARD_TITLE = "Save your points?"
DISCARD_TEXT = "“{title}” has points that are not saved. Save them before they are gone?"
CLEARED_TEXT = (
    "The points of “{title}” were removed, and no file holds those that you had made. "
    "Bring them back?"
)
CLEARED_UNDO = "Bring them back"
ERROR_TITLE = "That did not work"
LOADING = "Reading {name}…"
LOADING_CANCEL = "Cancel"
CRASH_TITLE = "Something unforeseen happened"
CRASH_TEXT = (
    "An unforeseen error was caught ({kind}: {error}). Your points are still here and have been "
    "kept for the next start; save them, and please report this."
)
KEYS_TITLE = "Keys"
KEYS_TEXT = (
    ("Space", "start and pause"),
    ("→  ←", "one step forward, one step back"),
    ("Shift+→", "to the end of the epoch"),
    ("R", "reset to the start"),
    ("N", "new random start"),
    ("F", "show everything again"),
    ("E", "residuals on and off"),
    ("Q, P, L", "residual squares, each point's pull, points as lines on and off"),
    ("Ctrl+1 … Ctrl+7", "cost, parabola, ledger, coefficients; controls, derivation, example"),
    ("S", "the next stage of the step, in the ledger"),
    ("Page Up, Page Down", "through the pages of a derivation or of the worked example"),
    ("Ctrl+C", "copy such a page, its formulas and numbers, as LaTeX"),
    ("Ctrl++, Ctrl+−, Ctrl+0", "formulas larger, smaller, and as large as at first"),
    ("Tab", "to the next plot or control; in the data plot it selects a point"),
    ("→ ← ↑ ↓", "with a point selected: the next point along x or y"),
    ("Shift+arrow", "move the selected point; with Ctrl in small steps"),
    ("Shift+arrow", "in the contour: move the dot; with Ctrl in small steps"),
    ("Shift+→, Shift+←", "in a parabola: move its dot; with Ctrl in small steps"),
    ("Delete", "remove the selected point"),
    ("Enter", "edit its numbers"),
    ("Insert", "add a point by its numbers"),
    ("Esc", "select no point"),
    ("Ctrl+Z, Ctrl+Shift+Z", "undo, redo"),
    ("Ctrl+O, Ctrl+S", "open, save"),
    ("Ctrl+G", "generate points"),
    ("Ctrl+Backspace", "clear all points"),
    ("Ctrl+Q", "close gdviz"),
)
ABOUT_TEXT = (
    "<h3>gdviz {version}</h3><p>See gradient descent think: click points, choose a learning rate, "
    "and watch the line fall into place while a dot walks down the contour of the cost.</p>"
    "<p>MIT licence. Typeface: Inter, SIL Open Font License 1.1. "
    "Colours: Okabe and Ito; viridis.</p>"
)
