"""A git work tree around files of a run, and which of several a file belongs to."""

from refeed.startup.named_tuple import NamedTuple


class WorkTree(NamedTuple):
    """A folder of a run that lies in a work tree, or is one."""

    below: str  # what the paths of its files begin with, as they are opened
    top: str  # the real path of the whole work tree
    inside: str  # where in it that is: a folder, with a slash at its end
    head: str  # the commit that was checked out when the run began
    boundary: tuple[str, ...] = ()  # of a shallow clone the commits before which it knows nothing

    def path_of(self, path: str) -> str:
        """Return what git calls a file."""
        return self.inside + path[len(self.below) :]
