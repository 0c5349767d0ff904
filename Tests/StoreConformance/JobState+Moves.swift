package import CodeBoxCore

extension JobState {
    /// Whether a job may go from this state to `next`: the moves that ``JobState`` lists.
    package func canMove(to next: JobState) -> Bool {
        switch (self, next) {
        case (.queued, .running), (.queued, .finished), (.running, .queued), (.running, .finished):
            true
        default:
            false
        }
    }
}
