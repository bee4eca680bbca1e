"""The words on the window: names, labels, hints and menu entries."""

# --- plots --------------------------------------------------------------------------------------
DATA_NAME = "Data plot: points and line. Click to add a point, drag to move it"
CONTOUR_NAME = (
    "Contour plot: the cost over {first} and {second}. Drag the dot to start elsewhere, or use "
    "Shift and the arrow keys"
)
COST_NAME = "Cost plot: the cost at every step"
FIT_NAME = "Fit plot: predicted against actual, or the target against one feature"
FIT_POINT_TIP = "Point {point}: actual {actual:.6g}, predicted {predicted:.6g}"
AXIS_ACTUAL = "actual {name}"
AXIS_PREDICTED = "predicted {name}"
COEFFICIENTS_NAME = "Coefficients: a bar for each, and a mark where it is at the minimum"
COEFFICIENTS_SCALES = "b has a scale of its own."
COEFFICIENTS_SCALES_STANDARDISED = "Bars in your units; b has a scale of its own."
MATRICES_NAME = "The model in matrices, with the numbers of the step"
MATRICES_TIP = "Arrow keys scroll, Ctrl+C copies as LaTeX"
COEFFICIENT_TIP = "{name} = {value}, at the minimum {best}"
FIT_VIEW_NAME = "What the fit is shown against"
FIT_PREDICTED = "Predicted against actual"
FIT_AGAINST = "{target} against {name}"
FIT_AGAINST_TIP = "The other features are held at their means"
PLANE_NAMES = ("Parameter across", "Parameter upwards")
CONTOUR_TITLE_SLICE = "Slice of J through θ"
CONTOUR_SLICE_TIP = (
    "J over these two parameters, all others held where they are now. As they move, the picture "
    "moves; the star is the lowest place of this slice."
)
WHY_SEVERAL_FEATURES = "Points with several features are not edited here: edit the file"
DATA_TITLE = "Data"
CONTOUR_TITLE = "Cost J({first}, {second})"
PAGES = {
    "cost": "Cost at every step",
    "slices": "Parabola",
    "ledger": "Ledger",
    "coefficients": "Coefficients",
    "controls": "Controls",
    "derivation": "Derivation",
    "example": "Worked example",
}
PAGES_NAMES = ("Pages below the plots", "Pages at the side")
AXES_ONE = ("intercept b", "slope m")
AXIS_SCALED = "{name} (standardised)"
AXIS_STEP = "step"
COST_AXES = {"linear": "J", "log": "J", "gap": "J − Jₘᵢₙ"}
COST_SCALES = {"linear": "J", "log": "log J", "gap": "log of J − Jₘᵢₙ"}
COST_SCALE_NAME = "Scale of the cost: {scale}"
HINT_EMPTY = "Click here to add points"
HINT_START = "Click to add a point, drag to move one, Space to start"
SCALES_DIFFER = "axes not to the same scale"
DRAWN_ENLARGED = "drawn ×{factor}"
DRAWN_REDUCED = "drawn ÷{factor}"
PULL_DIRECTION = "direction only"
POINTS_OUT_OF_VIEW = ("1 point is out of view", "{count} points are out of view")
LINE_OUT_OF_VIEW = "the line is out of view"
EQUATION_SHORT = "ŷ = b + Σ wⱼ xⱼ"
LEGEND = (
    ("line", "the line; the dot and its path"),
    ("gradient", "downhill: the negative gradient"),
    ("minimum", "the minimum"),
)
LEGEND_SLICE = ("lowest", "lowest while the others are held")
LEGEND_TERMS = (
    ("residual", "residuals: actual to predicted"),
    ("square", "squared errors"),
    ("pull", "what each point adds to the step"),
    ("pointLine", "points: on its line a point's error is 0"),
)
LEGEND_USED = ("used", "points used by the last step")
LEGEND_USED_NEXT = ("used", "points that the next step uses")
LEGEND_NAME = "What the colours mean"
POINT_TIP = "Point {point}: x = {x:.6g}, y = {y:.6g}\nDrag to move it, Delete removes it"
DRAG_TIP = "x = {x:.6g}, y = {y:.6g}"
MENU_EDIT_VALUES = "Edit values…"
MENU_REMOVE = "Remove"

# --- window -------------------------------------------------------------------------------------
APP_NAME = "gdviz"
UNTITLED = "Untitled"
GENERATED = "Generated points"
EQUATION_NAME = "Equation of the line"
STATUS_NAME = "What the run is doing"
SPEED_UNLIMITED = "as fast as possible"
SPEED_STEPS = "{speed} steps/s"
SPEED_STEP = "1 step/s"
SPEED_SLOW = "1 step in {seconds} s"
HOVER = "{first} = {x}   {second} = {y}   J = {cost}"
HOVER_SHORT = "{first} = {x}  {second} = {y}  J = {cost}"
HOVER_IN_UNITS = "{text}\n{first} = {x}   {second} = {y}   in your units"
TOLD = "{text}: {tip}"
NO_NUMBER = "–"
NEARLY_ZERO = "≈ 0"
NOT_YET = "?"
READOUTS = (
    ("step", "Step", "Parameter updates made so far"),
    ("epoch", "Epoch", "Passes completed over all points"),
    ("cost", "J", "The cost over all points"),
    ("gap", "J − Jₘᵢₙ", "How far the cost is above the lowest possible"),
    ("gradient", "|∇J|", "The length of the gradient: how steep it is here"),
    ("intercept", "b", "The intercept, in your units: where the line meets the y axis"),
    ("slope", "m", "The slope of the line, in your units"),
)
READOUTS_STANDARDISED = "{parameters} in your units; |∇J| in standardised ones"
READOUTS_STANDARDISED_TIP = (
    "The descent runs on standardised features, and |∇J| is as steep as it is there; the line, its "
    "numbers and all files are in the units of your points"
)
RATE_TICKS = ("1/λ", "2/λ")
RATE_NAMES_BATCH = ("smooth", "oscillates", "diverges")
RATE_NAMES_POINTS = ("calm", "overshoots", "may diverge")
RATE_ZONES_BATCH = (
    "Smooth below 1/λₘₐₓ = {smooth}, oscillating up to 2/λₘₐₓ = {most}, diverging beyond."
)
RATE_ZONES_POINTS = (
    "Below {smooth} no single point is overshot; beyond {most} the point farthest out is thrown "
    "farther at each of its steps."
)
RATE_REFUSED = "“{text}” is not a number above 0; η stays {rate}. Write it as 0.05 or 3.4e-5."
RATE_BEYOND = "All of these diverge: type a rate below {most}"
RATE_SAME_PATH = "Same path: {rate}"
RATE_SHORT = "Rate η"
RATE_SAME_PATH_TIP = (
    "The same path: with this cost the gradient is {times} times what it was, so η = {rate} makes "
    "the same steps as before"
)
GRADIENTS = {
    "mse": "∂J/∂m = (2/N) Σ e·x    ∂J/∂b = (2/N) Σ e",
    "half-mse": "∂J/∂m = (1/N) Σ e·x    ∂J/∂b = (1/N) Σ e",
    "sum": "∂J/∂m = 2 Σ e·x    ∂J/∂b = 2 Σ e",
    "half-sum": "∂J/∂m = Σ e·x    ∂J/∂b = Σ e",
}
SLOPE_SEVERAL = "∂J/∂wⱼ"
FEATURE_SEVERAL = "e·xⱼ"
GRADIENT_TIP = "The gradient of this cost, e being predicted − actual"
RATE_PROPOSE = "Use {rate}"
RATE_PROPOSE_TIP = "A round number below the first mark, where nothing overshoots"
STANDARDIZE_NOTICE = (
    "x is far from 0 or widely spread, so the cost is a narrow valley (κ = {kappa}): "
    "plain descent would take more than 10 000 steps."
)
STANDARDIZE_ACCEPT = "Standardise x and use η = {rate}"
NOTICE_DISMISS = "Not now"
RECOVERED_NOTICE_ONE = "gdviz ended unexpectedly with 1 unsaved point ({when})."
RECOVERED_NOTICE = "gdviz ended unexpectedly with {n_points} unsaved points ({when})."
RECOVERED_ACCEPT = "Restore them"
RECOVERED_LATER = "Later"
RECOVERED_DISCARD = "Discard"

# --- actions: text and tooltip ------------------------------------------------------------------
ACTIONS = {
    "playPause": ("Play", "Start the descent (Space)"),
    "step": ("Step", "Make one step (→)"),
    "stepBack": ("Step back", "Take one step back (←)"),
    "stepEpoch": ("Epoch", "Go to the end of this pass over the points (Shift+→)"),
    "reset": ("Reset", "Go back to the start (R)"),
    "randomStart": ("New start", "Start from a random line (N)"),
    "clearPoints": ("Clear all points", "Remove all points; Undo brings them back"),
    "undo": ("Undo", "Undo the last edit of the points"),
    "redo": ("Redo", "Redo what was undone"),
    "openFile": ("Open…", "Open a CSV file or a gdviz session"),
    "saveFile": ("Save", "Save the points"),
    "saveFileAs": ("Save as…", "Save the points, or points and settings, in another file"),
    "generate": ("Generate points…", "Make noisy points around a line"),
    "addPoint": ("Add point…", "Add a point by its numbers"),
    "removePoint": ("Remove point", "Remove the selected point"),
    "editPoint": ("Edit values…", "Change the numbers of the selected point"),
    "fitViews": ("Show everything", "Fit all views again (F)"),
    "largerFormulas": ("Larger formulas", "Write formulas and their words larger (Ctrl++)"),
    "smallerFormulas": ("Smaller formulas", "Write formulas and their words smaller (Ctrl+−)"),
    "normalFormulas": ("Normal size", "Write formulas as large as at first (Ctrl+0)"),
    "residuals": ("Residuals", "Show how far each point lies from the line (E)"),
    "squares": ("Residual squares", "Show each squared error as a square (Q)"),
    "pulls": ("Each point's pull", "Show how the points' pulls add up to the step (P)"),
    "pointLines": ("Points as lines", "Show each point as the line on which its error is 0 (L)"),
    "keys": ("Keys", "What the keys do"),
    "about": ("About gdviz", "What this is"),
    "quit": ("Quit", "Close gdviz"),
}
PAUSE = ("Pause", "Pause after this step (Space)")
WHY_NO_POINTS = "There are no points to learn from: add some first"
WHY_AT_MINIMUM = "It is at the minimum: reset (R), move a point or start elsewhere"
WHY_DIVERGED = "It has diverged: lower the learning rate, or reset (R)"
WHY_NO_STEP_BACK = "There is no step to take back"
WHY_AT_START = "It is at the start already"
WHY_LARGEST = "Formulas are as large as they get"
WHY_SMALLEST = "Formulas are as small as they get"
WHY_NORMAL = "Formulas have their normal size"
WHY_NO_SELECTION = "Select a point first: click it, or use Tab and the arrow keys"
WHY_NOTHING_TO_CLEAR = "There are no points to remove"
WHY_ONLY_MINI_BATCH = "Only mini-batches have a size"
WHY_ONLY_STOCHASTIC = "Batch steps see all points at once, so their order does not matter"
WHY_ONLY_SHUFFLED = "Only the shuffled order needs a seed"
WHY_MANY_POINTS = "More than 10 000 points are drawn as a density image, without residuals"
WHY_MANY_SQUARES = "Squares of more than 300 points would hide each other"
WHY_MANY_TERMS = "This step sees more than 50 points: too many to tell apart"
WHY_MANY_LINES = "Lines of more than 50 points would hide each other; stochastic steps show one"
WHY_NO_UNDO = "Nothing to undo"
WHY_NO_REDO = "Nothing to redo"

# --- dialogs ------------------------------------------------------------------------------------
OK = "OK"
COPY_LATEX = "Copy as LaTeX"
COPY_LATEX_TIP = "Copy this page's formulas, with their numbers, as LaTeX (Ctrl+C)"
COPIED = "Copied as LaTeX"
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
    ("Shift+→, Shift+←", "in a parabola: move its dot"),
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

# --- menus --------------------------------------------------------------------------------------
MENU_FILE = "&File"
MENU_BUNDLED = "Bundled data"
MENU_EDIT = "&Edit"
MENU_RUN = "&Run"
MENU_VIEW = "&View"
MENU_THEME = "Theme"
MENU_HELP = "&Help"
MENU_MATHEMATICS = "&Mathematics"
NEXT_STAGE = "Next stage of the step"
NEXT_STAGE_TIP = "Predict, error, gradient, update: then the step is made"
WHY_ONE_FEATURE = "With one feature there are only b and m: see the contour"
THEMES = {"system": "Follow the system", "light": "Light", "dark": "Dark"}
RECOVERED_TITLE = "Recovered points"
TITLE = "{title}[*] — gdviz"
TITLE_ONE_POINT = "{title} · 1 point[*] — gdviz"
TITLE_WITH_SIZE = "{title} · {n_points} points[*] — gdviz"

# --- edits, as the Edit menu names them -----------------------------------------------------------
UNDO_ADD = "Add point"
UNDO_MOVE = "Move point"
UNDO_REMOVE = "Remove point"
UNDO_CLEAR = "Clear all points"
UNDO_GENERATE = "Generate points"

# --- the parabola view ----------------------------------------------------------------------------
SLICE_NAME = "Parabola view: the cost along one parameter, the others held"
SLICE_PLOT_NAME = (
    "The cost along {name}. Drag the dot to start elsewhere, or use Shift and an arrow key"
)
SLICE_KEY_NAME = "What the marks in the parabolas are"
SLICE_KEY = (
    ("now", "now"),
    ("landing", "after the step"),
    ("slope", "slope of the step's points"),
    ("minimum", "minimum of J"),
    ("lowest", "lowest on this curve"),
)
SLICE_KEY_MARKS = {
    "now": "Filled dot: {text}",
    "landing": "Hollow dot: {text}",
    "slope": "Dashed line: {text}",
    "minimum": "Star and dotted line: {text}",
    "lowest": "Grey mark: {text}",
}
SLICE_TITLE_WHOLE = "J along {name}: the curve is the whole cost"
SLICE_TITLE_ONE = "J along {name}, {other} held at {value}"
SLICE_TITLE_MANY = "J along {name}, all others held"
SLICE_TANGENT = "slope {slope}"
SLICE_STEP = "step {step}"
SLICE_EMPTY = "Add points, and there is a cost to go down"
SLICE_STEPS = {
    "flat": "flat: J does not depend on {name}, so no step is made",
    "tiny": "too small: η = {rate} goes {share} % of the way",
    "smooth": "η = {rate} goes {share} % of the way",
    "lands": "just right along {name}: one step lands at the bottom",
    "lands near": "just right along {name}: one step lands all but at the bottom",
    "overshoots": "too large: overshoots, {factor} as far on the other side",
    "swings": "too large: swings, as far on the other side",
    "climbs out": "far too large: climbs out, {factor} times as far each step",
}
SLICE_TOGETHER = "{step}; but {names} together climb out"
SLICE_ALL_NAMES = "all"
SLICE_AT_LOWEST = "at the bottom: the slope is 0, so there is no step"
SLICE_OTHER_SLOPE = "the points of this step say slope {step}, all points {all}"
SLICE_ONE_SLOPE = "the point of this step says slope {step}, all points {all}"

# --- the worked example --------------------------------------------------------------------------
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

# --- ledger -------------------------------------------------------------------------------------
LEDGER_NAME = "Ledger: the step that comes next, worked out point by point"
LEDGER_TABLE_NAME = "Points of the step; Up and Down select one, Enter goes to the next stage"
LEDGER_SUMS_NAME = "The step as a worked sum"
LEDGER_EMPTY = "No points yet: add some, and the step that they make is worked out here."
LEDGER_NEXT = ("Next", "Go to the next stage; after the update, make the step")
LEDGER_OF_NEXT = "the next step"
LEDGER_OF_NEXT_SEES = "the next step sees {seen} of {all} points"
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

# --- derivations --------------------------------------------------------------------------------
DERIVATION_NAME = "Derivation: from the cost to the update, page by page"
DERIVATION_CONTENTS = "Contents of this chapter"
DERIVATION_PLACE = "page {number} of {count}"
DERIVATION_NUMBERS = "With the numbers of the next step"
