package import CodeBoxCore

extension JobEvents {
    /// Publishes what became of a job that ended or went back to the queue.
    package func announce(_ job: Job) {
        publish(job.state == .finished ? .finished(job.id, job: job) : .available)
    }
}
