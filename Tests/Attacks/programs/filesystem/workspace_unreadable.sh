# attack: Makes its workspace unreadable, so that nobody can clean up.
# layer: the workspace is a tmpfs that vanishes with the sandbox
# second: none
# sites: rootless guest
. ./attack.sh
mkdir -p a/b/c
touch a/b/c/file
ln -s loop loop
mkfifo pipe
chmod 000 a/b a .
end
