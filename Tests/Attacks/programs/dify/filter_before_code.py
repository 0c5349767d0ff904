# attack: Looks on its first line for a moment without a filter (dify-sandbox, CVE-2025-3466).
# layer: the filter is installed in C before a byte of the program is read
# second: none
# off: seccomp+sysctls
state = dict(
    line.split(":", 1) for line in open("/proc/self/status").read().splitlines() if ":" in line
)
from attack import *  # noqa: E402

# A forked interpreter's zygote has a filter, too: the job's is one more.
if state["Seccomp"].strip() != "2" or state["NoNewPrivs"].strip() != "1":
    fell(f"Seccomp {state['Seccomp']}, NoNewPrivs {state['NoNewPrivs']}")
refused("unshare", lambda: call("unshare", 0x10000000), "EPERM")
end()
