"""Open every file under a folder and read its first 4 kB: no program that looks into every file can be much faster.

python bench/floor.py FOLDER
"""

import os
import sys


def look(folder: str) -> tuple[int, int]:
    """Return how many files there are and how many bytes were read."""
    files = size = 0
    folders = [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                    continue
                handle = os.open(entry.path, os.O_RDONLY)
                size += len(os.read(handle, 4_096))
                os.close(handle)
                files += 1
    return files, size


if __name__ == "__main__":
    print("{} files, {} bytes read".format(*look(sys.argv[1])))
