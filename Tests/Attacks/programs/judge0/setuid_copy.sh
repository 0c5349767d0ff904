# attack: Leaves a set-user-id shell behind for someone with more rights (CVE-2024-28189).
# layer: mounts are nosuid and vanish with the sandbox
# second: no_new_privs
# sites: rootless guest
. ./attack.sh
for place in /tmp /workspace; do
    cp /bin/bash $place/shell && chmod 6777 $place/shell
    id=$($place/shell -p -c 'echo $EUID' 2> /dev/null)
    [[ $id == 0 ]] && fell "a set-user-id shell in $place is root"
done
end
