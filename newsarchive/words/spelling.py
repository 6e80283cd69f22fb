"""How words are spelt before they are looked up: one case, no accents, the digits 0 to 9, cut into numbers and words."""

from __future__ import annotations

import re
import unicodedata

_ZEROS = "٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐"  # the first of the ten digits of each script; NFKC knows the full-width ones
_DELETED = [*range(0x300, 0x370), *range(0x64B, 0x653), *map(ord, "'’ʼ`´′׳״‘\u0640\u093c\u200b\u200c\u200d\u200e\u200f\u061c")]
_SAME = {"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "−": "-", "\u202f": " "}
_SPELLING: dict[int, int | str | None] = {
    **{ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)},
    **{ord(sign): other for sign, other in _SAME.items()},
    **dict.fromkeys(_DELETED),
}
RUNS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # scripts that put no space between words
_RUN = re.compile(f"[{RUNS}]")
_IDLE = r".,;:()\[\]|@~·•…،؛。、॰।«»“”־\"–—\-"  # marks that say nothing about a time
_TOKEN = re.compile(rf"\d+|[{RUNS}]+|[^\s\d{RUNS}{_IDLE}+<>/%$#&=*!?^_{{}}\\]+|[+<>/%$#&=*!?^_{{}}\\]")


def simplify(text: str) -> str:
    """The text in lower case, without accents, apostrophes and invisible signs, with ASCII digits.

    Accents go because people leave them out ("ha 3 dias"); what else changes is how keyboards of one language differ.
    """
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", text.translate(_SPELLING))


def tokens(simple: str) -> list[str]:
    """The numbers, words and meaningful signs of a simplified text; a run of Chinese, Thai or Korean is one token."""
    return _TOKEN.findall(simple)


def has_run(word: str) -> bool:
    """Whether a token is a run of letters of a script without spaces."""
    return bool(_RUN.match(word))
