"""The whole way, from the bytes of one document to its report, in straight lines."""

from typing import NamedTuple

from pipeline import report, s1_page, s2_blocks, s3_metadata, s4_tables, s5_glossary, s6_outline, s7_tasks, s8_claims, s9_review
from pipeline.contracts import Blocks, Claims, Front, Glossary, Outline, Page, Report, Review, Tables, Tasks
from pipeline.formats.reading import Limits
from pipeline.wrapping import back, closed, forth, unwrapped


class Result(NamedTuple):
    """Every stage's value for one document, in the order of the pipeline."""

    page: Page
    blocks: Blocks
    front: Front
    tables: Tables
    glossary: Glossary
    outline: Outline
    tasks: Tasks
    claims: Claims
    review: Review
    report: Report


def process(data: bytes, name: str, limits: Limits | None = None) -> Result:
    """One document, all stages. Raises DocumentError where the document can't be read, or goes past the limits."""
    page = s1_page.read(data, name, limits)
    blocks = s2_blocks.lay_out(page)
    front = s3_metadata.read(page, blocks)
    view, way = unwrapped(blocks)
    tables = s4_tables.find(view, front.metadata)
    glossary = s5_glossary.find(view, tables)
    outline = s6_outline.find(view, tables, glossary)
    tasks = s7_tasks.find(view, front.metadata, tables, glossary, outline)
    close, closer = closed(view)
    there = forth(tables, closer), forth(glossary, closer), forth(outline, closer), forth(tasks, closer)
    claims = back(s8_claims.find(close, front.metadata, *there), closer, way)
    tables, glossary, outline, tasks = back(tables, way), back(glossary, way), back(outline, way), back(tasks, way)
    review = s9_review.review(page, blocks, front, tables, glossary, outline, tasks, claims)
    whole = report.assemble(page, blocks, front, tables, glossary, outline, tasks, claims, review)
    return Result(page, blocks, front, tables, glossary, outline, tasks, claims, review, whole)
