"""How long the mark of a demo stays."""

from zhitong.kernel.retention.registry import Kind, keep

keep("demo.DemoMark", Kind.REFERENCE, lasts="as long as the demo", then="Goes with the demo.")
