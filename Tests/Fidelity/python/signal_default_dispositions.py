import signal

for number in sorted(signal.valid_signals()):
    name = number.name if isinstance(number, signal.Signals) else number
    print(name, getattr(signal.getsignal(number), "__name__", signal.getsignal(number)))
print(signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.sigpending(), signal.getitimer(signal.ITIMER_REAL))
print(signal.set_wakeup_fd(-1), signal.alarm(0), signal.strsignal(11))
