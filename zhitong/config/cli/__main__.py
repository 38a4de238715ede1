"""``python -m zhitong.config.cli`` is the same as ``zhitong``."""

from zhitong.config.cli.main import main

raise SystemExit(main())
