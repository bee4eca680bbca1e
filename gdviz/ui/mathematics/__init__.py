"""Typeset formulas with live numbers in them: typesetting, boxes, and their widget."""
