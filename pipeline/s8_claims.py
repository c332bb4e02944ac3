"""Stage 8: the claims (quantity, indicator, time, status), and the ledger that accounts for every numeral."""

from pipeline.contracts import Blocks, Claims, Glossary, Metadata, Outline, Tables, Tasks


def find(blocks: Blocks, metadata: Metadata, tables: Tables, glossary: Glossary, outline: Outline, tasks: Tasks) -> Claims:
    """Every claim of the text in reading order, and the ledger."""
    return Claims(claims=(), ledger=())
