import Testing

/// The runtimes that are built in.
enum Language: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case python, node, bash

    var testDescription: String { rawValue }

    /// A program that prints `hello`.
    var hello: String {
        choose(python: "print('hello')", node: "console.log('hello')", bash: "echo hello")
    }

    /// Prints `up` and then sleeps for an hour.
    var sleeper: String {
        choose(
            python: "import time\nprint('up', flush=True)\ntime.sleep(3600)",
            node: "console.log('up'); setTimeout(() => {}, 3600000)",
            bash: "echo up; sleep 3600")
    }

    func choose<Value>(python: Value, node: Value, bash: Value) -> Value {
        switch self {
        case .python: python
        case .node: node
        case .bash: bash
        }
    }
}
