"""How long the desk keeps what it wrote. There is nothing about residents in it."""

from zhitong.kernel.retention.registry import Kind, keep

for model in ("Note", "Version", "Deed", "Publication"):
    keep(
        f"desk.{model}",
        Kind.RECORD,
        lasts="for good",
        then="Nothing removes it: what an office told the public is its record.",
    )
