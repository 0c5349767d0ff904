import CodeBoxCore
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import CodeBoxAPI
@testable import CodeBoxHTTP

/// HTTPS, with certificates that openssl makes for each test.
@Suite(.timeLimit(.minutes(1))) struct TLSTests {
    /// A folder with a certificate and its key.
    private struct Folder: Sendable {
        let path: String

        init() throws {
            path = NSTemporaryDirectory() + "codebox-tls-" + UUID().uuidString
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        }

        func remove() { try? FileManager.default.removeItem(atPath: path) }

        func files(_ name: String) -> TLSFiles {
            TLSFiles(certificate: "\(path)/\(name).pem", key: "\(path)/\(name).key")
        }

        /// Makes a certificate of its own root for `localhost`.
        func make(_ name: String) throws -> TLSFiles {
            let files = files(name)
            let openssl = Process()
            openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            openssl.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=\(name)", "-addext",
                "subjectAltName=DNS:localhost", "-keyout", files.key, "-out", files.certificate,
            ]
            openssl.standardError = FileHandle.nullDevice
            try openssl.run()
            openssl.waitUntilExit()
            try #require(openssl.terminationStatus == 0, "openssl made no certificate")
            return files
        }

        func copy(_ from: TLSFiles, to: TLSFiles) throws {
            for (source, target) in [(from.certificate, to.certificate), (from.key, to.key)] {
                try Data(contentsOf: URL(fileURLWithPath: source)).write(
                    to: URL(fileURLWithPath: target))
            }
        }
    }

    /// The answer to a request for `/healthz`; empty if the handshake fails.
    private func answer(port: Int, trusting files: TLSFiles) async throws -> String {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(files.certificate)
        let context = try NIOSSLContext(configuration: configuration)
        let channel: RawClient.Channel = try await ClientBootstrap(
            group: MultiThreadedEventLoopGroup.singleton
        ).connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(
                    NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
            }
        }
        let request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        do {
            return try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: request))
                var received = ""
                for try await part in inbound { received += String(buffer: part) }
                return received
            }
        } catch let error as NIOSSLError {
            guard case .handshakeFailed = error else { throw error }
            return ""
        }
    }

    private func options(_ identity: TLSIdentity) -> APIOptions {
        var options = APIOptions(version: "1")
        options.identity = identity
        return options
    }

    @Test("a server with a certificate speaks HTTPS, and nothing else")
    func https() async throws {
        let folder = try Folder()
        defer { folder.remove() }
        let files = try folder.make("one")
        let options = options(try TLSIdentity(files))
        try await Harness.listening(options) { _, port in
            #expect(try await answer(port: port, trusting: files).hasPrefix("HTTP/1.1 200 "))
            let plain = try HeldConnection(port: port)
            try plain.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            if case .text(let text) = plain.hear(within: 5000) {
                #expect(!text.hasPrefix("HTTP/"))
            }
        }
    }

    @Test("a renewed certificate is used without a restart, and a broken one is not")
    func renewal() async throws {
        let folder = try Folder()
        defer { folder.remove() }
        let (one, two) = (try folder.make("one"), try folder.make("two"))
        let files = folder.files("used")
        try folder.copy(one, to: files)
        let identity = try TLSIdentity(files)
        try await Harness.listening(options(identity)) { _, port in
            #expect(try await answer(port: port, trusting: one).hasPrefix("HTTP/1.1 200 "))
            #expect(try !identity.reload())
            for (source, target) in [(two.certificate, files.certificate), (two.key, files.key)] {
                try Data(contentsOf: URL(fileURLWithPath: source)).write(
                    to: URL(fileURLWithPath: target))
            }
            #expect(try identity.reload())
            #expect(try await answer(port: port, trusting: two).hasPrefix("HTTP/1.1 200 "))
            #expect(try await answer(port: port, trusting: one).isEmpty)
            try Data("broken".utf8).write(to: URL(fileURLWithPath: files.certificate))
            #expect(throws: CodeBoxError.self) { try identity.reload() }
            // It is not tried again, nor logged again, before it changes.
            #expect(try !identity.reload())
            #expect(try await answer(port: port, trusting: two).hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("a certificate with the key of another one, and files that are none, are refused")
    func refused() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let (one, two) = (try folder.make("one"), try folder.make("two"))
        for files in [
            TLSFiles(certificate: one.certificate, key: two.key),
            TLSFiles(certificate: one.certificate, key: folder.path + "/nothing"),
            TLSFiles(certificate: one.key, key: one.key),
            TLSFiles(certificate: folder.path, key: one.key),
        ] {
            #expect {
                try TLSIdentity(files)
            } throws: { error in
                (error as? CodeBoxError)?.code == .configurationInvalid
            }
        }
    }

    @Test("a connection that does not finish its handshake is closed early")
    func handshake() async throws {
        let folder = try Folder()
        defer { folder.remove() }
        var options = options(try TLSIdentity(try folder.make("one")))
        options.firstRequestTimeoutSeconds = 1
        try await Harness.listening(options) { _, port in
            let silent = try HeldConnection(port: port)
            #expect(silent.hear(within: 8000) == .end)
        }
    }
}
