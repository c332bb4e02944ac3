"""Which sentences set out the year's main expected targets (主要预期目标), in whatever words."""

import re

from pipeline.contracts import Heading, Span

_SETS = re.compile(
    r"(?:预期|主要|发展|奋斗|总体|经济|工作|全年|年度|具体|调控)[^,，。;；]{0,10}?(?:目标|指标)[^。;；\n]{0,14}?(?:是|为|:|定为|设定|如下|包括|建议|安排)"
    r"|建议[^。;；\n]{0,24}(?:目标|预期|增长)|(?:综合考虑|统筹考虑)[^。;；\n]{0,40}(?:增长|目标)"
)
_NAMED = re.compile(r"(?:预期|主要|发展|奋斗)[^,，。;；]{0,6}目标")
_OPEN = (":", "：")


class Targets:
    """Follows the text and says of each sentence where in it the year's main targets begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open = False

    def begin(self, sentence: Span, section: Heading | None) -> int | None:
        """The offset behind which the sentence's claims are main targets; None where it sets out none.

        A sentence or a line that ends with the colon of `主要预期目标是：` opens the paragraph that follows it.
        """
        start, end = sentence
        opened, self._open = self._open, False
        found = _SETS.search(self._text, start, end)
        if found:
            self._open = self._text[end - 1] in _OPEN
            return found.start()
        if opened or (section and _NAMED.search(self._text, section.start, section.end)):
            return start
        return None
