"""These tests use the helpers of the others."""

import sys
from pathlib import Path

for folder in ("coach", "coach/store", "screens", "terminal"):
    sys.path.append(str(Path(__file__).parents[1] / folder))
