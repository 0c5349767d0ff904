# attack: Overwrites the file with its own verdict.
# layer: results never lie in a file that the sandbox sees
# second: the warden reads the kernel's counters
. ./attack.sh
for path in /meta /workspace/../meta /var/local/lib/isolate /box/../meta /result /proc/1/fd/3; do
    refused "$path" bash -c "echo status:OK > $path"
done
end
