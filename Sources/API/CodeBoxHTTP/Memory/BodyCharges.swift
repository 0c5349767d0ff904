/// What the bodies of one connection's unanswered requests take of the budget.
struct BodyCharges {
    private let budget: RequestBudget
    private let client: ClientUse
    /// Bytes of each unanswered request, the oldest first.
    private var charges: [Int] = []
    /// The size of the body that arrives, so far.
    private var received = 0

    init(_ budget: RequestBudget, _ client: ClientUse) {
        self.budget = budget
        self.client = client
    }

    /// A request begins.
    mutating func begin() {
        received = 0
        charges.append(0)
    }

    /// A part of the latest request's body arrived. The rest of a body that is answered already is
    /// dropped, and takes nothing.
    /// - Returns: false if the budget has no room for it.
    mutating func receive(_ bytes: Int) -> Bool {
        received += bytes
        guard let last = charges.indices.last else { return true }
        let charge = bytes * RequestBudget.bodyFactor
        let isLarge = received > RequestBudget.large
        guard budget.take(charge, for: client, isLarge: isLarge) else { return false }
        charges[last] += charge
        return true
    }

    /// The oldest request is answered.
    mutating func answer() {
        guard !charges.isEmpty else { return }
        let charge = charges.removeFirst()
        if charge > 0 { budget.release(charge, of: client) }
    }

    /// The connection is gone.
    mutating func releaseAll() {
        while !charges.isEmpty { answer() }
    }
}
