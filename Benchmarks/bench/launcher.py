"""Starts commands from a small process: what Linux counts as a program's largest size includes that of who started it.

Reads one JSON object a line (command, environment, cwd, output), answers with one (seconds, kilobytes, status).
"""

import json
import os
import sys
import time

for line in sys.stdin:
    order = json.loads(line)
    output = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(output, 1)
            os.dup2(output, 2)
            if order["cwd"]:
                os.chdir(order["cwd"])
            os.execvpe(order["command"][0], order["command"], {**os.environ, **order["environment"]})
        except OSError as problem:
            os.write(2, str(problem).encode())
        os._exit(127)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - began
    os.close(output)
    answer = {"seconds": seconds, "kilobytes": usage.ru_maxrss, "status": os.waitstatus_to_exitcode(status)}
    print(json.dumps(answer), flush=True)
