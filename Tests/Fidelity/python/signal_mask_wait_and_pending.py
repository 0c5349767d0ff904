import os
import signal

signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGUSR2})
os.kill(os.getpid(), signal.SIGUSR1)
print(signal.sigpending())
print(signal.sigwait({signal.SIGUSR1}), signal.sigpending())
os.kill(os.getpid(), signal.SIGUSR2)
info = signal.sigtimedwait({signal.SIGUSR2}, 1)
print(info.si_signo, info.si_pid == os.getpid(), info.si_uid)
print(signal.sigtimedwait({signal.SIGUSR2}, 0))
child = os.fork()
if child == 0:
    print(sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])), flush=True)
    os._exit(0)
os.waitpid(child, 0)
