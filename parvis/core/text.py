"""Short texts: one clean line, a handle to be mentioned by, initials for an avatar."""

import re
import unicodedata

# C0 and C1 controls, line and paragraph separators: they end a header or a log line (threat F1).
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Marks that turn the reading order round: "exe.gnp" would read as "png.exe" in a name.
INVISIBLE = re.compile(r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+|[\ud800-\udfff]")
COMBINING_ACCENTS = re.compile(r"[\u0300-\u036f]")
# Letters that are not another one with an accent, as people type them who do not have them.
TYPED_AS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
    | {"ħ": "h", "ŧ": "t", "ŋ": "n"}
    | dict.fromkeys("’‘ʼ´`", "'")
    | dict.fromkeys("\u00ad\u200c\u200d", "")  # hyphens nobody sees, and joiners
)


def clean_line(text: str) -> str:
    """One line of visible text, for names, titles, subjects and file names (threat F1).

    Breaks and runs of spaces become one space; marks of direction and lone surrogates go.
    """
    return " ".join(BREAKS.sub(" ", INVISIBLE.sub("", text)).split())


def abbreviated(text: str, length: int) -> str:
    """At most `length` characters: the beginning, `…`, and the end, where version and extension stand."""
    if len(text) <= length:
        return text
    end = (length - 1) // 3
    return f"{text[: length - 1 - end].rstrip()}…{text[len(text) - end :].lstrip()}"


def without_accents(text: str) -> str:
    """`Lefèvre` → `Lefevre`; letters of other scripts stay as they are."""
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", COMBINING_ACCENTS.sub("", decomposed))


def folded(text: str) -> str:
    """What is left of a text when one looks for it: `Cœur d’ÉTÉ` → `coeur d'ete`."""
    plain = without_accents(clean_line(text).translate(TYPED_AS)).casefold().translate(TYPED_AS)
    return " ".join(without_accents(plain).split())


def handle(name: str) -> str:
    """What one types after @ to mention a person: `Sarah Lefèvre` → `sarah-lefevre`.

    Empty where the name holds no letter or digit; two persons may share one, so it never identifies.
    """
    folded = without_accents(clean_line(name)).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-")


def initials(name: str) -> str:
    """One or two capitals for an avatar: `Sarah de la Tour` → `ST`; `?` where there is no letter."""
    words = [word for word in re.split(r"[\W_]+", clean_line(name)) if word]
    if not words:
        return "?"
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0].upper()[:1] for word in ends)
