import CodeBoxCore
package import Logging
import NIOCore
import ServiceLifecycle

/// Looks for a new certificate every few seconds, until the server shuts down.
///
/// It polls: files are replaced by programs such as certbot in ways that no notification covers,
/// such as a link to another folder.
package struct TLSReloading: Service {
    private let identity: TLSIdentity
    private let interval: Duration
    private let logger: Logger

    package init(_ identity: TLSIdentity, interval: Duration = .seconds(10), logger: Logger) {
        self.identity = identity
        self.interval = interval
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while true {
                do { try await Task.sleep(for: interval) } catch { return }
                reload()
            }
        }
    }

    private func reload() {
        do throws(CodeBoxError) {
            if try identity.reload() { logger.info("the TLS certificate was renewed") }
        } catch {
            logger.warning(
                "the new TLS certificate is not used; the one of before is",
                metadata: ["error": "\(error)"])
        }
    }
}
