"""How a figure is said: the number with the words that modify it, as they stand (10%左右, 不低于8%, 控制在3%以内)."""

from pipeline.contracts import Claim
from pipeline.quantities.quantity import scan
from pipeline.text import fold, squeeze

_FAR = 6  # characters between a number and the word that modifies it


def wording(text: str, claim: Claim) -> str:
    """The claim's surface with its modifiers, from the first to the last of them, in one width and without white space: 8％ in one
    year and 8% in the next are no change of wording."""
    start, end = claim.start, claim.end
    if claim.modifier != "exact":
        for quantity in scan(text, max(claim.sentence[0], start - 40), min(claim.sentence[1], end + 20)):
            if quantity.start < claim.end and quantity.end > claim.start:
                near = [span for span in quantity.modifier_spans if span[1] > start - _FAR and span[0] < end + _FAR]
                start = min([start, *(span[0] for span in near)])
                end = max([end, *(span[1] for span in near)])
                break
    return fold(squeeze(text[start:end]))
