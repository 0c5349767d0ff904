import CodeBoxCore

/// A promise that a store broke.
package struct BrokenPromise: Error, CustomStringConvertible {
    package let description: String
}

func require(_ holds: Bool, _ promise: String, line: Int = #line, file: String = #fileID) throws {
    if !holds { throw BrokenPromise(description: "\(file):\(line): \(promise)") }
}

func requireEqual<Value: Equatable>(
    _ actual: Value, _ expected: Value, _ promise: String, line: Int = #line,
    file: String = #fileID
) throws {
    if actual != expected {
        throw BrokenPromise(
            description: "\(file):\(line): \(promise): got \(actual), expected \(expected)")
    }
}

func requireError(
    _ code: CodeBoxError.Code, _ promise: String, line: Int = #line, file: String = #fileID,
    _ body: () async throws -> Void
) async throws {
    do {
        try await body()
    } catch let error as CodeBoxError where error.code == code {
        return
    } catch {
        throw BrokenPromise(description: "\(file):\(line): \(promise): got \(error)")
    }
    throw BrokenPromise(description: "\(file):\(line): \(promise): nothing was thrown")
}
