"""Runs every benchmark of ``benchmarks/``, or the named ones: each is a module that prints what it measured.

python -m tools.run_bench [NAME ...]
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    there = sorted(p.stem for p in (ROOT / "benchmarks").glob("*.py") if not p.stem.startswith("_"))
    wanted = sys.argv[1:] or there
    unknown = sorted(set(wanted) - set(there))
    if unknown or not there:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(there) or 'none'}")
        return 2
    failed = 0
    for name in wanted:
        print(f"\n=== {name} " + "=" * max(3, 90 - len(name)), flush=True)
        code = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, check=False).returncode
        failed += bool(code)
    print(f"{len(wanted) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
