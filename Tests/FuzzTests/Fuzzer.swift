import Foundation
import Synchronization
import Testing

/// Feeds a parser with inputs that a seed decides, for a while.
///
/// `CODEBOX_FUZZ_SECONDS` says how long (20 unless set), `CODEBOX_FUZZ_SEED` repeats a run from its
/// first input on. Input n of a run is the first one of a run whose seed is higher by n. A parser
/// that crashes ends the process: the seed is printed before the first input.
struct Fuzzer {
    /// What one input may take, on a machine that does other things as well.
    private static let longest = Duration.seconds(2)
    /// An input that takes longer is taken for a hang, which ends the tests.
    private static let hangSeconds = 20
    /// What the process may grow by, whatever it reads.
    private static let memoryBytes = 192 << 20
    private static let longestInput = 1 << 16

    let name: String
    let samples: [[UInt8]]
    /// Texts that mean something to the parser.
    let words: [[UInt8]]
    private let seconds: Int
    private let firstSeed: UInt64

    init(_ name: String, samples: [[UInt8]], words: [String]) throws {
        self.name = name
        self.samples = try #require(samples.isEmpty ? nil : samples)
        self.words = words.map { Array($0.utf8) }
        let environment = ProcessInfo.processInfo.environment
        seconds = environment["CODEBOX_FUZZ_SECONDS"].flatMap { Int($0) } ?? 20
        firstSeed =
            environment["CODEBOX_FUZZ_SEED"].flatMap { UInt64($0) } ?? .random(in: 1 ... .max)
    }

    /// Calls `parse` with one input after the other until the time is up.
    func run(_ parse: ([UInt8]) throws -> Void) throws {
        print("fuzzing \(name): CODEBOX_FUZZ_SEED=\(firstSeed)")
        let current = Watchdog(name, Self.hangSeconds)
        defer { current.stop() }
        let before = Self.residentBytes()
        let end = ContinuousClock.now + .seconds(seconds)
        var count: UInt64 = 0
        while ContinuousClock.now < end {
            let seed = firstSeed &+ count
            var random = SplitMix(seed: seed)
            let input = mutated(&random)
            current.begin(seed)
            let begun = ContinuousClock.now
            try parse(input)
            let taken = ContinuousClock.now - begun
            guard taken < Self.longest else {
                Issue.record("\(name): the input of seed \(seed) took \(taken)")
                return
            }
            count += 1
        }
        let grown = Self.residentBytes() - before
        #expect(grown < Self.memoryBytes, "\(name): grew by \(grown) bytes, seed \(firstSeed)")
        #expect(count > 100, "\(name): only \(count) inputs")
        print("fuzzed \(name): \(count) inputs")
    }

    /// A sample with a few changes.
    private func mutated(_ random: inout SplitMix) -> [UInt8] {
        var bytes = samples.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let at = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, at + Int.random(in: 0...24, using: &random))
            switch Int.random(in: 0..<8, using: &random) {
            case 0 where at < bytes.count: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1 where at < bytes.count: bytes[at] = .random(in: 0...255, using: &random)
            case 2: bytes.removeSubrange(at..<end)
            case 3: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: at)
            case 4: bytes.insert(contentsOf: bytes[at..<end], at: at)
            case 5:
                let piece = bytes[at..<end]
                let times = Int.random(in: 1...400, using: &random)
                for _ in 0..<times where bytes.count < Self.longestInput {
                    bytes.insert(contentsOf: piece, at: at)
                }
            case 6: bytes.removeSubrange(at...)
            default:
                let other = samples.randomElement(using: &random) ?? []
                bytes.replaceSubrange(at..., with: other.suffix(other.count / 2))
            }
        }
        return Array(bytes.prefix(Self.longestInput))
    }

    private static func residentBytes() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }
}

/// Names the input of a parser that crashes or hangs.
private final class Watchdog: Sendable {
    private struct State {
        var seed: UInt64 = 0
        var begun = ContinuousClock.now
        var isOver = false
    }

    private let state = Mutex(State())

    init(_ name: String, _ seconds: Int) {
        Thread.detachNewThread { [self] in
            while true {
                Thread.sleep(forTimeInterval: 1)
                let now = state.withLock { $0.isOver ? nil : ($0.seed, $0.begun) }
                guard let (seed, begun) = now else { return }
                if ContinuousClock.now - begun > .seconds(seconds) {
                    fatalError("\(name) hangs: CODEBOX_FUZZ_SEED=\(seed)")
                }
            }
        }
    }

    func begin(_ seed: UInt64) {
        state.withLock {
            $0.seed = seed
            $0.begun = .now
        }
    }

    func stop() {
        state.withLock { $0.isOver = true }
    }
}

/// A generator whose numbers the seed decides (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
