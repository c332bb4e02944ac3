"""Zhengbao (政报): reads Chinese government work reports into data that people can compute with and trust."""

__version__ = "0.1.0"
