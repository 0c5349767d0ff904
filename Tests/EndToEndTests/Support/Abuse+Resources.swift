/// Against memory, storage, pipes and descriptors.
extension Abuse {
    static let memory: [Abuse] = [
        Abuse(
            "memory hog touching pages", ["memory_exceeded"], wallMs: 8_000,
            """
            import mmap
            maps = []
            while True:
                m = mmap.mmap(-1, 8 << 20)
                for i in range(0, 8 << 20, 4096): m[i] = 1
                maps.append(m)
            """),
        Abuse(
            "memory hog that forks when its child is killed", ["memory_exceeded"], wallMs: 20_000,
            """
            import os
            while True:
                if os.fork() == 0:
                    x = []
                    while True: x.append(b'x' * (1 << 20))
                os.wait()
            """),
        Abuse(
            "memory hog on tmpfs", ["memory_exceeded"], memory: 48 << 20, workspace: 256 << 20,
            """
            import os
            for i in range(1000):
                with open(f'/tmp/{i}', 'wb') as f: f.write(b'x' * (1 << 20))
            """),
        Abuse(
            "memory hog on shm", ["memory_exceeded", "exited"], memory: 48 << 20,
            """
            with open('/dev/shm/f', 'wb') as f:
                for i in range(1000): f.write(b'x' * (1 << 20))
            """),
        Abuse(
            "shared anonymous memory of many processes", ["memory_exceeded"], wallMs: 20_000,
            """
            import mmap, os, time
            m = mmap.mmap(-1, 512 << 20)
            for i in range(8):
                if os.fork() == 0:
                    for at in range(i << 26, (i + 1) << 26, 4096): m[at] = 1
                    time.sleep(60)
            time.sleep(60)
            """),
        Abuse(
            "memory in memfds", ["memory_exceeded"], wallMs: 8_000,
            """
            import os
            keep = []
            while True:
                fd = os.memfd_create('x')
                os.write(fd, b'x' * (4 << 20))
                keep.append(fd)
                if len(keep) > 200: break
            """),
        Abuse(
            "kernel memory in pipes and sockets", ["memory_exceeded", "exited"], wallMs: 8_000,
            program("abuse_kernel_memory_in_pipes_and_sockets.py")),
        Abuse(
            "kernel memory in netlink queues", ["exited"], prints: "EAFNOSUPPORT\n",
            program("abuse_kernel_memory_in_netlink_queues.py")),
        Abuse(
            "kernel memory in terminals", ["exited"], prints: "16 True\n",
            program("abuse_kernel_memory_in_terminals.py")),
        Abuse(
            "address space without end", ["exited"], prints: "ok\n",
            program("abuse_address_space_without_end.py")),
        Abuse(
            "deep recursion in C", ["signaled", "exited", "memory_exceeded"],
            """
            import sys
            sys.setrecursionlimit(10 ** 9)
            class A:
                def __repr__(self): return repr(self)
            repr(A())
            """),
    ]

    static let storage: [Abuse] = [
        Abuse(
            "disk filler", ["exited"], prints: "28 True\n",
            """
            import os
            total, error = 0, None
            try:
                for i in range(100_000):
                    with open(f'f{i}', 'wb', buffering=0) as f: total += f.write(b'x' * (1 << 20))
            except OSError as e: error = e.errno
            print(error, total <= 16 << 20)
            """),
        Abuse(
            "sparse file of a terabyte", ["exited"], prints: "OSError\n",
            """
            try: open('sparse', 'wb').truncate(1 << 40); print('made')
            except OSError as e: print(type(e).__name__)
            """),
        Abuse(
            "inode flood", timeUp.union(["exited", "memory_exceeded"]), wallMs: 6_000,
            within: .seconds(12),
            """
            import os
            try:
                for i in range(3_000_000): os.close(os.open(f'/tmp/{i}', os.O_CREAT))
            except OSError as e: print(e.errno)
            """),
        Abuse(
            "folders nested ten thousand deep", ["exited"], prints: "10000\n", wallMs: 10_000,
            workspace: 64 << 20, within: .seconds(12),
            """
            import os
            depth = 0
            for _ in range(10_000):
                os.mkdir('d'); os.chdir('d'); depth += 1
            print(depth)
            """),
        Abuse(
            "symlinks and hard links out of the workspace", ["exited"],
            prints: "[False, False, True, True, True]\n",
            program("abuse_symlinks_and_hard_links_out_of_the_workspace.py")),
        Abuse(
            "a workspace made unreadable", in: .bash, ["exited"], prints: "ok\n",
            "mkdir -p a/b; chmod 000 a; chmod 000 .; echo ok"),
        Abuse(
            "a FIFO and a socket in the workspace", ["exited"], prints: "ok\n",
            """
            import os, socket
            os.mkfifo('fifo'); socket.socket(socket.AF_UNIX).bind('sock'); print('ok')
            """),
    ]

    static let output: [Abuse] = [
        Abuse(
            "output flood on both streams", timeUp,
            """
            import os, threading
            def flood(fd):
                while True: os.write(fd, b'x' * 65536)
            threading.Thread(target=flood, args=(2,)).start()
            flood(1)
            """),
        Abuse("output byte by byte", in: .bash, timeUp, "while :; do printf x; printf y >&2; done"),
        Abuse(
            "stdin that is never read", ["exited"], prints: "ok\n",
            stdin: String(repeating: "x", count: 6_000_000),
            "import time; time.sleep(0.5); print('ok')"),
        Abuse(
            "stdin closed at once", ["exited"], prints: "ok\n",
            stdin: String(repeating: "x", count: 6_000_000), "import os; os.close(0); print('ok')"),
        Abuse(
            "stdin read a little and left", in: .bash, ["exited"], prints: "xxx\n",
            stdin: String(repeating: "x", count: 6_000_000), "read -r -n 3 x; echo $x"),
        Abuse(
            "the output pipe made non-blocking, resized and read back", ["exited"], wallMs: 4_000,
            program("abuse_the_output_pipe_made_non_blocking_resized_and_read_back.py")),
    ]

    static let descriptors: [Abuse] = [
        Abuse(
            "all descriptors closed, then an exit", ["exited"], prints: "",
            """
            import os
            os.closerange(0, 65536)
            os._exit(0)
            """),
        Abuse(
            "all descriptors closed, then a long sleep", ["wall_time_exceeded"], wallMs: 700,
            within: .seconds(3), "import os, time\nos.closerange(0, 65536)\ntime.sleep(3600)"),
        Abuse(
            "every descriptor used up", ["exited"], prints: "24\n",
            """
            import os
            try:
                while True: os.open('/dev/null', 0)
            except OSError as e: number = e.errno
            os.write(1, b'%d\\n' % number)
            os._exit(0)
            """),
        Abuse(
            "descriptors sent round and round", ["exited"],
            program("abuse_descriptors_sent_round_and_round.py")),
        Abuse(
            "its own memory rewritten through /proc/self/mem", ["exited"], prints: "b'X'\n",
            """
            import ctypes
            buffer = ctypes.create_string_buffer(b'a')
            with open('/proc/self/mem', 'r+b', buffering=0) as mem:
                mem.seek(ctypes.addressof(buffer)); mem.write(b'X')
            print(buffer.value)
            """),
        Abuse(
            "huge arguments to a child", ["exited"], prints: "OSError\n",
            """
            import os, sys
            try: os.execv('/bin/true', ['true'] + ['x' * 100_000] * 100)
            except OSError as e: print('OSError')
            """),
    ]
}
