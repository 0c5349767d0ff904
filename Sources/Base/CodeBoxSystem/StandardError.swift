import Glibc

/// Writes one line to standard error.
///
/// For the warden, which has no logger.
package func writeToStandardError(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(2, bytes, bytes.count)
}
