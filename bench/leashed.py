"""``python -m bench.leashed PARENT COMMAND …``: run a command that ends when its parent is gone.

The kernel sends the signal, so it ends also when the parent was killed. Linux only.
"""

import os
import sys

from zhitong.config.serving.children import die_with_parent

if __name__ == "__main__":
    die_with_parent(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])
