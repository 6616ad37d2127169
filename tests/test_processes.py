"""No process outlives the one that it works for, and what several write to is one's alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

POOL = """
import os, sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from copydesk.processes import alone, end_with_parent

def work(number):
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(60)

if __name__ == "__main__":
    with alone(Path(sys.argv[1])):
        with ProcessPoolExecutor(2, get_context(sys.argv[2]), end_with_parent) as pool:
            list(pool.map(work, range(2)))
"""
TIMES = "import sys, time; from pathlib import Path; from copydesk.processes import alone\n" + (
    "with alone(Path(sys.argv[1])): print(time.monotonic())"
)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def waits_for(until: float, what: object) -> bool:
    end = time.monotonic() + until
    while not (reached := what()) and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.05)
    return bool(reached)


def test_processes_end_with_the_one_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "pool.py"
    script.write_text(POOL)
    for way in ("fork", "spawn"):
        started = [sys.executable, str(script), str(tmp_path / "lock"), way]
        with subprocess.Popen(started, stdout=subprocess.PIPE, text=True) as first:
            assert first.stdout
            hands = [int(first.stdout.readline()) for _ in range(2)]
            assert all(map(is_running, hands))
            first.send_signal(signal.SIGKILL)
            assert waits_for(20, lambda hands=hands: not any(map(is_running, hands)))


def test_a_file_is_held_by_the_forked_as_well(tmp_path: Path) -> None:
    script = tmp_path / "pool.py"
    script.write_text(POOL.replace("get_context(sys.argv[2]), end_with_parent", "get_context(sys.argv[2])"))
    started = [sys.executable, str(script), str(tmp_path / "lock"), "fork"]
    with subprocess.Popen(started, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        hands = [int(first.stdout.readline()) for _ in range(2)]
        first.send_signal(signal.SIGKILL)
        first.wait()
        with subprocess.Popen([sys.executable, "-c", TIMES, str(tmp_path / "lock")], stdout=subprocess.PIPE) as second:
            time.sleep(1)
            freed = time.monotonic()
            for hand in hands:
                os.kill(hand, signal.SIGKILL)
            assert second.stdout
            assert float(second.stdout.read()) >= freed
