"""Words in and beside the plots."""

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
COEFFICIENTS_SCALES = "b has a scale of its own. Green: at the minimum."
COEFFICIENTS_SCALES_STANDARDISED = "Of standardised x; b_z to its own scale. Green: at the minimum."
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
    ("gradient", "downhill: the direction of −∇J"),
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
SLICE_OTHER_SLOPE = "slope {step} by this step's points, {all} by all"
SLICE_ONE_SLOPE = "slope {step} by this step's point, {all} by all"
