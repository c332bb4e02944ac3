"""What headings and items are made of: running text, names of chapters, candidates, kinds."""
