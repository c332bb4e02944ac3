"""Ends without a word."""

import os


def parse(data: bytes, name: str, limits: object) -> None:
    os._exit(7)
