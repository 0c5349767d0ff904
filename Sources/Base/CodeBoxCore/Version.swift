/// The version of CodeBox, as `codebox --version`, `codebox-warden --version` and `/healthz` tell
/// it.
package enum Version {
    package static let text = "0.1.0"
}
