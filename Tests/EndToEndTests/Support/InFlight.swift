/// Does the work for all items, `limit` of them at a time; the results come in no particular order.
func inFlight<Item: Sendable, Result: Sendable>(
    _ limit: Int, _ items: [Item], _ work: @escaping @Sendable (Item) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: Result.self) { group in
        var waiting = items.makeIterator()
        for item in items.prefix(limit) {
            _ = waiting.next()
            group.addTask { try await work(item) }
        }
        var results: [Result] = []
        while let result = try await group.next() {
            results.append(result)
            if let item = waiting.next() { group.addTask { try await work(item) } }
        }
        return results
    }
}
