"""Run the command line as `python -m refeed`."""

from refeed.cli import main

raise SystemExit(main())
