"""Numerals, scales, units and modifiers in a string -> quantities, and the role of every other numeral."""
