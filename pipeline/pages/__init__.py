"""Pages that people look at: a report, a diff, a panel, each one self-contained file that loads nothing."""
