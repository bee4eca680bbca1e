"""See gradient descent think: a line, its cost contour and every step between them."""

__version__ = "0.1.0"
