"""The verdicts on a run, in words. Braces are filled by ``str.format``."""

NO_POINTS = "No points yet: click in the data plot to add some."
READY = "Ready. Press Space and watch the line."
TRAINING = "Training{to_go}."
PAUSED = "Paused at step {step}{to_go}."
PAUSED_SHORT = "Paused."
STEPS_TO_GO = ", {steps} steps to go"
STEP_TO_GO = ", about one step to go"
CONVERGED = (
    "Converged in {steps} steps: the minimum is reached. Would fewer do? Press R and try another η."
)
CONVERGED_ONE = "Converged in 1 step: the minimum is reached, and it cannot be done in fewer."
CONVERGED_AT_START = (
    "Converged: the run already stands at the minimum. Move a point, or start elsewhere."
)
WANDERING = (
    "Wandering: steps that see only some points never come to rest at a constant η; they circle. "
    "A smaller η circles closer."
)
OSCILLATING = (
    "Oscillating: every step jumps over the bottom and lands a little lower. Below η = {rate} it "
    "goes down smoothly."
)
DIVERGING = "Diverging: each step is {growth} times as far out as the last. Try η = {rate}."
DIVERGED = (
    "Diverged, stopped at step {step}: each step went {growth} times as far out. "
    "Rates below {most} converge; try η = {rate}, then reset."
)
DIVERGED_STOCHASTIC = (
    "Diverged, stopped at step {step}: single points throw the line out, {growth} times as far "
    "per step on average. "
    "Try η = {rate}, then reset."
)
VALLEY = "All x are equal: every line through the mean point is as good (dashed valley)."
VALLEY_HELD = "All x are 0: no slope changes the line, so every m is equally good."
VALLEY_SEVERAL = "Equal or collinear features, or too few points: many answers are as good."
