package import CodeBoxCore

extension SeccompPolicy {
    /// The server's own: `Policy/server.policy`.
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
