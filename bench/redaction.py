"""Does the detector find what is personal, and only that? On an invented corpus, seeded.

A quarter of the items is written in ways that were set aside when the detector was made. An item
counts as found when findings of its class cover every letter of it (an address: from the road,
village or estate on); a finding is right when it lies on an item of its class and takes no more
than a few characters around it.
"""

import time

from bench.redacting.corpus import SEED, samples
from bench.redacting.measuring import Tally, measure
from bench.runner import Figures, Say

NAME = "redaction"
QUICK, FULL = 5_000, 50_000
SHOWN = 5


def run(*, quick: bool, say: Say, options: list[str]) -> Figures:
    """Recall and precision of each class, and how many thousand characters a second are read.

    Options: another seed than the usual one.
    """
    seed = int(options[0]) if options else SEED
    corpus = list(samples(QUICK if quick else FULL, seed))
    letters = sum(len(sample.text) for sample in corpus)
    say(f"{len(corpus)} texts, {letters} characters, seed {seed}")
    began = time.process_time()
    tally = measure(corpus)
    seconds = time.process_time() - began
    _tell(say, tally)
    return tally.figures() | {"k_characters_per_s": letters / seconds / 1000}


def _tell(say: Say, tally: Tally) -> None:
    for kind, writing, text in tally.missed[:SHOWN]:
        say(f"missed {kind} ({writing}): {text}")
    for kind, words, text in tally.wrong[:SHOWN]:
        say(f"wrong {kind} ({words}): {text}")
