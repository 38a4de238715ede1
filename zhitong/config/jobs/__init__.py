"""The work of the smaller commands of ``zhitong``."""
