"""How long what is known of warnings is kept. There is nothing about residents in it."""

from zhitong.kernel.retention.registry import Kind, keep

for model in ("Sheet", "Message"):
    keep(
        f"alerts.{model}",
        Kind.RECORD,
        lasts="for good",
        then="Nothing removes it: whom an office warned, of what and when, is its record.",
    )
keep("alerts.Certificate", Kind.REFERENCE, lasts="for good", then="Old warnings need it.")
