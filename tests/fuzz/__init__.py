"""Hostile and random documents: whatever comes in, what goes out keeps its promises."""
