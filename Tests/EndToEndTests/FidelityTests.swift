import Testing

@Suite("Fidelity's programs")
struct FidelityProgramTests {
    /// The rest needs a fresh interpreter; docs/programs.md says for which reasons.
    @Test("at least 95 % of them are forked", arguments: FidelityProgram.languages)
    func shareThatForks(_ language: Language) throws {
        let programs = try FidelityProgram.all(of: language)
        let fresh = programs.filter { !$0.mayFork }
        #expect(fresh.count * 20 <= programs.count, "\(fresh.map(\.name))")
    }
}

extension EndToEnd {
    /// Programs of `Tests/Fidelity` do in a sandbox what they do in the bare interpreter of the
    /// same image, each program in an interpreter started for it.
    @Suite(.server(environment: ["CODEBOX_ZYGOTES": "off", "CODEBOX_SLOTS": "4"]))
    struct ExecFidelityTests {
        @Test(
            "an interpreter started in a sandbox does what the bare one does",
            arguments: FidelityProgram.languages, 0..<FidelityProgram.slices)
        func agrees(_ language: Language, slice: Int) async throws {
            try await FidelityCheck(mode: .exec, language: language, slice: slice).run(
                on: server.api)
        }
    }

    /// The same in interpreters forked from a zygote.
    @Suite(.server(environment: ["CODEBOX_ZYGOTES": "on", "CODEBOX_SLOTS": "4"]))
    struct ZygoteFidelityTests {
        @Test(
            "an interpreter forked from a zygote does what the bare one does",
            arguments: FidelityProgram.languages, 0..<FidelityProgram.slices)
        func agrees(_ language: Language, slice: Int) async throws {
            try await FidelityCheck(mode: .zygote, language: language, slice: slice).run(
                on: server.api)
        }
    }
}
