# attack: Kills its process group and session, in which the warden could be.
# layer: the job leads a session of its own
# second: the pid namespace
# ends: signaled
# sites: rootless guest
. ./attack.sh
kill -KILL 0
sleep 60
