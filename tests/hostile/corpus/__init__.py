"""The corpus: every file is written by a few lines here, nothing is downloaded.

`CORPUS` lists them all; README.md names each with its purpose, in a table that
`python -m tests.hostile.corpus` prints.
"""

from tests.hostile.corpus import archives, documents, markup, names, pictures, polyglots
from tests.hostile.corpus.kinds import HostileFile

CORPUS: list[HostileFile] = [
    *markup.FILES,
    *polyglots.FILES,
    *pictures.FILES,
    *archives.FILES,
    *documents.FILES,
    *names.FILES,
]

assert len({hostile.id for hostile in CORPUS}) == len(CORPUS), "two hostile files have one id"
