import Foundation
import Testing

extension EndToEnd {
    /// How the executables were linked.
    @Suite
    struct HardeningTests {
        private func file(_ name: String) throws -> ELFFile {
            let folder = URL(fileURLWithPath: Installation.binary).deletingLastPathComponent()
            return try ELFFile(path: folder.appendingPathComponent(name).path)
        }

        @Test(
            "executables are position-independent, with full RELRO and stack protectors",
            arguments: ["codebox", "codebox-warden"])
        func executable(_ name: String) throws {
            let program = try file(name)
            #expect(program.isDynamic && program.isMarkedAsExecutable)
            #expect(program.isPositionIndependent)
            #expect(program.hasFullRELRO)
            #expect(program.names("__stack_chk_fail"))
            #expect(!program.hasWritableCode)
        }

        @Test(
            "what interpreters are started with has full RELRO and stack protectors",
            arguments: ["codebox-zygote-python", "codebox-zygote-node", "codebox-interfaces"])
        func sharedObject(_ name: String) throws {
            let object = try file(name)
            #expect(object.isPositionIndependent)
            #expect(object.hasFullRELRO)
            #expect(object.names("__stack_chk_fail"))
            #expect(!object.hasWritableCode)
        }

        @Test("PID 1's program is static and has no page that is both written and executed")
        func pidOne() throws {
            let program = try file("codebox-init")
            #expect(!program.isDynamic)
            #expect(!program.hasWritableCode)
        }
    }
}
