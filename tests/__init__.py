"""A package, because a library of the tests brings a folder of this name into the environment."""
