/// Against the input that the server writes: whatever the program does with it, the job ends.
extension Abuse {
    private static let muchInput = String(repeating: "x", count: 6_000_000)

    static let all: [Abuse] = [
        Abuse(
            "stdin that is never read", ["exited"], prints: "ok\n", stdin: muchInput,
            "import time; time.sleep(0.5); print('ok')"),
        Abuse(
            "stdin closed at once", ["exited"], prints: "ok\n", stdin: muchInput,
            "import os; os.close(0); print('ok')"),
        Abuse(
            "stdin read a little and left", in: .bash, ["exited"], prints: "xxx\n",
            stdin: muchInput, "read -r -n 3 x; echo $x"),
    ]
}
