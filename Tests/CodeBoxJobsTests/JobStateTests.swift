import CodeBoxCore
import StoreConformance
import Testing

@Suite("JobState")
struct JobStateTests {
    @Test("four moves are legal and no other; what has finished stays finished")
    func moves() {
        let legal: Set<[JobState]> = [
            [.queued, .running], [.queued, .finished], [.running, .queued], [.running, .finished],
        ]
        for from in JobState.allCases {
            for to in JobState.allCases {
                #expect(from.canMove(to: to) == legal.contains([from, to]), "\(from) → \(to)")
            }
        }
    }
}
