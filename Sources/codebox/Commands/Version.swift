/// CodeBox's own version, told by `codebox --version` and `/healthz`.
enum Version {
    static let text = "0.1.0"
}
