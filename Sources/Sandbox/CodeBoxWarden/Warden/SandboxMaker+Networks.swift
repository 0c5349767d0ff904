import CLinux

// Network namespaces that sandboxes use one after another.
extension SandboxMaker {
    /// The warden's own network namespace; negative where namespaces can't be used again. An
    /// ordinary user's warden has no right to return to its own, which the host's root owns.
    static func openHomeNetwork() -> CInt {
        #if DEBUG
            // Without the filter sockets are not told of; without the layer there is no namespace;
            // PID 1 leaves out the sysctls where they are off; and capabilities are good for nothing
            // in a namespace that belongs to another user namespace.
            let needed: Set<LayerSwitch> = [.seccomp, .network, .sysctls, .capabilities]
            if !LayerSwitch.off.isDisjoint(with: needed) { return -1 }
        #endif
        return cb_open_home_network()
    }
}
