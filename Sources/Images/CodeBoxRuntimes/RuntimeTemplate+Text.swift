// What `codebox runtime new` writes. The tests build it and run its cases.
extension RuntimeTemplate {
    static func manifest(_ name: String) -> String {
        """
        # How programs of "\(name)" start, and what its image holds. It builds and passes its tests
        # as it is, with dash as the interpreter. docs/runtimes.md describes the keys.
        name: "\(name)"
        version: "1.0"
        # What `source` is saved as. `codebox run FILE` takes this runtime for files that end so.
        entrypoint: main.\(name)
        # argv. {entrypoint} stands for the file to run; jobs' arguments come after it.
        command: [/usr/bin/dash, "{entrypoint}"]
        environment:
          PATH: /usr/bin
          HOME: /workspace
          LANG: C.UTF-8
        # Limits of jobs that name none.
        # limits: {wall_ms: 5000, memory_bytes: 134217728}
        image:
          suite: trixie
          # Debian packages. What they depend on comes with them; what they recommend does not.
          packages:
            - dash
            - coreutils
            # The locale C.UTF-8, which LANG names.
            - libc-bin
          # Paths that no program needs.
          exclude:
            - usr/share/gcc
            - usr/share/gdb

        """
    }

    static func cases(_ name: String) -> String {
        """
        # What `codebox runtime test \(name)` runs. docs/runtimes.md describes the keys.
        # `codebox runtime bench \(name)` measures the first case.
        - name: prints
          source: echo hello
          expect: {stdout: "hello\\n", stderr: ""}

        - name: exit code
          source: exit 3
          expect: {exit_code: 3, stdout: ""}

        - name: arguments, variables and standard input
          source: |
            read -r line
            echo "$1|$GREETING|$line"
          args: ["a b"]
          env: {GREETING: hello}
          stdin: "one\\n"
          expect: {stdout: "a b|hello|one\\n"}

        """
    }
}
