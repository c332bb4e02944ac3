"""Stage 9: what a careful reader remarks on after reading everything, and the verdict on the whole."""

from pipeline.contracts import Blocks, Claims, Front, Glossary, Outline, Page, Review, Tables, Tasks


def review(
    page: Page, blocks: Blocks, front: Front, tables: Tables, glossary: Glossary, outline: Outline, tasks: Tasks, claims: Claims
) -> Review:
    """The findings that need more than one stage's value, and whether the document is a report at all."""
    return Review(verdict="report", findings=())
