# attack: The classical fork bomb of the shell.
# layer: the pids cgroup
# second: the cgroup around all sandboxes
# ends: exited wall_time_exceeded cpu_time_exceeded
# sites: rootless guest
# limits: wall_ms=1500 cpu_ms=1500 processes=24
# host: pids=80 memory=512M
:(){ :|:& };:
while :; do sleep 1; done 2> /dev/null
echo held
