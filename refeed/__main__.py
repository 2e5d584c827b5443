"""Run the command line as `python -m refeed`."""

from refeed.cli import main

if __name__ == "__main__":  # a worker process that is spawned loads this module again
    raise SystemExit(main())
