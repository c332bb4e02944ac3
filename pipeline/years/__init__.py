"""Reports of one place over the years, and of many places: what was promised, what came of it."""
