/// The supervisor's two children.
package enum ChildRole: String, Sendable, Hashable, CaseIterable {
    case warden
    case server
}
