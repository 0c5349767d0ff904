# attack: Writes byte by byte, each a wake-up of the server.
# layer: the clocks; one loop serves all jobs in turn
# second: the output's limit
# ends: wall_time_exceeded cpu_time_exceeded
# limits: wall_ms=800 cpu_ms=800
while :; do printf x; printf y >&2; done
