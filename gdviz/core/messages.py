"""What the core says of data, settings and runs that cannot be used.

Written as help: what happened, why, what to do. Braces are filled by ``str.format``.
"""

# --- data ---------------------------------------------------------------------------------------
NOT_FINITE = "{name} of point {point} is {value}. Every value must be a finite number."
TOO_LARGE = (
    "{name} of point {point} is {value:.6g}. Values beyond ±{limit:.0e} overflow when they are "
    "squared and summed: use a larger unit."
)
SHAPES_DIFFER = "There are {rows} rows of features but {targets} target values."
NEEDS_ONE_FEATURE = "Points can be edited only when there is one feature; this data set has {n}."
NO_SUCH_POINT = "There is no point {index}; the data set has {n_points}."
NAMES_DIFFER = "There are {names} feature names for {n} feature columns."

# --- settings -----------------------------------------------------------------------------------
OUT_OF_BOUNDS = "{label} is {value}, but must be {bounds}."
SETTING_NOT_FINITE = "{label} is {value}, but must be a finite number."
NOT_A_CHOICE = "{label} is {value!r}, but must be one of {choices}."
NOT_A_NUMBER = "{label} is {value!r}, but must be a number."
OPTIMIZER_LATER = (
    "The optimizer {value!r} is not built in yet; only 'gd' (plain gradient descent) is. "
    "Leave out --optimizer or choose gd."
)
SCHEDULE_LATER = (
    "The schedule {value!r} is not built in yet; only 'constant' is. "
    "Leave out --schedule or choose constant."
)
START_LENGTH = (
    "The start has {given} numbers, but {n_features} feature(s) and the intercept need {needed}: "
    "b,w1,…"
)
START_NOT_FINITE = "The start has {value}, but every number in it must be finite."
START_TOO_LARGE = (
    "The start has {value:.6g}, but numbers beyond ±{limit:.0e} overflow when they are squared: "
    "start nearer to 0."
)

# --- the run ------------------------------------------------------------------------------------
RUN_FAILED = (
    "The run was stopped by an unforeseen error ({kind}: {error}). Your points are safe: "
    "reset the run and go on, and please report this."
)

# --- generator ----------------------------------------------------------------------------------
GENERATE_NOT_FINITE = "{label} is {value}, but must be a finite number."
GENERATE_BAD_NOISE = "The noise is {value}, but must be 0 or more."
GENERATE_BAD_COUNT = "The number of points is {value}, but must be from 1 to {limit}."
GENERATE_BAD_RANGE = (
    "x goes from {low} to {high}, but must go from a smaller to a larger number, at most "
    "{limit:.0e} apart."
)
GENERATE_BAD_SEED = "The seed is {value}, but must be a whole number, 0 or more."
