# attack: Has the kernel make keyrings for ever, which are counted for each user.
# layer: seccomp refuses keyctl
# second: each sandbox's user is its own
# host: keys=24
. ./attack.sh
for i in {1..60}; do
    (read -r line < /proc/self/status)
done
[[ -s /proc/keys ]] && fell "keys are shown"
end
