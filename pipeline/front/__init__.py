"""What stands before and around a report: its title block, whose it is and of when, what a page puts about it."""
