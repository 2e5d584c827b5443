"""Walk a folder, ask for the status of every file, open it and read its first 4 kB, and do nothing with it.

No program in Python that looks into every file can be much faster. With --stat no file is opened: that is the least for
one that knows what was in the files.

python bench/floor.py [--stat] FOLDER
"""

import os
import sys


def look(folder: str, *, into: bool) -> tuple[int, int]:
    """Return how many files there are, and how many bytes were read (or, without looking into them, are there)."""
    files = size = 0
    folders = [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                    continue
                files += 1
                status = entry.stat(follow_symlinks=False)
                if not into:
                    size += status.st_size
                    continue
                handle = os.open(entry.path, os.O_RDONLY)
                size += len(os.read(handle, 4_096))
                os.close(handle)
    return files, size


if __name__ == "__main__":
    into = sys.argv[1] != "--stat"
    files, size = look(sys.argv[-1], into=into)
    print(f"{files} files, {size} bytes {'read' if into else 'in them'}")
