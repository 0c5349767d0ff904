import signal
import subprocess

signal.signal(signal.SIGUSR1, signal.SIG_IGN)
show = ["sh", "-c", "while read -r l; do case $l in Sig[IB]*) echo $l;; esac; done < /proc/self/status"]
print(subprocess.run(show, capture_output=True, text=True).stdout)
print(subprocess.run(show, capture_output=True, text=True, restore_signals=False).stdout)
