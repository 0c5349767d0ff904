/// Statements that run for every job or on a timer. A test checks their query plans.
///
/// They use `INDEXED BY` because SQLite does not know how the states are distributed. Left to
/// itself it takes `job_state` for all of them and sorts the rows.
enum HotStatements {
    /// worker, until, now, count.
    static let lease = """
        UPDATE job SET state = 'running', attempt = attempt + 1, worker = ?, lease_until = ?,
            started_at = ?
        WHERE sequence IN (
            SELECT sequence FROM job INDEXED BY job_queued WHERE state = 'queued'
            ORDER BY sequence LIMIT ?)
        RETURNING sequence
        """
    /// until, worker.
    static let heartbeat = """
        UPDATE job INDEXED BY job_state SET lease_until = ?
        WHERE state = 'running' AND worker = ?
        RETURNING id
        """
    /// now, id, attempt, worker.
    static let finish = """
        UPDATE job SET state = 'finished', finished_at = ?, worker = NULL, lease_until = NULL
        WHERE id = ? AND state = 'running' AND attempt = ? AND worker = ?
        RETURNING sequence
        """
    /// now.
    static let overdue = """
        SELECT sequence FROM job INDEXED BY job_running
        WHERE state = 'running' AND lease_until < ?
        """
    /// instant, limit.
    static let prune = """
        DELETE FROM job WHERE sequence IN (
            SELECT sequence FROM job INDEXED BY job_finished
            WHERE state = 'finished' AND finished_at < ? ORDER BY finished_at LIMIT ?)
        """
}
