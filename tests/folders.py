"""Where the project's own folders are."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
FIXTURES: Final = ROOT / "fixtures"
