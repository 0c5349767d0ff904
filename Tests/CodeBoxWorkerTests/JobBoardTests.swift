import CodeBoxCore
import Testing

@testable import CodeBoxWorker

@Suite("JobBoard")
struct JobBoardTests {
    private func job() -> Job { Job(id: JobID(), spec: TestEngine.spec("x"), state: .finished) }

    @Test("all who watch a job get it, and then nothing is kept")
    func posts() async throws {
        let board = JobBoard(maximumWatches: 10)
        let (one, other) = (job(), job())
        board.accept(one.id, at: .now)
        let watches = [try board.watch(one.id), try board.watch(one.id)]
        let elsewhere = try board.watch(other.id)
        #expect(watches.map(\.isPending) == [true, true])
        #expect(!elsewhere.isPending)
        board.post(one.id, one)
        for watch in watches {
            #expect(watch.finished.fired == one)
            board.leave(watch)
        }
        #expect(elsewhere.finished.fired == nil)
        #expect(board.watchCount == 1)
        board.leave(elsewhere)
        #expect(board.watchCount == 0)
        #expect(board.pendingCount == 0)
    }

    @Test("no more watch than there is room for")
    func bounded() throws {
        let board = JobBoard(maximumWatches: 2)
        let first = try board.watch(JobID())
        _ = try board.watch(JobID())
        #expect {
            _ = try board.watch(JobID())
        } throws: { ($0 as? CodeBoxError)?.code == .queueFull }
        board.leave(first)
        board.leave(first)
        _ = try board.watch(JobID())
        #expect(board.watchCount == 2)
    }

    @Test("when it closes all waiting ends, now and later")
    func closes() async throws {
        let board = JobBoard(maximumWatches: 2)
        let before = try board.watch(JobID())
        board.close()
        #expect(before.finished.fired == .some(nil))
        #expect(try board.watch(JobID()).finished.fired == .some(nil))
    }
}
