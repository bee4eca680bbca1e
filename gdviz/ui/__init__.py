"""Widgets and plots. They show values and say what a person did; they compute nothing."""
