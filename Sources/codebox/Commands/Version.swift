/// CodeBox's version, reported by `codebox --version` and `/healthz`.
enum Version {
    static let text = "0.1.0"
}
