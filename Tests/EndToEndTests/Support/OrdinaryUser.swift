import Foundation
import Glibc

/// Starts programs as an ordinary user in cgroups that were delegated to it, as `codebox` runs
/// without root. Only root can play one.
struct OrdinaryUser: Sendable {
    let uid: UInt32
    /// nil: the user has no cgroup to make others in.
    var delegation: Delegation?
    /// Shell commands that root runs first, in a mount namespace of the program's own. The user has
    /// no ranges of subordinate ids unless these give it some.
    var preparation = ""

    init(uid: UInt32, isDelegated: Bool = true) throws {
        self.uid = uid
        delegation = isDelegated ? try Delegation(to: uid) : nil
    }

    /// What starts the program, which becomes the started process itself.
    /// - Parameters:
    ///   - scratch: an existing folder of the user's, in which the programs appear as `bin`. The
    ///     user may be unable to enter the folder that they were built in.
    ///   - prefix: a program that starts `codebox` from the arguments behind its own.
    func command(
        _ arguments: [String], in scratch: String, prefix: [String] = []
    ) -> (path: String, arguments: [String]) {
        let binaries = (Installation.binary as NSString).deletingLastPathComponent
        let entering = (delegation?.folders ?? []).map { "echo 0 > '\($0)/cgroup.procs'" }
        let script = """
            set -e
            mount --make-rprivate /
            \(entering.joined(separator: "\n"))
            mkdir -p '\(scratch)/bin'
            mount --bind '\(binaries)' '\(scratch)/bin'
            for file in /etc/subuid /etc/subgid; do
                [ ! -e "$file" ] || mount --bind /dev/null "$file"
            done
            \(preparation)
            exec "$@"
            """
        let user = ["/usr/bin/setpriv", "--reuid=\(uid)", "--regid=\(uid)", "--clear-groups"]
        let codebox = ["\(scratch)/bin/codebox"] + arguments
        return (
            "/usr/bin/unshare",
            ["--mount", "sh", "-c", script, "sh"] + prefix + user + codebox
        )
    }
}
