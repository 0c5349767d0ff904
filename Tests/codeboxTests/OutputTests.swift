import CodeBoxConfiguration
import CodeBoxCore
import Testing
import codebox

struct OutputTests {
    @Test("a table's columns are aligned, colours not counted")
    func table() {
        let style = TextStyle(isTerminal: true, environment: [:])
        var table = TextTable(["A", "LONG"])
        table.add([style.paint("xyz", .red), "1"])
        table.add(["q", "", "end"])
        #expect(
            table.lines() == ["A    LONG", "\u{1b}[31mxyz\u{1b}[0m  1", "q          end"])
    }

    @Test("colours are for terminals whose user did not refuse them")
    func colors() {
        #expect(TextStyle(isTerminal: true, environment: [:]).isColored)
        #expect(TextStyle(isTerminal: true, environment: ["NO_COLOR": ""]).isColored)
        #expect(!TextStyle(isTerminal: true, environment: ["NO_COLOR": "1"]).isColored)
        #expect(!TextStyle(isTerminal: true, environment: ["TERM": "dumb"]).isColored)
        #expect(!TextStyle(isTerminal: false, environment: [:]).isColored)
        #expect(TextStyle(isTerminal: false, environment: [:]).paint("a", .red) == "a")
    }

    @Test("text that a client chose reaches a terminal without control characters")
    func terminalText() {
        let hostile = "a\u{1b}]0;owned\u{7}\u{9b}2J\r\nb\u{202e}c\u{2066}é"
        let safe = #"a\u001b]0;owned\u0007\u009b2J\r\nb\u202ec\u2066é"#
        #expect(TerminalText.escaped(hostile) == safe)
        #expect(TerminalText.escaped("a\nb\u{1b}", keepsLines: true) == "a\nb\\u001b")
        #expect(TerminalText.escaped("plain é 字") == "plain é 字")
        var table = TextTable(["LABEL"])
        table.add([hostile])
        #expect(table.escaped().lines() == ["LABEL", safe])
    }

    @Test("nothing in an event can make a second line of its log line")
    func logLine() {
        let line = LogLine(
            time: "t", level: "info", label: "l", message: "a\nb\u{1b}[31m\u{2028}",
            fields: [
                LogLine.Field(name: "x", value: "two words"),
                LogLine.Field(name: "y", value: "q\"\r\n"),
                LogLine.Field(name: "level", value: "fake"),
            ])
        #expect(line.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x2028 })
        #expect(line.text.hasPrefix("t info l: a\\nb\\u001b[31m\\u2028 x=\"two words\""))
        #expect(
            line.json
                == #"{"time":"t","level":"info","label":"l","message":"a\nb\u001b[31m\u2028","#
                + #""x":"two words","y":"q\"\r\n","field_level":"fake"}"#)
    }

    @Test("codebox run ends as the program did, or says which limit it overran")
    func exitStatus() {
        func status(_ outcome: Outcome, code: Int? = nil, signal: Int? = nil) -> Int32 {
            ExitStatus.ofProgram(outcome: outcome, exitCode: code, signal: signal)
        }
        #expect(status(.exited, code: 0) == 0)
        #expect(status(.exited, code: 3) == 3)
        #expect(status(.signaled, signal: 11) == 139)
        #expect(status(.wallTimeExceeded, signal: 9) == 124)
        #expect(status(.cpuTimeExceeded, signal: 9) == 124)
        #expect(status(.memoryExceeded, signal: 9) == 137)
        #expect(status(.kernelMemoryExceeded, signal: 9) == 137)
        #expect(status(.canceled, signal: 9) == 130)
        #expect(status(.failed) == 125)
    }

    @Test("a report is healthy unless a check failed, and names each remedy below its check")
    func checkReport() {
        let style = TextStyle(isTerminal: false, environment: [:])
        let warned = CheckReport([.ok("a", "fine"), .warn("longer", "hm", remedy: "do it")])
        #expect(warned.isHealthy)
        #expect(
            warned.lines(style) == [
                "ok    a       fine", "warn  longer  hm", "      → do it",
                "Jobs can run safely here (1 warning).",
            ])
        let failed = CheckReport([.fail("a", "bad", remedy: "mend it")])
        #expect(!failed.isHealthy)
        #expect(failed.lines(style).last == "Jobs can't run safely here: 1 check failed.")
    }

    @Test("IPv6 hosts stand in brackets")
    func addresses() {
        #expect(Address.text("127.0.0.1", 80) == "127.0.0.1:80")
        #expect(Address.text("::1", 80) == "[::1]:80")
    }
}
