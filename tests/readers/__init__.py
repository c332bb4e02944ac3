"""Readers that misbehave, for the child process that holds them."""
