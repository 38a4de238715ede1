"""What people call the values of CAP."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Sentence
from zhitong.lines.microblog.alerts.domain import (
    Category,
    Certainty,
    ResponseType,
    Rule,
    Severity,
    Urgency,
)

CATEGORIES: Mapping[str, Sentence] = {
    Category.SECURITY: _("Crime and fraud"),
    Category.SAFETY: _("Safety"),
    Category.FIRE: _("Fire"),
    Category.MET: _("Weather"),
    Category.TRANSPORT: _("Traffic"),
    Category.RESCUE: _("Missing people and rescue"),
    Category.HEALTH: _("Health"),
    Category.GEO: _("Earthquake and landslide"),
    Category.ENVIRONMENT: _("Pollution"),
    Category.INFRASTRUCTURE: _("Water, power and gas"),
    Category.OTHER: _("Something else"),
}
URGENCIES: Mapping[str, Sentence] = {
    Urgency.IMMEDIATE: _("Act now"),
    Urgency.EXPECTED: _("Within the hour"),
    Urgency.FUTURE: _("In the near future"),
    Urgency.PAST: _("It is over"),
}
SEVERITIES: Mapping[str, Sentence] = {
    Severity.EXTREME: _("Extraordinary danger (red)"),
    Severity.SEVERE: _("Great danger (orange)"),
    Severity.MODERATE: _("Possible danger (yellow)"),
    Severity.MINOR: _("Little danger (blue)"),
}
CERTAINTIES: Mapping[str, Sentence] = {
    Certainty.OBSERVED: _("It has happened or is happening"),
    Certainty.LIKELY: _("Likely"),
    Certainty.POSSIBLE: _("Possible"),
    Certainty.UNLIKELY: _("Unlikely"),
}
RESPONSES: Mapping[str, Sentence] = {
    ResponseType.AVOID: _("Keep away from it"),
    ResponseType.PREPARE: _("Prepare"),
    ResponseType.SHELTER: _("Go inside and stay there"),
    ResponseType.EVACUATE: _("Leave the place"),
    ResponseType.MONITOR: _("Follow the news"),
    ResponseType.EXECUTE: _("Do what the text says"),
    ResponseType.ALL_CLEAR: _("All clear"),
}
FAULTS: Mapping[Rule, Sentence] = {
    Rule.HEADLINE_LONG: _("The title is longer than 140 characters."),
    Rule.WORDS_REPEATED: _("Title, text and what to do must not be the same words."),
    Rule.MARKUP: _("The words hold something that looks like a web page's markup."),
    Rule.SAME_WORDS: _("The English words are the Chinese ones."),
}
FAULT = _("The alert would break a rule of the standard: %(rule)s.")
