package import CodeBoxCore
package import CodeBoxSeccomp

extension SeccompPolicy {
    /// What the server may do: `server.policy`.
    package static func server() throws(CodeBoxError) -> SeccompPolicy {
        try SeccompPolicy(parsing: PackageResources.server_policy, name: "server.policy")
    }
}

extension SeccompProgram {
    /// ``SeccompPolicy/server()``, compiled.
    package static func server() throws(CodeBoxError) -> SeccompProgram {
        try compile(SeccompPolicy.server())
    }
}
