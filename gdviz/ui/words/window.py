"""Words on the window: labels, actions, menus and edits."""

APP_NAME = "gdviz"
UNTITLED = "Untitled"
GENERATED = "Generated points"
PAGES = {
    "cost": "Cost at every step",
    "slices": "Parabola",
    "ledger": "Ledger",
    "coefficients": "Coefficients",
    "controls": "Controls",
    "derivation": "Derivation",
    "example": "Worked example",
}
PAGES_SHORT = {"cost": "Cost"}
"""Where room is short."""
PAGES_NAMES = ("Pages below the plots", "Pages at the side")
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

# --- actions: text and tooltip --------------------------------------------------------------------
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

# --- menus ----------------------------------------------------------------------------------------
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
