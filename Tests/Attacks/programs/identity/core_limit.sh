# attack: Sets the core limit to 0 and crashes, so that the host's handler runs.
# layer: seccomp: the call does nothing
# second: none
# ends: signaled
. ./attack.sh
ulimit -c 0
ulimit -c unlimited
bash -c 'kill -SEGV $$'
for file in core*; do [[ -e $file ]] && fell "$file"; done
kill -ABRT $$
