"""Tables as they stand in a report: real ones, flattened ones, and lists of livelihood projects in prose.

`headers` knows what columns and titles say, `cells` reads rows out of pieces of text; `grid`, `flat` and `prose` each find one
sort of table and give it as a `cells.Draft`. Stage 4 puts them together.
"""
