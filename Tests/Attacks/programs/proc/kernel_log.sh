# attack: Reads the kernel's log and addresses.
# layer: the entries are masked, and seccomp refuses syslog
# second: kernel.dmesg_restrict and kernel.kptr_restrict, where they are set
# sites: rootless guest
. ./attack.sh
for path in /proc/kmsg /dev/kmsg /proc/kallsyms /proc/modules /sys/kernel/debug/tracing/trace; do
    [[ -r $path ]] && read -r -t 1 line < $path && fell "$path: $line"
done
end
