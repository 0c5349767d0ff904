package import NIOCore

/// Runs tasks on an event loop's own thread.
///
/// A request then goes from its socket to its handler, and its answer back, without a change of
/// threads: each takes tens of microseconds on a machine that idles, as long as a small program.
package final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    package init(_ loop: any EventLoop) { self.loop = loop }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
