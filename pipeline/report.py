"""Puts the report together from the values of the stages; parses nothing."""

from pipeline import __version__, lexicon
from pipeline.contracts import (
    SCHEMA_VERSION,
    Block,
    Blocks,
    Claims,
    Front,
    Glossary,
    Outline,
    Page,
    Report,
    Review,
    Tables,
    Tasks,
    Tool,
)


def assemble(
    page: Page,
    blocks: Blocks,
    front: Front,
    tables: Tables,
    glossary: Glossary,
    outline: Outline,
    tasks: Tasks,
    claims: Claims,
    review: Review,
) -> Report:
    """The report: every stage's records, and all findings in the order of the stages."""
    stages = (page, blocks, front, tables, glossary, outline, tasks, claims, review)
    return Report(
        schema_version=SCHEMA_VERSION,
        source=page.source,
        tool=Tool(version=__version__, lexicon=lexicon.fingerprint()),
        verdict=review.verdict,
        text=blocks.text,
        blocks=_kinds(blocks, outline, tasks),
        metadata=front.metadata,
        outline=outline.outline,
        tasks=tasks.tasks,
        claims=claims.claims,
        tables=tables.tables,
        glossary=glossary.glossary,
        ledger=claims.ledger,
        findings=tuple(finding for stage in stages for finding in stage.findings),
    )


def _kinds(blocks: Blocks, outline: Outline, tasks: Tasks) -> tuple[Block, ...]:
    """The blocks, those that a heading or an item opens called so."""
    headings = {heading.start for heading in outline.outline}
    items = {task.start for task in tasks.tasks}
    return tuple(
        block.model_copy(update={"kind": "heading" if block.start in headings else "item"})
        if block.kind in ("paragraph", "heading", "item") and (block.start in headings or block.start in items)
        else block
        for block in blocks.blocks
    )
