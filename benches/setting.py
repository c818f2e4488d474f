"""Where a run of the benchmarks finds its programs, and how much it does."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Setting:
    """One call of `benches/run`."""

    scale: str
    """`quick`, `default` or `long`."""
    rounds: int
    relay: str
    """More lines for the relay of every campaign."""
    scratch: Path
    """A folder of this call alone."""

    @property
    def quick(self) -> bool:
        return self.scale == "quick"

    @property
    def long(self) -> bool:
        return self.scale == "long"

    @property
    def program(self) -> Path:
        return target() / "dist/mailshot"

    @property
    def tools(self) -> Path:
        return target() / "dist/bench-tools"

    @property
    def mailmerge(self) -> Path:
        return target() / "bench-venv/bin/mailmerge"

    def pick(self, *, quick: int, default: int, long: int | None = None) -> int:
        """A count for this scale; the long form has the default's unless it says otherwise."""
        if self.quick:
            return quick
        return long if self.long and long is not None else default

    def folder(self, name: str) -> Path:
        """A new folder for one comparison."""
        folder = self.scratch / name
        folder.mkdir()
        return folder


def target() -> Path:
    """Cargo's target folder."""
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
