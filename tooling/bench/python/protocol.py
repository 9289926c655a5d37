"""The other side of src/worker/protocol.ts: questions on standard input, answers on standard output, one JSON object a line."""

import json
import sys
import time


def say(answer):
    print(json.dumps(answer), flush=True)


def serve(step, notes):
    """Times `step()` as often as asked, until standard input ends."""
    say({"ready": notes})
    for line in sys.stdin:
        question = json.loads(line)
        if question["do"] == "steps":
            say({"ms": [time_of(step) for _ in range(question["count"])]})
        elif question["do"] == "kernels":
            say({"kernels": []})
        else:
            say({"error": "unknown question " + line})


def time_of(step):
    start = time.perf_counter()
    step()
    return 1e3 * (time.perf_counter() - start)
