import SandboxTestSupport
import CodeBoxWarden
import Foundation
import Testing

@Suite("The warden's socket", .serialized, .timeLimit(.minutes(1)))
struct WardenSocketTests {
    /// Starts a warden that listens in a folder, and waits for its end, 5 s at most.
    /// - Returns: its exit status; nil if it went on.
    private func start(in folder: String) throws -> CInt? {
        let warden = try Support.warden(
            WardenOptions(
                socketPath: folder + "/warden.sock",
                imagesDirectory: "\(Support.dataDirectory)/images",
                initPath: try Support.beside("codebox-init")))
        let pid = try warden.start(descriptors: [])
        var status: CInt = 0
        for _ in 0..<500 {
            if waitpid(pid, &status, WNOHANG) == pid { return status >> 8 & 0xff }
            usleep(10_000)
        }
        kill(pid, SIGTERM)
        waitpid(pid, &status, 0)
        return nil
    }

    @Test("root's warden refuses to listen in a folder that somebody else can change")
    func folder() throws {
        try #require(geteuid() == 0, "this test is about root's warden")
        let folder = FileManager.default.temporaryDirectory.appending(path: "codebox-\(UUID())")
            .path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        chown(folder, 12345, 12345)
        #expect(try start(in: folder) == 1)
        chown(folder, 0, 0)
        chmod(folder, 0o777)
        #expect(try start(in: folder) == 1)
        chmod(folder, 0o755)
        #expect(try start(in: folder) == nil)
        #expect(!FileManager.default.fileExists(atPath: folder + "/warden.sock"))
    }

    @Test("root's warden that is not PID 1 of a pid namespace of its own does not start")
    func outsideOfItsNamespace() throws {
        try #require(geteuid() == 0, "this test is about root's warden")
        let process = Process()
        process.executableURL = URL(filePath: try Support.beside("codebox-warden"))
        let options = WardenOptions(
            socketPath: "/tmp/codebox-none/warden.sock", imagesDirectory: "/tmp",
            initPath: try Support.beside("codebox-init"))
        process.arguments = options.arguments
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let text = String(
            decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
        #expect(text.contains("must be PID 1"))
    }
}
