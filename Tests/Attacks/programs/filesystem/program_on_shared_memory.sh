# attack: Runs programs from folders that are meant for data.
# layer: /dev/shm is mounted noexec
# second: none
# sites: rootless guest
. ./attack.sh
cp /bin/true /dev/shm/true
chmod 755 /dev/shm/true
refused "a program in /dev/shm" /dev/shm/true
end
