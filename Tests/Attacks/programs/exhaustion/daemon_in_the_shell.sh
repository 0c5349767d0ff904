# attack: Leaves a daemon behind by nohup.
# layer: the pid namespace ends with the job's process
# second: the warden kills the cgroup
# sites: rootless guest
. ./attack.sh
nohup sleep 3600 > /dev/null 2>&1 &
disown
end
