"""`python -m attain.demo`."""

from __future__ import annotations

from attain.demo.command import main

if __name__ == "__main__":
    main()
