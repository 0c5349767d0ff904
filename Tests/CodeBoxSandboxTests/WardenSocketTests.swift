import CodeBoxSandbox
import Foundation
import Testing

@Suite("The warden's socket", .serialized, .timeLimit(.minutes(1)))
struct WardenSocketTests {
    /// Starts a warden that listens in a folder, and waits for its end, 5 s at most.
    /// - Returns: its exit status; nil if it went on.
    private func start(in folder: String) throws -> CInt? {
        let binary = try Support.executable
        let init_ = URL(filePath: binary).deletingLastPathComponent()
            .appending(path: "codebox-init").path
        let pid = try WardenProcess.launch(
            executable: binary,
            arguments: [
                "--socket", folder + "/warden.sock", "--images", "\(Support.dataDirectory)/images",
                "--init", init_,
            ], descriptors: [])
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
        let binary = try Support.executable
        let process = Process()
        process.executableURL = URL(filePath: binary)
        process.arguments = [
            "warden", "--socket", "/tmp/codebox-none/warden.sock", "--images", "/tmp", "--init",
            URL(filePath: binary).deletingLastPathComponent().appending(path: "codebox-init").path,
        ]
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
