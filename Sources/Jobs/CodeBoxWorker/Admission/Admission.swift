package import CodeBoxCore

/// Decides what a client's jobs may do. Quotas and per-project limits belong behind this protocol;
/// the platform implements it, the worker asks.
package protocol Admission: Sendable {
    /// Admits one job. It is called once for each job, before the job is planned; `POST /v1/run`
    /// waits for it, so it must not block.
    /// - Throws: an error that tells the client why the job is refused.
    func admit(_ principal: Principal, _ source: JobSource) throws(CodeBoxError) -> Permit
}
