import CodeBoxCore
import CodeBoxWarden
import Foundation
import Glibc
import Testing

@Suite("How a warden is started")
struct WardenLaunchTests {
    private let options = WardenOptions(
        socketPath: "/run/a warden.sock", lifelineFD: 3, beats: true, imagesDirectory: "/images",
        initPath: "/usr/bin/codebox-init", allowedUID: 99,
        hasSubordinateIDs: true,
        bounds: WardenBounds(
            ceiling: LimitsRequest([
                .wallMs: 1, .cpuMs: 2, .memoryBytes: 0x1p40, .cpus: 0.25, .processes: 5,
                .workspaceBytes: 6, .openFiles: 7,
                .outputBytes: Limits.standardCeiling[.outputBytes],
            ]).applied(to: .standard),
            memoryBytes: 8, processes: 9, cpuWeight: 7, kernelMemoryBytes: 64 << 20,
            reusesNetworks: false), tellsRefusals: true)

    @Test("a command line is read as it was written")
    func roundTrip() throws {
        #expect(try WardenOptions(arguments: options.arguments) == options)
        let connected = WardenOptions(socketFD: 3, imagesDirectory: "i", initPath: "p")
        #expect(try WardenOptions(arguments: connected.arguments) == connected)
    }

    @Test(
        "what is missing, unknown or no number is refused",
        arguments: [
            [], ["--images", "/i"], ["--images", "/i", "--init", "/p"],
            ["--images", "/i", "--init", "/p", "--socket", "/s", "--socket-fd", "3"],
            ["--images", "/i", "--init", "/p", "--socket-fd", "x"],
            ["--images", "/i", "--init", "/p", "--socket-fd", "-1"],
            ["--images", "/i", "--init", "/p", "--socket-fd"],
            ["--images", "/i", "--init", "/p", "--socket-fd", "3", "--ceiling", "sauce=1"],
            ["--images", "/i", "--init", "/p", "--socket-fd", "3", "--ceiling", "wall_ms=1e99"],
            ["--images", "/i", "--init", "/p", "--socket-fd", "3", "--verbose"],
        ])
    func refused(_ arguments: [String]) {
        let error = #expect(throws: CodeBoxError.self) { try WardenOptions(arguments: arguments) }
        #expect(error?.code == .configurationInvalid)
    }

    @Test("another protocol is refused, naming both")
    func otherProtocol() throws {
        var arguments = options.arguments
        let index = try #require(arguments.firstIndex(of: "--protocol"))
        arguments[index + 1] = "99"
        let error = #expect(throws: CodeBoxError.self) { try WardenOptions(arguments: arguments) }
        #expect(error?.message.contains("protocol 99") == true)
        #expect(error?.message.contains("install both from one build") == true)
    }

    @Test("a missing program is named, with what to do")
    func missing() {
        let launch = WardenLaunch("/nonexistent/codebox-warden", options, owners: nil)
        let error = #expect(throws: CodeBoxError.self) { try launch.start(descriptors: []) }
        #expect(error?.code == .wardenUnavailable)
        #expect(error?.message.contains("/nonexistent/codebox-warden") == true)
        #expect(error?.message.contains("install codebox-warden in the folder of codebox") == true)
    }

    @Test("a program that another user could change is not started by root")
    func untrusted() throws {
        try #require(geteuid() == 0, "run the tests as root")
        let folder = FileManager.default.temporaryDirectory.appending(path: "codebox-\(UUID())")
            .path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let program = folder + "/codebox-warden"
        try FileManager.default.copyItem(atPath: "/bin/true", toPath: program)
        let launch = WardenLaunch(program, options, owners: [0])
        func refusal() -> String {
            let error = #expect(throws: CodeBoxError.self) { try launch.start(descriptors: []) }
            return error?.message ?? ""
        }
        chown(program, 12345, 12345)
        #expect(refusal().contains("\(program) belongs to"))
        chown(program, 0, 0)
        chmod(program, 0o775)
        #expect(refusal().contains("\(program) can be written by others"))
        chmod(program, 0o755)
        chown(folder, 12345, 12345)
        #expect(refusal().contains("\(folder) belongs to"))
    }
}
