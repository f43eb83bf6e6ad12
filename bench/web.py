"""Many people in the product at once: how long pages take, and whether a change gets lost.

`python -m bench.web --data DIR --users 50` serves the company of DIR (made by `attain.demo` and
`attain.config.demo`), logs in fifty people of all roles and lets each read pages, with a pause in
between as readers make it. One request in ten changes somebody's details through the form, as
several people do for the same few at once. At the end every change that was acknowledged must be
in the history, and none that was refused.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from random import Random

from bench.visitors import Cast, Visitor, make_cast, reasons_kept, served
from bench.visits import Sample, Walk

SEED = 20261122


def main() -> None:
    """Serve, visit, and tell."""
    asked = _asked()
    cast = make_cast(asked.data, asked.users)
    with served(asked.data, asked.processes) as (port, children):
        before = children.cpu()
        samples, seconds = visit(cast, port, asked)
        busy = children.cpu() - before
    _report(samples, seconds, busy, asked)
    if not _check(samples):
        sys.exit(1)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the built company")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=5, help="mean seconds between two pages")
    parser.add_argument("--processes", type=int, default=2, help="web processes")
    return parser.parse_args()


def visit(cast: Cast, port: int, asked: argparse.Namespace) -> tuple[list[Sample], float]:
    """Let everybody walk about; the first fifth of the time warms up and is not counted."""
    began = time.monotonic()
    counted = began + asked.seconds / 5
    ends = began + asked.seconds
    samples: list[Sample] = []
    lock = threading.Lock()

    def walk(number: int, visitor: Visitor) -> None:
        way = Walk(visitor, cast, port, Random(SEED + number))
        for sample in way.until(ends, asked.pause):
            with lock:
                samples.append(sample)

    threads = [
        threading.Thread(target=walk, args=numbered, daemon=True)
        for numbered in enumerate(cast.visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for sample in samples:
        sample.counts = sample.began >= counted
    return samples, time.monotonic() - began


# --- telling ---


def _report(samples: list[Sample], seconds: float, busy: float, asked: argparse.Namespace) -> None:
    counted = [one for one in samples if one.counts]
    print(f"{asked.users} people, {asked.processes} web processes, pause {asked.pause:g} s,")
    print(f"{len(counted)} requests, {len(samples) / seconds:.1f} a second,")
    print(f"{busy / max(1, len(samples)) * 1000:.0f} ms of a processor each, warming up included\n")
    print(f"{'page':28}{'n':>7}{'p50':>8}{'p95':>8}{'p99':>8}{'worst':>8}   ms")
    for what in ("", *sorted({one.what for one in counted})):
        taken = sorted(one.taken for one in counted if what in ("", one.what))
        figures = (_at(taken, share) for share in (0.5, 0.95, 0.99, 1))
        told = "".join(f"{figure * 1000:8.0f}" for figure in figures)
        print(f"{what or 'everything':28}{len(taken):7}{told}")
    client = resource.getrusage(resource.RUSAGE_SELF)
    mine = client.ru_utime + client.ru_stime
    print(f"\nprocessor: server {busy:.1f} s, this script {mine:.1f} s of {seconds:.0f} s")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print("answers:", dict(sorted(Counter(one.status for one in samples).items())))


def _at(taken: list[float], share: float) -> float:
    if not taken:
        return 0.0
    return taken[min(len(taken) - 1, int(len(taken) * share))]


def _check(samples: list[Sample]) -> bool:
    """Whether what was acknowledged is there, once, and nothing else."""
    accepted = {one.token for one in samples if one.token and one.accepted}
    refused = {one.token for one in samples if one.token and one.stale}
    bases = [one.base for one in samples if one.token and one.accepted]
    overwritten = len(bases) - len(set(bases))
    history = reasons_kept()
    lost, ghosts = accepted - history, refused & history
    failed = [one for one in samples if one.status >= 500 or one.status == 0]
    print(f"changes: {len(accepted)} acknowledged, {len(refused)} refused as stale,")
    print(f"         {len(lost)} lost, {len(ghosts)} refused and yet made,")
    print(f"         {overwritten} made from a form that was stale; errors: {len(failed)}")
    for one in failed[:5]:
        print(f"         {one.status} {one.what} {one.note}")
    return not (lost or ghosts or overwritten or failed)


if __name__ == "__main__":
    main()
