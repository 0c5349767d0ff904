import CodeBoxConfiguration
import CodeBoxCore
import Testing

struct LimitArgumentTests {
    @Test("limits are named as in the API or short, with units or without")
    func reads() throws {
        let texts = [
            "wall_ms=2000", "cpu=500ms", "memory=64MiB", "cpus=0.5", "processes=8",
            "workspace_bytes=1048576", "open_files=32", "output=2k",
        ]
        let request = LimitArgument.request(try texts.map { try LimitArgument($0) })
        #expect(
            request
                == LimitsRequest([
                    .wallMs: 2000, .cpuMs: 500, .memoryBytes: 64 * 0x1p20, .cpus: 0.5,
                    .processes: 8,
                    .workspaceBytes: 0x1p20, .openFiles: 32, .outputBytes: 2048,
                ]))
    }

    @Test("a bare time is milliseconds, one with a unit is not")
    func times() throws {
        #expect(try LimitArgument("wall=2s").value == 2000)
        #expect(try LimitArgument("wall=1500").value == 1500)
        #expect(try LimitArgument("wall_ms=0.5s").value == 500)
    }

    @Test("of two values for one limit the later counts")
    func laterWins() throws {
        let arguments = [try LimitArgument("wall=1s"), try LimitArgument("wall_ms=70")]
        #expect(LimitArgument.request(arguments)[.wallMs] == 70)
    }

    @Test(
        "what is no limit is refused by name",
        arguments: [
            "wall", "speed=3", "=3", "wall=", "wall=-1", "wall=soon", "memory=64XB", "cpus=nan",
            "cpus=inf", "processes=1.5", "open_files=99999999999",
        ])
    func refuses(text: String) {
        #expect {
            try LimitArgument(text)
        } throws: { error in
            (error as? CodeBoxError)?.code == .invalidRequest
        }
    }
}
