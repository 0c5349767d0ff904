/// Against processes: too many, undead, deaf, or aimed at others.
extension Abuse {
    static let processes: [Abuse] = [
        Abuse(
            "fork bomb in bash", in: .bash, timeUp.union(["exited"]),
            ":(){ :|:& };:; while :; do sleep 1; done"),
        Abuse(
            "fork bomb in python", timeUp,
            """
            import os
            while True:
                try: os.fork()
                except OSError: pass
            """),
        Abuse(
            "spawn bomb in node", in: .node,
            timeUp.union(["exited", "signaled", "memory_exceeded"]),
            """
            const { spawn } = require('child_process')
            for (;;) { try { spawn(process.execPath, [__filename, process.argv[2]]) } catch {} }
            """),
        Abuse(
            "thousands of threads", ["exited"], prints: "RuntimeError True\n", wallMs: 8_000,
            """
            import threading, os
            stop = threading.Event()
            made = 0
            try:
                for made in range(5000): threading.Thread(target=stop.wait, daemon=True).start()
            except RuntimeError as e: print(type(e).__name__, made < 32, flush=True)
            os._exit(0)
            """),
        Abuse(
            "a double-forked daemon that keeps the outputs open", ["exited"], prints: "parent\n",
            within: .seconds(2),
            """
            import os, time
            print('parent', flush=True)
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(3600)
                os._exit(0)
            os.wait()
            """),
        Abuse(
            "a daemon in bash under nohup", in: .bash, ["exited"], prints: "", within: .seconds(2),
            "nohup sleep 3600 >/dev/null 2>&1 & disown; exit 0"),
        Abuse(
            "orphans are reaped while the job runs", ["exited"], prints: "done\n", wallMs: 20_000,
            processes: 12, within: .seconds(20),
            program("abuse_orphans_are_reaped_while_the_job_runs.py")),
        Abuse(
            "zombies that nobody waits for", ["exited"], prints: "full\n",
            """
            import os
            try:
                for _ in range(1000):
                    if os.fork() == 0: os._exit(0)
            except BlockingIOError: print('full')
            """),
        Abuse(
            "an endless chain of exec", timeUp,
            "import os, sys\nos.execv(sys.executable, [sys.executable] + sys.argv)"),
        Abuse("a program that stops itself", in: .bash, timeUp, "kill -STOP $$; echo woke"),
        Abuse(
            "realtime priority and negative niceness", ["exited"],
            prints: "PermissionError PermissionError\n",
            program("abuse_realtime_priority_and_negative_niceness.py")),
    ]

    static let signals: [Abuse] = [
        Abuse(
            "signals to PID 1", ["exited"], prints: "alive\n",
            """
            import os
            for s in range(1, 65):
                try: os.kill(1, s)
                except OSError: pass
            print('alive')
            """),
        Abuse(
            "signals to everybody", ["exited"], prints: "alive\n",
            """
            import os
            for s in list(range(1, 65)):
                try: os.kill(-1, s)
                except OSError: pass
            print('alive')
            """),
        Abuse("SIGKILL to the process group", in: .bash, ["signaled"], "kill -KILL 0; sleep 60"),
        Abuse(
            "sleeping past the wall limit, deaf to SIGTERM", ["wall_time_exceeded"], wallMs: 700,
            within: .seconds(3),
            """
            import signal, time
            for s in range(1, 65):
                try: signal.signal(s, signal.SIG_IGN)
                except (OSError, ValueError): pass
            while True:
                try: time.sleep(3600)
                except BaseException: pass
            """),
        Abuse(
            "blocked signals and a stopped child", ["wall_time_exceeded"], wallMs: 700,
            within: .seconds(3),
            """
            import os, signal
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
            pid = os.fork()
            if pid == 0: os.kill(os.getpid(), signal.SIGSTOP)
            os.waitpid(pid, 0)
            """),
        Abuse(
            "a core dump asked for", in: .bash, ["signaled"],
            "ulimit -c unlimited 2>/dev/null; kill -SEGV $$"),
        Abuse(
            "a timer storm", timeUp,
            """
            import signal
            signal.signal(signal.SIGALRM, lambda *a: None)
            signal.setitimer(signal.ITIMER_REAL, 0.00001, 0.00001)
            while True: pass
            """),
    ]
}
