import CodeBoxCore

extension APIContext {
    /// The client of this request, as the services know it.
    var principal: Principal {
        Principal(options: Principal.Options(mayFork: !key.ownInterpreter))
    }
}
