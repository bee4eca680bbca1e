"""Every sentence that the command line says, and that no other part of the program says too.

Braces are filled by ``str.format``.
"""

# --- gdviz --help -------------------------------------------------------------------------------
DESCRIPTION = "See gradient descent think: a line, its cost contour and every step between them."
USAGE = """gdviz [FILE]
       gdviz fit FILE [options]
       gdviz datasets"""
FILE_HELP = (
    "what to open: a table (.csv, .txt, .tsv), a session (.gdviz), or the name of a bundled data "
    "set; the starter set where it is left out"
)
EPILOG = """\
commands:
  gdviz [FILE]             open the window: click points, press Space, watch the
                           line fall into place
  gdviz fit FILE           the same descent without a window, for scripts;
                           'gdviz fit --help' explains its options and numbers
  gdviz datasets           the bundled data sets: name, N, n, what each is

examples:
  gdviz                    the starter set
  gdviz women              a bundled data set
  gdviz points.csv         your own points: one row per line, the target in the last column
  gdviz fit women --json   the fit as one JSON object

exit codes:
  0  done
  2  wrong usage or input; a line on standard error says what, where and what to do
  3  no window can be shown here; the line says what to install or set
  4  gdviz fit: the descent diverged
"""

# --- gdviz fit --help ---------------------------------------------------------------------------
FIT_DESCRIPTION = """\
Fit a line by gradient descent without a window. Progress goes to standard
error (only on a terminal), the result to standard output."""
FIT_FILE_HELP = (
    "a table (.csv, .txt, .tsv), a session (.gdviz), or the name of a bundled data set; what a "
    "session or a bundled set suggests (standardising, the start, …) counts unless an option says "
    "otherwise"
)
FIT_EPILOG = """\
what the numbers mean:
  theta θ        (b, w1 … wn): intercept and weights, in your units;
                 with one feature (b, m), the line y = m x + b
  cost J         over all points, as --convention says
  step, epoch    one update of θ; one pass over all points
  minimum        the exact least-squares answer, to compare with
  converged      |∇J| and the distance to the minimum have shrunk to
                 --tolerance of what they were at the start
  stopped        the steps ran out before that
  diverged       J grew 10⁸ times, or beyond all numbers: the learning rate is
                 too large; the result is the last state that made sense
  lambda λ       the curvature of J along its flattest (min) and its steepest
                 (max) direction: below 1/λ_max nothing overshoots, below
                 max = 2/λ_max batch descent converges, and
                 best = 2/(λ_min + λ_max) is the fastest constant rate
  --trace        a row per step from 0: step,epoch,cost,b,m, or with several
                 features step,epoch,cost,b,w1,…,wn; 17 significant digits

examples:
  gdviz fit learning-rate-exercise        81 steps; --learning-rate 1 takes 6
  gdviz fit women --learning-rate 0.5     one step, since x is standardised
  gdviz fit houses.csv --target price --features size,rooms --standardize
  gdviz fit points.csv --mode sgd --epochs 50 --trace path.csv
  gdviz fit points.csv --json

exit codes: 0 done, 2 wrong usage or input, 4 diverged, 130 interrupted
"""
TARGET_HELP = "the column to predict; the last one by default"
FEATURES_HELP = "the columns to predict from, with commas between; all the others by default"
START_HELP = "θ to start from, in your units; all 0 by default"
STEPS_HELP = "make at most so many steps; {most} by default"
EPOCHS_HELP = "make at most so many passes over all points"
INTERCEPT_HELP = "fit b; without, b stays 0 and the line goes through the origin (default: fit it)"
OPTIMIZER_HELP = "how a gradient becomes a step; only gd, plain gradient descent, is built in yet"
SCHEDULE_HELP = "how the learning rate changes; only constant is built in yet"
UNUSED_HELP = "for the optimizer {optimizer}; unused with gd"
TRACE_HELP = "write every step to this CSV file"
JSON_HELP = "print the result as one JSON object"
DEFAULT = " (default: {default})"

# --- gdviz datasets -----------------------------------------------------------------------------
DATASETS_DESCRIPTION = "List the bundled data sets: name, N points, n features, what it is."

# --- what is wrong ------------------------------------------------------------------------------
SEE_HELP = "See '{program} --help'."
NOT_A_NUMBER = "{text!r} is not a number."
NOT_WHOLE = "{text!r} is not a whole number."
TOO_FEW = "{value} is too few; it must be at least {least}."
NOT_A_FRACTION = "{value} is out of bounds; it must be at least 0 and below 1."
NOT_A_START = "{text!r} is no list of numbers with commas between, as 0,1.5."
NO_SUCH_OPTIMIZER = "There is no optimizer {value!r}; there are {choices}."
START_HAS_INTERCEPT = (
    "--no-intercept holds b at 0, but --start begins with b = {b:g}. Begin it with 0."
)
NO_COLUMNS_TO_CHOOSE = (
    "{file} is no table, so --target and --features have nothing to choose from. Leave them out."
)
NO_POINTS = "{file} has no points, so there is nothing to fit."
BAD_SESSION = "{file} holds a setting that cannot be used: {reason}"
TRACE_IS_INPUT = "--trace would overwrite {file}, which is being read. Choose another name."
CANNOT_PRINT = "The result cannot be written to standard output: {reason}."
INTERRUPTED = "Interrupted; no result was written."

# --- the result ---------------------------------------------------------------------------------
CONVERGED = "Converged in {steps}."
CONVERGED_FEWER = "Converged in {steps}. Is it possible to get there in fewer?"
STOPPED = "Stopped after {steps}, before it converged: J is still {gap} above the minimum."
STOPPED_TO_GO = "Stopped after {steps}, before it converged: {to_go} more to go at this rate."
HINT_STANDARDIZE = " The valley is narrow (κ = {kappa}): --standardize makes it round."
VALLEY = "one of many: the features leave θ undetermined, and this one is nearest to 0"
RENDER_LATER = "'gdviz render' is not built in yet; 'gdviz FILE' shows the run in a window."
HINT_NOISE = (
    " With a constant rate {mode} keeps wandering about the minimum; a smaller rate wanders less."
)
HINT_TOO_SMALL = " The rate is small: --learning-rate {rate} is safe too."
DIVERGED = (
    "Diverged after {steps}: the learning rate {rate} is too large{limit}. "
    "Try --learning-rate {proposal}."
)
DIVERGED_LIMIT = " (batch descent converges below {limit})"
ONE_STEP = "1 step"
STEPS = "{count} steps"
ABOUT = "about {count}"
MORE_THAN_A_BILLION = "more than a billion steps"

ROW_LINE = "line"
ROW_COST = "cost J"
ROW_EPOCHS = "epochs"
ROW_MINIMUM = "minimum"
ROW_RATES = "rates"
RATES = "smooth below {smooth}, best {best}, diverges above {limit}"
RATES_NONE = "any: nothing moves"
IN_Z_SCORES = " (on standardised x)"

READING = "reading"
FITTING = "fitting"

# --- no window ----------------------------------------------------------------------------------
APT_LINE = (
    "sudo apt install libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 "
    "libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-xinerama0 libdbus-1-3 libfontconfig1"
)
NO_DISPLAY = (
    "No window can be shown: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set). "
    "Run gdviz on a desktop or with 'ssh -X', or use 'gdviz fit', which needs none."
)
NO_CONNECTION = (
    "No window can be shown: the display {display} does not answer or refuses the connection. "
    "Check DISPLAY and the X server's permissions, or use 'gdviz fit', which needs no display."
)
MISSING_LIBRARY = (
    "No window can be shown: Qt needs the library {library}, which is missing. "
    "On Debian or Ubuntu install it with: " + APT_LINE
)
NO_QT = (
    "No window can be shown: {module} is not installed. Install it with: "
    "python -m pip install {package}"
)
BROKEN_QT = (
    "No window can be shown: Qt cannot be loaded ({reason}). Reinstall it with: "
    "python -m pip install --force-reinstall PySide6-Essentials"
)
