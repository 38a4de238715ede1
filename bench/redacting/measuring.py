"""How many of the planted items are found, and how much of what is found was planted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.redacting.corpus import WRITINGS, Item, Sample
from bench.redacting.places import ADMIN
from zhitong.kernel.text.personal import Finding, find

OVER = 8  # characters: a finding may begin a little early, as a county before a street


@dataclass
class Tally:
    """What was counted; ``missed`` and ``wrong`` keep the texts for people to look at."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    texts: int = 0

    def recall(self, kind: str) -> float:
        """The share of planted items whose every letter is covered by findings of their class."""
        return self.found[kind] / max(1, self.planted[kind])

    def precision(self, kind: str) -> float:
        """The share of findings that lie on an item of their class, or hardly beyond it."""
        return self.right[kind] / max(1, self.said[kind])

    def figures(self) -> dict[str, float]:
        """The keys of the benchmark."""
        figures: dict[str, float] = {"texts": self.texts, "items": self.planted["all"]}
        for kind in (*WRITINGS, "all"):
            figures[f"{kind}_recall"] = self.recall(kind)
            figures[f"{kind}_precision"] = self.precision(kind)
        return figures | {"held_out_recall": self.recall("held_out")}


def measure(samples: Iterable[Sample]) -> Tally:
    """Ask the detector about every sample."""
    tally = Tally()
    for sample in samples:
        findings = find(sample.text)
        tally.texts += 1
        for item in sample.items:
            _planted(tally, sample.text, item, findings)
        for finding in findings:
            _said(tally, sample, finding)
    return tally


def _planted(tally: Tally, text: str, item: Item, findings: tuple[Finding, ...]) -> None:
    keys = [item.kind, "all", *(["held_out"] if item.held_out else [])]
    tally.planted.update(keys)
    same = [one for one in findings if one.kind == item.kind]
    if any(one.start <= _core(text, item) and item.end <= one.end for one in same):
        tally.found.update(keys)
    else:
        tally.missed.append((item.kind, item.writing, text))


def _core(text: str, item: Item) -> int:
    """Where an item begins at the latest. An address may be found without its county and
    township: those are public."""
    if item.kind != "address":
        return item.start
    before = [len(name) for name in ADMIN if text.startswith(name, item.start)]
    return item.start + max(before)


def _said(tally: Tally, sample: Sample, finding: Finding) -> None:
    keys = [str(finding.kind), "all"]
    tally.said.update(keys)
    same = [item for item in sample.items if item.kind == finding.kind]
    if any(_upon(item, finding) for item in same):
        tally.right.update(keys)
    else:
        words = sample.text[finding.start : finding.end]
        tally.wrong.append((str(finding.kind), words, sample.text))


def _upon(item: Item, finding: Finding) -> bool:
    outside = max(0, item.start - finding.start) + max(0, finding.end - item.end)
    return finding.start < item.end and item.start < finding.end and outside <= OVER
