"""The mathematics: data, cost, sampling, descent. NumPy and the standard library only."""
