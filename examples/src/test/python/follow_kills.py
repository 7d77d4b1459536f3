"""Runs a command that follows a tree, kills it with SIGKILL again and again, and lets it finish.

Usage: follow_kills.py SEED KILLS CHECKPOINTS OUT PUBLISHED COMMAND...

CHECKPOINTS and OUT are the folders that the command was told; PUBLISHED is a file that appears when the tree is
complete. The moments: within the first checkpoint, right behind the metadata of a checkpoint (before what belongs to
it is committed, or within that), and anywhere between the start of the process and some seconds later.
"""

import collections
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

START_SECONDS = 60
END_SECONDS = 90
QUIET_CHECKPOINTS = 12


def entries(folder):
    """What is in a folder, which the command may remove meanwhile."""
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def checkpoints(folder):
    """Ids of checkpoints that are begun, and of those that are completed."""
    begun, completed = set(), set()
    for path in (p for job in entries(folder) for p in entries(job) if p.name.startswith("chk-")):
        number = int(path.name[4:])
        begun.add(number)
        if (path / "_metadata").exists():
            completed.add(number)
    return begun, completed


def committed(out):
    """Published files with the checkpoint in their names."""
    return {p.name: int(re.fullmatch(r"[^.]+\.[^.]+\.\d+\.(\d+)\.\d+\.\w+", p.name)[1]) for p in out.glob("*.binpb")}


def wait_for(condition, process, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if process.poll() is not None:
            sys.exit(f"the command ended by itself with code {process.returncode}")
        if time.monotonic() > end:
            sys.exit(f"not within {seconds} s")
        time.sleep(0.0005)


def main():
    seed, kills = int(sys.argv[1]), int(sys.argv[2])
    folder, out, published = (Path(a) for a in sys.argv[3:6])
    command = sys.argv[6:]
    chance = random.Random(seed)
    moments = ["first checkpoint"] + ["metadata"] * (kills // 2) + ["any"] * (kills - kills // 2 - 1)
    tail = moments[1:]
    chance.shuffle(tail)
    late_commits = 0
    in_checkpoint = 0
    done = collections.Counter()
    restored, before = 0, {}
    for number, moment in enumerate(moments[:1] + tail):
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        start = time.monotonic()
        try:
            if moment == "first checkpoint":
                wait_for(lambda: checkpoints(folder)[0], process, START_SECONDS)
            elif moment == "metadata":
                last = max(checkpoints(folder)[1], default=0) + chance.randrange(3)
                wait_for(lambda: max(checkpoints(folder)[1], default=0) > last, process, START_SECONDS)
            else:
                time.sleep(chance.uniform(0.2, 5))
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        done[moment] += 1
        after = committed(out)
        late_commits += any(after[name] <= restored for name in after.keys() - before.keys())
        begun, completed = checkpoints(folder)
        restored, before = max(completed, default=0), after
        in_checkpoint += max(begun, default=0) > restored
        print(
            f"kill {number + 1}: {moment}, {time.monotonic() - start:.1f} s after the start;"
            f" checkpoint {restored} completed, {len(after)} files committed",
            flush=True,
        )
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        wait_for(published.exists, process, END_SECONDS)
        seen, since = None, 0
        end = time.monotonic() + END_SECONDS
        while True:
            newest, files = max(checkpoints(folder)[1], default=0), committed(out)
            if files != seen:
                seen, since = files, newest
            if newest >= since + QUIET_CHECKPOINTS:
                break
            if time.monotonic() > end or process.poll() is not None:
                sys.exit("the command does not come to rest")
            time.sleep(0.05)
        late_commits += any(seen[name] <= restored for name in seen.keys() - before.keys())
        process.send_signal(signal.SIGTERM)
        if process.wait(timeout=30) != 0:
            sys.exit(f"SIGTERM ended the command with code {process.returncode}")
    finally:
        process.kill()
    print(
        f"seed {seed}: {sum(done.values())} kills ("
        + ", ".join(f"{count} at '{moment}'" for moment, count in sorted(done.items()))
        + f"); {in_checkpoint} left a checkpoint unfinished, {late_commits} left commits that the next start made;"
        f" {len(seen)} files committed, newest checkpoint {newest}"
    )


if __name__ == "__main__":
    main()
