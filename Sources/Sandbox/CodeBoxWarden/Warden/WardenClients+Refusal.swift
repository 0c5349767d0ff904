import CLinux
import CWire

extension WardenClients {
    /// Reports a sandbox that could not be made, and that it is gone.
    func refuse(_ id: UInt64, _ connection: WardenConnection, _ failure: SandboxMaker.Failure) {
        var report = cb_reply(CB_REPORT, id)
        report.verdict = CB_VERDICT_FAILED.rawValue
        report.step = failure.step.rawValue
        report.error = failure.code
        report.setDetail(failure.detail)
        reply(report, to: connection.number)
        reply(cb_reply(CB_GONE, id), to: connection.number)
    }
}
