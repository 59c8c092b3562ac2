"""Where the folders beside the code are: at the top of a checkout, or inside an installed package."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder called `name`: "templates", "static" or "migrations".

    Raises FileNotFoundError where it is in neither place, which means a broken install.
    """
    for place in (PACKAGE, PACKAGE.parent):
        if (place / name).is_dir():
            return place / name
    raise FileNotFoundError(f"The folder {name!r} is missing. Install the portal again with `pip install .`")
